import { createHash } from 'node:crypto'
import type { Annotation, CodeableConcept, Meta, Reference, Resource } from '@medplum/fhirtypes'
import type { Coded } from '../results/code-system.ts'
import { oneLine, paragraphsOf } from './plain-text.ts'

/** What a concept is called: by the partner, else by the code system. */
export const nameOf = (concept: CodeableConcept | undefined): string =>
  oneLine(concept?.text || concept?.coding?.find(({ display }) => display)?.display || '')

export const codesOf = (concept: CodeableConcept | undefined): Coded[] =>
  (concept?.coding ?? []).map(({ code, system }) => ({ code: textOrNull(code), system: textOrNull(system) }))

/** The definitions let some values pass that are no text. */
const textOrNull = (value: unknown): string | null => (typeof value === 'string' ? value : null)

/** Who is meant: as the reference says it, or as what it contains does. */
export function calledBy(reference: Reference | undefined, contained: readonly Resource[] = []): string | null {
  if (reference?.display) return oneLine(reference.display) || null
  const inside = reference?.reference?.startsWith('#')
    ? contained.find(({ id }) => id === reference.reference?.slice(1))
    : undefined
  return inside ? ownName(inside) : null
}

function ownName(resource: Resource): string | null {
  if (resource.resourceType === 'Organization') return oneLine(resource.name) || null
  if (resource.resourceType === 'Specimen') return nameOf(resource.type) || null
  if (resource.resourceType === 'ServiceRequest') return calledBy(resource.requester, resource.contained)
  if (resource.resourceType !== 'Practitioner') return null
  const [name] = resource.name ?? []
  return (
    oneLine(name?.text ?? [...(name?.prefix ?? []), ...(name?.given ?? []), name?.family].filter(Boolean).join(' ')) ||
    null
  )
}

export const notesOf = (notes: readonly Annotation[] | undefined): string[] =>
  (notes ?? []).flatMap(({ text }) => paragraphsOf(text))

/** What tells one version of resources from the next, whatever the partner says or does not say of versions. */
export const versionsOf = (resources: readonly Resource[]): string =>
  createHash('sha256').update(resources.map(versionOf).join('\n')).digest('base64url')

const versionOf = (resource: Resource) =>
  [resource.id, statedVersion(resource.meta) ?? JSON.stringify(resource)].join(' ')

export const statedVersion = (meta: Meta | undefined): string | null =>
  textOrNull(meta?.versionId) ?? textOrNull(meta?.lastUpdated)
