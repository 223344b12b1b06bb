import { RecordAppointmentDocument } from '../../client/main.ts'
import { refuse } from '../hl7/fault.ts'
import type { ClinicCode } from '../reading/appointment.ts'
import { anotherPatient, noteOf } from './appointment-outcome.ts'
import type { Errand } from './intake.ts'
import type { Schedule } from './read-schedule.ts'

/** Records a booking at the first of the message's codes that is a clinic's. */
export async function putBooking(errand: Errand, schedule: Schedule): Promise<string[]> {
  const { clinicCodes } = schedule.appointment
  const codes: (ClinicCode | undefined)[] = clinicCodes
  for (const clinic of codes.length > 0 ? codes : [undefined]) {
    const notes = await tryBooking(errand, schedule, clinic)
    if (notes) return notes
  }
  const places = clinicCodes.map(({ where }) => where).join(', ')
  return refuse(
    'AIS-3',
    `no clinic of the portal has this code (looked in ${places}). Send the code of a published clinic.`,
  )
}

async function tryBooking(
  { intake, keyFor, signal, requestId }: Errand,
  { appointment: { hospitalId, details }, whose, eventAt }: Schedule,
  clinic: ClinicCode | undefined,
): Promise<string[] | undefined> {
  const input = {
    ...details,
    ...(clinic && { clinicCode: clinic.code }),
    idempotencyKey: keyFor(`appointment-${clinic?.where ?? 'same-clinic'}`),
    eventAt: eventAt.toISOString(),
    hospitalId,
    ...whose,
  }
  const { recordAppointment: outcome } = await intake.graph.write(
    RecordAppointmentDocument,
    { input },
    { signal, requestId },
  )
  switch (outcome.__typename) {
    case 'AppointmentRecorded':
      return outcome.flags.flatMap((flag) => noteOf[flag] ?? [])
    case 'AppointmentKeptOut':
      return []
    case 'ClinicNotFound':
      return undefined
    case 'AppointmentIncomplete':
      return refuse(placeOf[outcome.field] ?? 'SCH', incomplete)
    case 'PatientDiffers':
      return refuse('SCH-1', anotherPatient)
    default:
      return outcome satisfies never
  }
}

const incomplete = 'this appointment is new to the portal and this is missing. Send identifier, clinic, start and end.'
const placeOf: Record<string, string> = {
  startsAt: 'SCH-11.4',
  endsAt: 'SCH-11.5',
  clinicCode: 'AIS-3',
  hospitalId: 'SCH-1',
}
