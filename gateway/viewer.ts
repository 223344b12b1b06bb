import { z } from 'zod'

/** Who is asking: nobody yet, a patient, a partner trust, staff, one of our own systems, or the gateway itself. */
export type Role = 'ANONYMOUS' | 'PATIENT' | 'PARTNER' | 'STAFF' | 'SYSTEM' | 'GATEWAY'

/** The person or system a request is for. Made here, passed on to every subgraph, never read from a client. */
export interface Viewer {
  role: Role
  /** The session, system client or partner's system that acts. */
  actorId: string
  /** Of staff: the name their colleagues know them by. Of a partner: what it calls its system. */
  name?: string
  /** Every id this person's record has had. Empty unless a patient. */
  patientIds: string[]
  sessionId?: string
  /** Of a partner: the organisation that asks. */
  organisation?: { code: string; name: string }
  /** Of a partner: for whom it says that it asks, from its headers. */
  endUser?: { id: string; role: string }
  scopes: string[]
  /** Where the request came from, for limits only. */
  clientAddress?: string
}

export const anonymous: Viewer = { role: 'ANONYMOUS', actorId: 'anonymous', patientIds: [], scopes: [] }

/** The viewer the gateway uses for its own questions. Never given to anyone who asks. */
export const gatewayItself: Viewer = { role: 'GATEWAY', actorId: 'gateway', patientIds: [], scopes: [] }

/** One of our own systems, known by the id of its credentials. */
export const systemViewer = (id: string): Viewer => ({
  role: 'SYSTEM',
  actorId: `system:${id}`,
  patientIds: [],
  scopes: [],
})

const behindSession = z.object({
  role: z.enum(['PATIENT', 'STAFF']),
  actorId: z.string().min(1),
  name: z.string().min(1).nullish(),
  patientIds: z.array(z.string()),
  sessionId: z.string().nullish(),
  scopes: z.array(z.string()),
})

const partner = z.object({
  role: z.literal('PARTNER'),
  actorId: z.string().startsWith('partner:'),
  name: z.string().min(1),
  organisationCode: z.string().min(1),
  organisationName: z.string().min(1),
  scopes: z.array(z.string()),
  /** SHA-256 (hex) of the operations it may send; null when any. */
  operationHashes: z.array(z.string()).nullable(),
  /** Seconds to wait, when it has asked too often. */
  retryAfterSeconds: z.number().nullable(),
})

/** What `patients` says about a token: a person's session, or a partner's. Neither can speak for a system or the gateway. */
export const behindToken = z.discriminatedUnion('role', [behindSession, partner])

export type BehindToken = z.infer<typeof behindToken>
