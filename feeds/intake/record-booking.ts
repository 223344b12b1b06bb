import { RecordAppointmentDocument, type AppointmentRecordFlag } from '../../client/main.ts'
import { MessageRefused, refuse, type Fault } from '../hl7/fault.ts'
import { readAppointment, type AppointmentInMessage, type ClinicCode } from '../reading/appointment.ts'
import { readEventTime } from '../reading/event-time.ts'
import { readPerson } from '../reading/person.ts'
import type { Errand, Reaction } from './intake.ts'
import { putPerson } from './record-person.ts'

/** SIU^S12 and S13: records the person, then the booking or its new time. An S13 for an unknown appointment creates it. */
export const recordBooking: Reaction = async (errand) => {
  const { person, appointment, eventAt } = readSchedule(errand)
  const { patientId, notes } = await putPerson(errand, person, eventAt)
  return [...notes, ...(await putBooking(errand, appointment, patientId, eventAt))]
}

/** What a scheduling message says, or everything that is wrong with it. */
export function readSchedule({ message, intake }: Errand) {
  const faults: Fault[] = []
  const eventAt = readEventTime(message, intake.now(), faults)
  const person = readPerson(message, faults)
  const appointment = readAppointment(message, faults)
  if (faults.length > 0) throw new MessageRefused(faults)
  return { person, appointment, eventAt }
}

/** Records a booking at the first of the message's codes that is a clinic's. */
export async function putBooking(errand: Errand, appointment: AppointmentInMessage, patientId: string, eventAt: Date) {
  const codes: (ClinicCode | undefined)[] = appointment.clinicCodes
  for (const clinic of codes.length > 0 ? codes : [undefined]) {
    const notes = await tryBooking(errand, appointment, patientId, eventAt, clinic)
    if (notes) return notes
  }
  const places = appointment.clinicCodes.map(({ where }) => where).join(', ')
  return refuse(
    'AIS-3',
    `no clinic of the portal has this code (looked in ${places}). Send the code of a published clinic.`,
  )
}

async function tryBooking(
  { intake, keyFor, signal, requestId }: Errand,
  { hospitalId, details }: AppointmentInMessage,
  patientId: string,
  eventAt: Date,
  clinic: ClinicCode | undefined,
): Promise<string[] | undefined> {
  const input = {
    ...details,
    ...(clinic && { clinicCode: clinic.code }),
    idempotencyKey: keyFor(`appointment-${clinic?.where ?? 'same-clinic'}`),
    eventAt: eventAt.toISOString(),
    hospitalId,
    patientId,
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

export const anotherPatient =
  "the portal knows this appointment as another patient's. Send the right hospital number in PID-3, or a new identifier."
const incomplete = 'this appointment is new to the portal and this is missing. Send identifier, clinic, start and end.'
const placeOf: Record<string, string> = {
  startsAt: 'SCH-11.4',
  endsAt: 'SCH-11.5',
  clinicCode: 'AIS-3',
  hospitalId: 'SCH-1',
}

/** A slot made for the booking is as it should be; the others are for people to look at. */
export const noteOf: Partial<Record<AppointmentRecordFlag, string>> = {
  SLOT_CONFLICT: 'SCH-11: recorded, although somebody else has this slot. Staff will see it.',
  OVERLAPS_ANOTHER: 'SCH-11: recorded, although the patient has another appointment at this time. Staff will see it.',
  OLDER_THAN_RECORD:
    'MSH-7: the portal already knows something later of this appointment; nothing newer was overwritten.',
}
