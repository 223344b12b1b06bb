import { RecordPatientDocument } from '../../client/main.ts'
import { refuse } from '../hl7/fault.ts'
import type { PersonInMessage } from '../reading/person.ts'
import type { Errand } from './intake.ts'
import { noteOfPerson, putPerson, type Whose } from './record-person.ts'

/** Whose a result or letter is. */
export interface DocumentOwner {
  whose: Whose
  notes: string[]
}

/**
 * The person a result or letter is about; one the portal does not know is recorded first. One it knows is left as they are:
 * laboratories copy PID from old requests.
 */
export const ownerOf = async (errand: Errand, person: PersonInMessage, eventAt: Date): Promise<DocumentOwner> =>
  (await knownOwner(errand, person)) ?? putPerson(errand, person, eventAt)

/**
 * The same, of somebody the portal knows; undefined of anybody else. A date of birth or an NHS number that is not the one on record
 * stops it: it may be another person's result under this number.
 */
export async function knownOwner(
  { intake, keyFor, signal, requestId }: Errand,
  { hospitalNumber, nhsNumber, bornOn }: PersonInMessage,
): Promise<DocumentOwner | undefined> {
  const input = {
    ...(hospitalNumber !== undefined && { hospitalNumber }),
    ...(nhsNumber !== undefined && { nhsNumber }),
    idempotencyKey: keyFor('owner'),
    // Older than anything the portal can know: it finds the record, and changes nothing in it.
    eventAt: new Date(0).toISOString(),
  }
  const { recordPatient: outcome } = await intake.graph.write(RecordPatientDocument, { input }, { signal, requestId })
  if (outcome.__typename !== 'PatientRecorded') return undefined
  const { patient, recordId, flags } = outcome
  const isDropped = flags.includes('NHS_NUMBER_DROPPED')
  // Of a record that is merged into another the numbers and dates may be those of the mistake the merge mended.
  if (patient.id === recordId) {
    if (bornOn && bornOn !== patient.bornOn) refuse('PID-7', differs('date of birth'))
    if (nhsNumber && !isDropped && patient.nhsNumber && nhsNumber !== patient.nhsNumber)
      refuse('PID-3', differs('NHS number'))
  }
  const others = [patient.id, ...patient.formerIds].filter((id) => id !== recordId)
  return {
    whose: { patientId: recordId, ...(others.length > 0 && { formerPatientIds: others }) },
    notes: isDropped ? [noteOfPerson.NHS_NUMBER_DROPPED] : [],
  }
}

const differs = (what: string) =>
  `this ${what} is not the one on record. Check whose it is; if the record is wrong, correct it first (ADT A08 or A31).`
