import type { AppointmentRecordFlag } from '../../client/main.ts'
import { refuse } from '../hl7/fault.ts'

type Outcome =
  | { __typename: 'AppointmentRecorded'; flags: AppointmentRecordFlag[] }
  | { __typename: 'AppointmentNotFound' }
  | { __typename: 'PatientDiffers' }

/** What the sender should know of something done to an appointment; undefined when the portal does not know it. */
export function notesOf(outcome: Outcome, where: string): string[] | undefined {
  switch (outcome.__typename) {
    case 'AppointmentRecorded':
      return outcome.flags.flatMap((flag) => noteOf[flag] ?? [])
    case 'AppointmentNotFound':
      return undefined
    case 'PatientDiffers':
      return refuse(where, anotherPatient)
    default:
      return outcome satisfies never
  }
}

export const anotherPatient =
  "the portal knows this appointment as another patient's. Send the right hospital number in PID-3, or a new identifier."

/** A slot made for the booking is as it should be; the others are for people to look at. */
export const noteOf: Partial<Record<AppointmentRecordFlag, string>> = {
  SLOT_CONFLICT: 'SCH-11: recorded, although somebody else has this slot. Staff will see it.',
  OVERLAPS_ANOTHER: 'SCH-11: recorded, although the patient has another appointment at this time. Staff will see it.',
  OLDER_THAN_RECORD:
    'MSH-7: the portal already knows something later of this appointment; nothing newer was overwritten.',
  CONFLICTS_WITH_PATIENT:
    'SCH-1: recorded, although the patient changed this appointment in the portal meanwhile. Staff will see it.',
}
