import { RecordPatientDocument, type RecordPatientMutation } from '../../client/main.ts'
import { refuse } from '../hl7/fault.ts'
import type { PersonInMessage } from '../reading/person.ts'
import { isSameName } from '../reading/same-name.ts'
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

/** The same, of somebody the portal knows; undefined of anybody else. */
export async function knownOwner(
  { intake, keyFor, signal, requestId }: Errand,
  person: PersonInMessage,
): Promise<DocumentOwner | undefined> {
  const { hospitalNumber, nhsNumber } = person
  const input = {
    ...(hospitalNumber !== undefined && { hospitalNumber }),
    ...(nhsNumber !== undefined && { nhsNumber }),
    idempotencyKey: keyFor('owner'),
    // Older than anything the portal can know: it finds the record, and changes nothing in it.
    eventAt: new Date(0).toISOString(),
  }
  const { recordPatient: outcome } = await intake.graph.write(RecordPatientDocument, { input }, { signal, requestId })
  if (outcome.__typename !== 'PatientRecorded') return undefined
  refuseAnothers(person, outcome)
  const { patient, recordId, flags } = outcome
  const others = [patient.id, ...patient.formerIds].filter((id) => id !== recordId)
  return {
    whose: { patientId: recordId, ...(others.length > 0 && { formerPatientIds: others }) },
    notes: flags.includes('NHS_NUMBER_DROPPED') ? [noteOfPerson.NHS_NUMBER_DROPPED] : [],
  }
}

type Recorded = Extract<RecordPatientMutation['recordPatient'], { __typename: 'PatientRecorded' }>

/**
 * A hospital number alone is one wrong key away from another person's. The date of birth or the NHS number of the message must be the
 * one on record, and neither another; names change, so the name is asked only when neither of them agrees.
 */
function refuseAnothers(
  { hospitalNumber, nhsNumber, bornOn, name }: PersonInMessage,
  { patient, recordId, flags }: Recorded,
): void {
  const number = flags.includes('NHS_NUMBER_DROPPED') ? undefined : nhsNumber
  // Of a record that is merged into another the numbers and dates may be those of the mistake the merge mended.
  if (patient.id === recordId) {
    if (bornOn && bornOn !== patient.bornOn) refuse('PID-7', differs('date of birth'))
    if (number && patient.nhsNumber && number !== patient.nhsNumber) refuse('PID-3', differs('NHS number'))
  }
  const isFoundByNhsNumber = hospitalNumber === undefined
  if (isFoundByNhsNumber || bornOn === patient.bornOn || (number && number === patient.nhsNumber)) return
  if (!name) refuse('PID-7', numberAlone)
  if (!isSameName(name, patient.name)) refuse('PID-5', differs('name', 'and no date of birth or NHS number agrees'))
}

const numberAlone =
  'a hospital number alone does not say whose this is. Send the date of birth, the NHS number (PID-3) or the name (PID-5) too.'
const differs = (what: string, more = '') =>
  `this ${what} is not the one on record${more && `, ${more}`}. Check whose it is; if the record is wrong, correct it first (ADT A08 or A31).`
