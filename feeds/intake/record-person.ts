import { RecordPatientDocument, type PatientRecordFlag } from '../../client/main.ts'
import { MessageRefused, refuse, type Fault } from '../hl7/fault.ts'
import { readEventTime } from '../reading/event-time.ts'
import { readPerson, type PersonInMessage } from '../reading/person.ts'
import type { Errand, Reaction } from './intake.ts'

/** ADT^A04, A08, A28, A31, and every message about a visit that is no stay: creates or refreshes the person's record. */
export const recordPerson: Reaction = async (errand) => {
  const faults: Fault[] = []
  const eventAt = readEventTime(errand.message, errand.intake.now(), faults)
  const person = readPerson(errand.message, faults)
  if (faults.length > 0) throw new MessageRefused(faults)
  const { notes } = await putPerson(errand, person, eventAt)
  return notes
}

/** Whose record it is, as the graph takes it: the one the message names, and the other ids of the same person. */
export interface Whose {
  patientId: string
  formerPatientIds?: string[]
}

/** A person once recorded. */
export interface RecordedPerson {
  whose: Whose
  /** The number of the record, which the message may have left out or named by one that is retired. */
  hospitalNumber: string | undefined
  notes: string[]
}

/** Records what a message says of a person, and answers whose record it is. */
export async function putPerson(
  { intake, keyFor, signal, requestId }: Errand,
  person: PersonInMessage,
  eventAt: Date,
  step = 'person',
): Promise<RecordedPerson> {
  const input = { ...person, idempotencyKey: keyFor(step), eventAt: eventAt.toISOString() }
  const { recordPatient: outcome } = await intake.graph.write(RecordPatientDocument, { input }, { signal, requestId })
  switch (outcome.__typename) {
    case 'PatientRecorded': {
      const { id, formerIds, hospitalNumber } = outcome.patient
      const others = [id, ...formerIds].filter((it) => it !== outcome.recordId)
      return {
        whose: { patientId: outcome.recordId, ...(others.length > 0 && { formerPatientIds: others }) },
        hospitalNumber: hospitalNumber ?? undefined,
        notes: outcome.flags.map((flag) => noteOfPerson[flag]),
      }
    }
    case 'PatientNotIdentified':
      return refuse('PID-3', 'nobody can be found by these numbers. Send the hospital number in PID-3.1.')
    case 'PatientIncomplete':
      return refuse(placeOf[outcome.field] ?? 'PID', incomplete)
    default:
      return outcome satisfies never
  }
}

const incomplete =
  'this person is new to the portal and this is missing or impossible. Send name (PID-5) and date of birth (PID-7) first.'
const placeOf: Record<string, string> = { name: 'PID-5', bornOn: 'PID-7', hospitalNumber: 'PID-3' }

/** What the sender should know of a person who was recorded. */
export const noteOfPerson: Record<PatientRecordFlag, string> = {
  NHS_NUMBER_DROPPED: 'PID-3: the NHS number fails its check and was not taken; everything else was.',
  MOBILE_DROPPED: 'PID-13: the mobile is no UK mobile number and was not taken; everything else was.',
  EMAIL_DROPPED: 'PID-13: the e-mail address is none and was not taken; everything else was.',
  OLDER_THAN_RECORD: 'EVN-2: the record already knows something later; nothing newer was overwritten.',
}
