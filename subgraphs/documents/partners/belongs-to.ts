import type { Patient, Reference, Resource } from '@medplum/fhirtypes'
import type { Identity } from './identity.ts'

export const nhsNumberSystem = 'https://fhir.nhs.uk/Id/nhs-number'

/** Whose records are asked for: who they are here, and under which ids the partner keeps them. */
export interface Person {
  readonly identity: Identity
  readonly patientIds: ReadonlySet<string>
}

/** What a reference means on the server that gave it. */
export interface Server {
  named(reference: string): { type: string; id: string } | undefined
}

type Identifiers = readonly { system?: string; value?: string }[] | undefined

const nhsNumbersOf = (identifiers: Identifiers): string[] =>
  (identifiers ?? [])
    .filter(({ system }) => system === nhsNumberSystem)
    .map(({ value = '' }) => value.replaceAll(/\s/g, ''))

/** True when a partner's patient has this NHS number, no other one, and was born on the same day. */
export const isPerson = ({ identifier, birthDate }: Patient, { nhsNumber, bornOn }: Identity): boolean => {
  const numbers = nhsNumbersOf(identifier)
  return numbers.length > 0 && numbers.every((it) => it === nhsNumber) && birthDate === bornOn
}

/** True when a resource says of itself that it is about this person. One that says nothing is nobody's. */
export function isAbout(resource: Resource, person: Person, server: Server): boolean {
  const subject = 'subject' in resource ? (resource.subject as Reference | undefined) : undefined
  if (!subject?.reference && !subject?.identifier) return false
  const numbers = nhsNumbersOf(subject.identifier && [subject.identifier])
  if (numbers.some((it) => it !== person.identity.nhsNumber)) return false
  if (subject.reference === undefined) return numbers.length > 0
  if (subject.reference.startsWith('#')) return isContained(resource, subject.reference.slice(1), person.identity)
  const named = server.named(subject.reference)
  return named?.type === 'Patient' && person.patientIds.has(named.id)
}

function isContained(resource: Resource, id: string, identity: Identity): boolean {
  const contained = 'contained' in resource ? resource.contained?.find((it) => it.id === id) : undefined
  return contained?.resourceType === 'Patient' && isPerson(contained, identity)
}
