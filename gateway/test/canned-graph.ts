import { buildSubgraphSchema } from '@apollo/subgraph'
import { composeServices } from '@apollo/composition'
import { execute, GraphQLError, parse, validate } from 'graphql'
import type { ExecutionResult } from 'graphql'
import { createHash } from 'node:crypto'
import { setTimeout } from 'node:timers/promises'
import type { SubgraphCall, SubgraphTransport } from '../main.ts'
import {
  endPartnerTokens,
  keepPartnerToken,
  partnerBehind,
  partnerClientKeys,
  usePartnerAssertion,
} from './canned-partners.ts'
import * as sdl from './canned-schema.ts'

export type SubgraphName = 'patients' | 'appointments' | 'documents'

/** Marks what must never leave the gateway or reach a log. */
export const CANARY = 'ZZCANARY 9990041571'

export const amalsToken = 'amals-token-0123456789abcdefghijklmnopqrstuv'
export const petersToken = 'peters-token-of-staff-0123456789abcdefghijklmn'
export const badSession = 'a-session-that-claims-to-be-the-gateway-0123'

const amal = { __typename: 'Patient', id: 'amal', name: 'Amal Haddad', hospitalNumber: 'H1' }
const sessions = new Map([
  [amalsToken, { role: 'PATIENT', actorId: 'session-1', patientIds: ['amal'], sessionId: 'session-1', scopes: [] }],
  [petersToken, { role: 'STAFF', actorId: 'staff:peter', name: 'Peter Novak', patientIds: [], scopes: ['clinics:*'] }],
  [badSession, { role: 'GATEWAY', actorId: 'session-2', patientIds: [], sessionId: null, scopes: [] }],
])
const byHash = new Map(
  [...sessions].map(([token, viewer]) => [createHash('sha256').update(token).digest('base64url'), viewer]),
)

/** Sessions that have been ended. */
export const ended = new Set<string>()

type Resolver = (source: never, args: never, context: SubgraphCall) => unknown

const faults: Record<string, () => unknown> = {
  canary: () => {
    throw new Error(`SQLITE_CONSTRAINT: ${CANARY} at 127.0.0.1:5432`)
  },
  coded: () => {
    throw new GraphQLError(CANARY, { extensions: { code: 'DATABASE_EXPLODED', stacktrace: [CANARY] } })
  },
  masked: () => {
    throw new GraphQLError(CANARY, { extensions: { code: 'INTERNAL', errorId: 'a-number-of-the-subgraph' } })
  },
  limited: () => {
    throw new GraphQLError('Wait a little.', {
      extensions: { code: 'RATE_LIMITED', retryAfterSeconds: 17, secret: CANARY },
    })
  },
  refused: () => {
    throw new GraphQLError('You cannot see this.', { extensions: { code: 'FORBIDDEN' } })
  },
  away: () => {
    throw new GraphQLError(`connect ECONNREFUSED 127.0.0.1:5432 ${CANARY}`, { extensions: { code: 'UNAVAILABLE' } })
  },
  null: () => null,
}

const resolvers: Record<SubgraphName, Record<string, Record<string, Resolver>>> = {
  patients: {
    Query: {
      me: () => amal,
      patient: (_: never, { id }: { id: string }) => (id === 'amal' ? amal : null),
      trust: () => ({ name: 'West Hertfordshire' }),
      partnerFact: () => 'a fact',
      appointmentFact: () => 'a fact of appointments',
      whoIsAsking: (_: never, __: never, { viewer, requestId }) => ({ ...viewer, requestId }),
      viewerOf: (_: never, { tokenHash }: { tokenHash: string }) =>
        ended.has(tokenHash) ? null : (byHash.get(tokenHash) ?? partnerBehind(tokenHash)),
      partnerClientKeys,
      fault: (_: never, { kind }: { kind: string }) => faults[kind]?.(),
      slow: (_: never, { ms }: { ms: number }) => setTimeout(ms, 'at last'),
      unruled: () => 'nobody said who may read this',
    },
    Mutation: {
      startLogin: () => ({ __typename: 'LoginCodeSent', challengeId: 'challenge-1' }),
      usePartnerAssertion,
      keepPartnerToken,
      endPartnerTokens,
    },
    Patient: {
      __resolveReference: ({ id }: { id: string }) => (id === 'amal' ? amal : null),
      friend: () => ({ ...amal, name: null }),
    },
  },
  appointments: {
    Query: { appointment: (_: never, { id }: { id: string }) => appointmentOf(id) },
    Patient: { __resolveReference: (it: never) => it, appointments: () => [appointmentOf('a1'), appointmentOf('a2')] },
    Appointment: { __resolveReference: (it: never) => it },
  },
  documents: {
    Query: {
      document: (_: never, { id }: { id: string }) => (id === 'l2' ? { ...letter, about: { id: 'nobody' } } : letter),
      found: () => [letter, note],
      note: () => note,
      inPlainSight: () => note,
    },
    Appointment: { __resolveReference: (it: never) => it, letter: () => letter },
  },
} as Record<SubgraphName, Record<string, Record<string, Resolver>>>

const appointmentOf = (id: string) => ({
  __typename: 'Appointment',
  id,
  startsAt: '2026-12-01T09:00:00Z',
  reference: 'SCH-1',
  patient: amal,
})
const letter = { __typename: 'Letter', id: 'l1', title: 'Your appointment', origin: 'clinic', about: amal }
const note = { __typename: 'Note', id: 'n1', title: 'Staff only', origin: 'ward', secret: 'staff only' }

export const names: SubgraphName[] = ['patients', 'appointments', 'documents']

/** Executes one canned subgraph directly. */
export function transport(name: SubgraphName): SubgraphTransport {
  const schema = buildSubgraphSchema([{ typeDefs: parse(sdl[name]), resolvers: resolvers[name] as never }])
  return async (call): Promise<ExecutionResult> => {
    const document = parse(call.query)
    const errors = validate(schema, document)
    if (errors.length > 0) return { errors }
    return execute({
      schema,
      document,
      contextValue: call,
      variableValues: call.variables ?? {},
      operationName: call.operationName,
    })
  }
}

/** The three composed, as `npm run schema` would. */
export const supergraph = compose()

function compose(): string {
  const { supergraphSdl, errors } = composeServices(
    names.map((name) => ({ name, url: `http://${name}`, typeDefs: parse(sdl[name]) })),
  )
  if (!supergraphSdl) throw new Error(errors?.map(({ message }) => message).join('\n'))
  return supergraphSdl
}
