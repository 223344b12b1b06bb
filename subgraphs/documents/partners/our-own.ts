import type { Reference, Resource } from '@medplum/fhirtypes'

export const odsCodeSystem = 'https://fhir.nhs.uk/Id/ods-organization-code'

/** How a partner names this trust: by its ODS code, and by the ids of organisations that are this trust there. */
export interface OurNames {
  readonly odsCode: string
  readonly organizationIds: ReadonlySet<string>
}

/** A site's code is its trust's with two more characters. */
export const isOurCode = (code: string | undefined, odsCode: string) =>
  code === odsCode || (code?.length === odsCode.length + 2 && code.startsWith(odsCode))

/**
 * True when a record at a partner says that it is this trust's own: passed on to the partner, it must not come back as the
 * partner's, for here it is shown first hand.
 */
export function isOurOwn(resource: Resource, ours: OurNames): boolean {
  if (resource.meta?.source?.split(/[^A-Z0-9]+/).some((part) => isOurCode(part, ours.odsCode))) return true
  const contained = 'contained' in resource ? (resource.contained ?? []) : []
  return makersOf(resource).some((reference) => namesUs(reference, contained, ours))
}

function makersOf(resource: Resource): Reference[] {
  switch (resource.resourceType) {
    case 'DocumentReference':
    case 'Composition':
      return [...(resource.author ?? []), ...(resource.custodian ? [resource.custodian] : [])]
    case 'DiagnosticReport':
      return [...(resource.performer ?? []), ...(resource.resultsInterpreter ?? [])]
    case 'Observation':
      return resource.performer ?? []
    default:
      return []
  }
}

function namesUs({ reference, identifier }: Reference, contained: readonly Resource[], ours: OurNames): boolean {
  if (identifier?.system === odsCodeSystem && isOurCode(identifier.value, ours.odsCode)) return true
  const id = /(?:^|\/)Organization\/([A-Za-z0-9.-]{1,64})(?:\/_history\/[^/]+)?$/.exec(reference ?? '')?.[1]
  if (id !== undefined) return ours.organizationIds.has(id) || isOurCode(id, ours.odsCode)
  const inside = reference?.startsWith('#') ? contained.find((it) => it.id === reference.slice(1)) : undefined
  return inside?.resourceType === 'Organization' && isOurOrganization(inside.identifier, ours.odsCode)
}

export const isOurOrganization = (
  identifiers: readonly { system?: string; value?: string }[] | undefined,
  odsCode: string,
): boolean => (identifiers ?? []).some(({ system, value }) => system === odsCodeSystem && isOurCode(value, odsCode))
