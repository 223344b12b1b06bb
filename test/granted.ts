import { randomUUID } from 'node:crypto'
import type { ExecutionResult } from 'graphql'
import { signGrant } from '../subgraphs/runtime/grant.ts'
import type { Subgraph } from '../subgraphs/runtime/subgraph.ts'
import type { Viewer } from '../subgraphs/runtime/viewer.ts'
import { type Alone, anySharingKey, partner } from './alone.ts'

/** All that a partner can be registered for, and all that a patient can share. */
export const everyScope = ['patients.read', 'appointments.read', 'documents.read', 'results.read']
export const everyCategory = ['APPOINTMENTS', 'LETTERS', 'RESULTS']

/** A system of the Royal Free, asking for one of its clinicians. */
export const royalFree = (scopes: readonly string[] = everyScope): Viewer => ({
  ...partner([...scopes]),
  actorId: 'partner:care-record',
  name: 'Care record',
  organisation: { code: 'RAL', name: 'Royal Free London NHS Foundation Trust' },
  endUser: { id: 'c-17', role: 'Consultant' },
})

/** Somebody who shares something: the ids of their record, the one they are asked for by first. */
export interface Sharer {
  readonly patientIds: readonly string[]
  readonly categories?: readonly string[]
}

/** Who asks, and in which request. */
export interface Request {
  readonly viewer: Viewer
  readonly requestId: string
}

/** What stands for somebody when the gateway comes from `patients`, with what was granted there. */
export function representationOf(
  { clock }: Pick<Alone, 'clock'>,
  { patientIds, categories = everyCategory }: Sharer,
  request: Request,
  sharingKey = anySharingKey,
) {
  const grant = signGrant(
    { ...request, clock, sharingKey },
    { patientIds: [...patientIds], categories: [...categories] },
  )
  return { __typename: 'Patient', id: patientIds[0], grant }
}

const people = (within: string) =>
  `query Shared($people: [_Any!]!) { _entities(representations: $people) { ... on Patient { ${within} } } }`

/** Asks a subgraph about people as the gateway does, whatever stands for them. */
export const askAbout = (
  { subgraph }: { readonly subgraph: Pick<Subgraph, 'execute'> },
  representations: readonly object[],
  within: string,
  { viewer, requestId }: Request = { viewer: royalFree(), requestId: randomUUID() },
): Promise<ExecutionResult> =>
  subgraph.execute({ query: people(within), variables: { people: representations }, viewer, requestId })

/** What a partner is answered about people who share something. */
export async function shared<Person>(
  it: Pick<Alone, 'subgraph' | 'clock'>,
  sharers: readonly Sharer[],
  within: string,
  viewer = royalFree(),
): Promise<Person[]> {
  const request = { viewer, requestId: randomUUID() }
  const representations = sharers.map((sharer) => representationOf(it, sharer, request))
  const { data, errors } = await askAbout(it, representations, within, request)
  if (errors) throw new Error(errors.map(({ message, extensions }) => `${String(extensions.code)} ${message}`).join())
  return data?._entities as Person[]
}
