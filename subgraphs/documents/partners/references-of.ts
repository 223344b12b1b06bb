import type { Resource } from '@medplum/fhirtypes'

/** What a report or an observation is made of, by reference. */
export function referencesOf(resource: Resource): string[] {
  const references =
    resource.resourceType === 'DiagnosticReport'
      ? resource.result
      : resource.resourceType === 'Observation'
        ? resource.hasMember
        : []
  // The definitions let some shapes pass that are no lists.
  return [references ?? []].flat().flatMap((it) => (typeof it?.reference === 'string' ? [it.reference] : []))
}
