import { randomUUID } from 'node:crypto'
import type { Cast } from './cast.ts'
import type { Actor, SubgraphName } from './matrix.ts'

/** A way to ask for a field: an operation with `%` where the field goes. */
export interface Door {
  /** Through the gateway, straight at a subgraph, or the same text at both. */
  readonly at: 'gateway' | 'both' | SubgraphName
  readonly text: string
  /** Who comes through it. Without: everybody. */
  readonly for?: (actor: Actor) => boolean
  variables(cast: Cast, actor: Actor): Record<string, unknown> | Promise<Record<string, unknown>>
  /** What it does ends the session that asks: somebody else's is used. */
  readonly endsSessions?: boolean
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
