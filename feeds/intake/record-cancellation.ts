import { RecordCancellationDocument } from '../../client/main.ts'
import { refuse } from '../hl7/fault.ts'
import type { AppointmentInMessage } from '../reading/appointment.ts'
import type { Errand, Reaction } from './intake.ts'
import { anotherPatient, noteOf, putBooking, readSchedule } from './record-booking.ts'
import { putPerson } from './record-person.ts'

/** SIU^S15: cancels. An appointment the portal never heard of is recorded first, when the message says enough of it. */
export const recordCancellation: Reaction = async (errand) => {
  const { person, appointment, eventAt } = readSchedule(errand)
  const { patientId, notes } = await putPerson(errand, person, eventAt)
  const known = await cancel(errand, appointment, patientId, eventAt, 'cancellation')
  if (known) return [...notes, ...known]
  if (appointment.details.startsAt === undefined || appointment.clinicCodes.length === 0)
    return refuse('SCH-1', unknown)
  const booked = await putBooking(errand, appointment, patientId, eventAt)
  // The answer to the first key is "not found", for good: the second try needs one of its own.
  const cancelled = await cancel(errand, appointment, patientId, eventAt, 'cancellation-of-unknown')
  // Still unknown: the trust keeps this clinic out of the portal, and there is nothing to cancel.
  return [...new Set([...notes, ...booked, ...(cancelled ?? [])])]
}

const unknown =
  'the portal does not know this appointment, and the message says too little to record it. ' +
  'Send the identifier it was booked with, or clinic (AIS-3) and start (SCH-11.4) too.'

/** The notes of a cancellation, or undefined when the appointment is not known. */
async function cancel(
  { intake, keyFor, signal, requestId }: Errand,
  { hospitalId, reason }: AppointmentInMessage,
  patientId: string,
  eventAt: Date,
  step: string,
): Promise<string[] | undefined> {
  const input = {
    idempotencyKey: keyFor(step),
    eventAt: eventAt.toISOString(),
    hospitalId,
    patientId,
    ...(reason !== undefined && { reason }),
  }
  const answer = await intake.graph.write(RecordCancellationDocument, { input }, { signal, requestId })
  const { recordCancellation: outcome } = answer
  switch (outcome.__typename) {
    case 'AppointmentRecorded':
      return outcome.flags.flatMap((flag) => noteOf[flag] ?? [])
    case 'AppointmentNotFound':
      return undefined
    case 'PatientDiffers':
      return refuse('SCH-1', anotherPatient)
    default:
      return outcome satisfies never
  }
}
