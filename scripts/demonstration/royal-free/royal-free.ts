import type { Resource } from '@medplum/fhirtypes'
import { patientOf, personThere } from './person.ts'

/** All that the Royal Free of the demonstration knows, as of today. */
export async function royalFree(): Promise<Resource[]> {
  return [patientOf(personThere('rf-1001', 'W100001'))]
}
