import type { Resource } from '@medplum/fhirtypes'

/** What a report or an observation is made of, by reference. */
export function referencesOf(resource: Resource): string[] {
  const references =
    resource.resourceType === 'DiagnosticReport'
      ? resource.result
      : resource.resourceType === 'Observation'
        ? resource.hasMember
        : []
  return (references ?? []).map(({ reference = '' }) => reference).filter(Boolean)
}
