import { randomUUID } from 'node:crypto'
import type { Request } from '../granted.ts'
import type { Cast } from './cast.ts'
import type { Actor, SubgraphName } from './matrix.ts'

/** A way to ask for a field: an operation with `%` where the field goes. */
export interface Door {
  /** Through the gateway, straight at a subgraph, or the same text at both. */
  readonly at: 'gateway' | 'both' | SubgraphName
  readonly text: string
  /** Who comes through it. Without: everybody. */
  readonly for?: (actor: Actor) => boolean
  /** With what is asked; straight at a subgraph, also who asks in which request. */
  variables(cast: Cast, actor: Actor, request?: Request): Record<string, unknown> | Promise<Record<string, unknown>>
  /** What it does takes away what other rows are asked with, a session or what is shared: it is done by somebody new. */
  readonly bySomebodyNew?: boolean
}

/** All of a clinic, under a code of its own. */
export const aClinicInput = () => ({
  idempotencyKey: randomUUID(),
  code: randomUUID(),
  name: 'Eye clinic',
  specialty: 'Ophthalmology',
  mode: 'DIRECT',
  medium: 'FACE_TO_FACE',
  appointmentMinutes: 30,
  contact: { team: 'Eyes', phone: '+442079460120', hours: 'Mondays' },
  place: { site: 'Watford General', addressLines: ['1 Road'] },
  whatToBring: [],
  preparation: [],
  letterIntroduction: 'Welcome.',
  ifYouDoNotAttend: 'Others wait.',
})

export type Variables = Door['variables']
export const id =
  (of: (cast: Cast) => string): Variables =>
  (cast) => ({ id: of(cast) })
export const input =
  (facts: (cast: Cast, actor: Actor) => object | Promise<object>): Variables =>
  async (cast, actor) => ({ input: await facts(cast, actor) })
export const keyed =
  (facts: (cast: Cast, actor: Actor) => object | Promise<object>): Variables =>
  async (cast, actor) => ({ input: { idempotencyKey: randomUUID(), ...(await facts(cast, actor)) } })

export const query = (field: string, argument: string, type: string, variables: Variables): Door => ({
  at: 'both',
  text: `query Wanted($id: ${type}) { wanted: ${field}(${argument}: $id) { __typename } }`,
  variables,
})
const capital = (name: string) => name.charAt(0).toUpperCase() + name.slice(1)
export const mutation = (name: string, variables: Variables, within = '__typename'): Door => ({
  at: 'both',
  text: `mutation Wanted($input: ${capital(name)}Input!) { wanted: ${name}(input: $input) { ${within} } }`,
  variables,
})
/** The fields of one outcome of a mutation. */
export const outcome = (name: string, type: string, variables: Variables): Door[] => [
  {
    at: 'both',
    text: `mutation Wanted($input: ${capital(name)}Input!) { ${name}(input: $input) { ... on ${type} { % } } }`,
    variables,
  },
]
