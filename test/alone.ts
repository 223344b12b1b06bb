import { randomUUID } from 'node:crypto'
import type { ExecutionResult } from 'graphql'
import type { Log } from '../subgraphs/runtime/log.ts'
import type { Purpose } from '../subgraphs/runtime/purpose.ts'
import type { Graph } from '../subgraphs/runtime/reaction.ts'
import { startSubgraph, type Subgraph, type SubgraphDefinition } from '../subgraphs/runtime/subgraph.ts'
import type { SubgraphCall } from '../subgraphs/runtime/transport.ts'
import { readTrust } from '../subgraphs/runtime/trust.ts'
import { Role, type Viewer } from '../subgraphs/runtime/viewer.ts'
import { FakeClock } from './clock.ts'
import { aPostgresDatabase } from './postgres.ts'

/** Both engines the portal promises to run on: `describe.each(engines)`. */
export const engines = ['sqlite', 'postgresql'] as const
export type Engine = (typeof engines)[number]

export interface AloneSettings {
  readonly engine?: Engine
  /** A PostgreSQL database that somebody else has open too; otherwise one of its own. */
  readonly url?: string
  /** Where the SQLite file is kept, for what must outlast a restart; otherwise it goes with the subgraph. */
  readonly folder?: string
  readonly clock?: FakeClock
  readonly profile?: string
  readonly extra?: Record<string, unknown>
  /** Whom it is run for; otherwise for nobody in particular. */
  readonly purpose?: Purpose
  /** What the rest of the graph answers when this subgraph asks it. */
  readonly graph?: Graph
}

/** One subgraph on a database of its own, asked as anybody, with nobody else there. */
export interface Alone {
  readonly subgraph: Subgraph
  readonly clock: FakeClock
  readonly trust: ReturnType<typeof readTrust>
  /** Every line that was logged. */
  readonly lines: string[]
  /** The events it told, for each subscriber, in order. */
  readonly told: { subscriber: string; kind: string; ids: Record<string, string> }[]
  ask(
    viewer: Viewer,
    query: string,
    variables?: Record<string, unknown>,
  ): Promise<ExecutionResult<Record<string, never>>>
  stop(): Promise<void>
}

export async function alone(definition: SubgraphDefinition, settings: AloneSettings = {}): Promise<Alone> {
  const { engine = 'sqlite', clock = new FakeClock('2026-11-23T10:00:00Z'), profile = 'west-herts' } = settings
  const url = settings.url ?? (engine === 'postgresql' ? await aPostgresDatabase() : undefined)
  const lines: string[] = []
  const told: Alone['told'] = []
  const trust = readTrust(profile)
  const subgraph = await startSubgraph(definition, {
    database: { folder: settings.folder ?? ':memory:', ...(url && { url }) },
    clock,
    trust,
    log: logInto(lines),
    graph: settings.graph ?? nobodyElse,
    sharingKey: anySharingKey,
    auditKey: anyAuditKey,
    purpose: settings.purpose,
    subscribers: Object.fromEntries(subscribersOf(definition).map((name) => [name, listener(name, told)])),
    extra: settings.extra ?? {},
  })
  const ask: Alone['ask'] = async (viewer, query, variables) =>
    (await subgraph.execute({ query, viewer, requestId: randomUUID(), ...(variables && { variables }) })) as never
  return { subgraph, clock, trust, lines, told, ask, stop: () => subgraph.stop() }
}

const subscribersOf = ({ tells = {} }: SubgraphDefinition) => [...new Set(Object.values(tells).flat())]

function listener(subscriber: string, told: Alone['told']) {
  return async ({ variables }: SubgraphCall): Promise<ExecutionResult> => {
    const { kind, ids } = variables?.input as { kind: string; ids: { name: string; id: string }[] }
    told.push({ subscriber, kind, ids: Object.fromEntries(ids.map((it) => [it.name, it.id])) })
    return { data: { receiveEvent: { id: 'heard' } } }
  }
}

const logInto = (lines: string[]): Log => {
  const write = (facts: object, message: string) => void lines.push(JSON.stringify({ ...facts, message }))
  return { info: write, warn: write, error: write }
}

/** With which a test signs grants as another subgraph would. */
export const anySharingKey = Buffer.alloc(32, 7)
/** With which the audits of tests are signed. */
export const anyAuditKey = Buffer.alloc(32, 8)

const nobodyElse: Graph = {
  ask: () => Promise.reject(new Error('nothing was given to answer with')),
}

const viewer = (role: Role, more: Partial<Viewer> = {}): Viewer => ({
  role,
  actorId: role.toLowerCase(),
  patientIds: [],
  scopes: [],
  ...more,
})

/** The actors of the access matrix, and of every graph test. */
export const anonymous = (clientAddress = '192.0.2.1') => viewer(Role.ANONYMOUS, { clientAddress })
export const patient = (id: string, more: Partial<Viewer> = {}) =>
  viewer(Role.PATIENT, { actorId: `patient:${id}`, patientIds: [id], ...more })
export const partner = (scopes: string[] = []) => viewer(Role.PARTNER, { scopes })
/** Somebody at the desk, who looks after every clinic. */
export const staff = viewer(Role.STAFF, { actorId: 'staff:peter', name: 'Peter Novak', scopes: ['clinics:*'] })
export const system = viewer(Role.SYSTEM, { actorId: 'system:test' })
export const gateway = viewer(Role.GATEWAY)
