import type { Patient } from '@medplum/fhirtypes'
import type { Asked, AskSettings } from './ask-partner.ts'
import { isPerson, nhsNumberSystem, type Person } from './belongs-to.ts'
import type { Identity } from './identity.ts'
import { BrokenForOnePatient } from './partner-failure.ts'
import { Allowance, everyPage } from './search.ts'

/**
 * The ids under which the partner keeps a person. Somebody with their number and another date of birth is not them. One who cannot be
 * read may be: that the partner does not know them must not be said then.
 */
export async function findPerson(
  { door, limits, source, validation }: Omit<AskSettings, 'ourNames'>,
  identity: Identity,
  asked: Asked,
): Promise<Person | undefined> {
  const form = new URLSearchParams({ identifier: `${nhsNumberSystem}|${identity.nhsNumber}`, _count: '10' })
  const found = await everyPage(door, door.search('Patient', form, asked), new Allowance(limits), asked)
  const faults = await validation.faultsOf(found.resources, asked.signal)
  const patients = found.resources.filter(
    (it, index) => it.resourceType === 'Patient' && !faults[index]?.length,
  ) as Patient[]
  const theirs = patients.filter((it) => isPerson(it, identity))
  for (const { id } of patients.filter((it) => !theirs.includes(it)))
    asked.log.error(
      { alarm: 'PATIENT_DIFFERS', source: source.code, id },
      'a partner found somebody else by this NHS number',
    )
  const patientIds = new Set(theirs.filter(({ active }) => active !== false).map(({ id = '' }) => id))
  const unread = found.resources.length - patients.length + found.unreadable
  if (!theirs.length && unread) throw new BrokenForOnePatient('UNREADABLE_PERSON')
  return patientIds.size ? { identity, patientIds } : undefined
}
