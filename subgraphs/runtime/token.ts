import { createHash, createHmac, randomUUID, timingSafeEqual } from 'node:crypto'
import { z } from 'zod'
import type { Clock } from './clock.ts'
import { Role, type Viewer } from './viewer.ts'

/** Who signs calls on behalf of clients. Any other issuer is a subgraph that tells of events. */
export const gatewayIssuer = 'gateway'
const lifetimeSeconds = 30
const clockToleranceSeconds = 5

const claims = z.object({
  iss: z.string(),
  aud: z.string(),
  iat: z.int(),
  exp: z.int(),
  jti: z.string().min(1),
  bodyHash: z.string(),
  viewer: z.object({
    role: z.enum(Role),
    actorId: z.string(),
    name: z.string().optional(),
    patientIds: z.array(z.string()),
    sessionId: z.string().optional(),
    scopes: z.array(z.string()),
    organisation: z.object({ code: z.string(), name: z.string() }).optional(),
    endUser: z.object({ id: z.string(), role: z.string() }).optional(),
    clientAddress: z.string().optional(),
  }),
})

/** The key with which one subgraph tells another of events: made from the other's own, and good for nothing else. */
export const deliveryKey = (key: Buffer, issuer: string) =>
  createHmac('sha256', key).update(`deliver:${issuer}`).digest()

const hashOf = (body: string | Buffer) => createHash('sha256').update(body).digest('base64url')
const sign = (key: Buffer, payload: string) => createHmac('sha256', key).update(payload).digest()

/** A token that lets `issuer` ask `audience` exactly this, as this viewer, within 30 seconds. */
export function signCall(
  key: Buffer,
  call: { issuer: string; audience: string; viewer: Viewer; body: string },
  clock: Clock,
): string {
  const iat = Math.floor(clock.now().getTime() / 1000)
  const { issuer: iss, audience: aud, viewer, body } = call
  const facts = { iss, aud, iat, exp: iat + lifetimeSeconds, jti: randomUUID(), viewer, bodyHash: hashOf(body) }
  const payload = Buffer.from(JSON.stringify(facts)).toString('base64url')
  return `${payload}.${sign(key, payload).toString('base64url')}`
}

/** Who calls, as the token says. What they ask is yet to be compared with it. */
export interface Caller {
  readonly viewer: Viewer
  readonly issuer: string
  /** True when these are the bytes that the token was made for. */
  asks(body: Buffer): boolean
}

interface Expected {
  readonly key: Buffer
  readonly audience: string
  readonly subscriptions: readonly string[]
}

/** Who calls, and the viewer the token speaks for, or undefined when anything at all is wrong with it. */
export function verifyCall(token: string, expected: Expected & { body: Buffer }, clock: Clock): Caller | undefined {
  const caller = verifyToken(token, expected, clock)
  return caller?.asks(expected.body) ? caller : undefined
}

/** Who calls, before what they ask has arrived. */
export function verifyToken(token: string, expected: Expected, clock: Clock): Caller | undefined {
  const [payload, signature, ...rest] = token.split('.')
  if (!payload || !signature || rest.length) return undefined
  const parsed = claims.safeParse(readJson(payload))
  if (!parsed.success) return undefined
  const { iss, aud, iat, exp, bodyHash, viewer } = parsed.data
  const key = keyOf(iss, expected)
  if (!key || !sameBytes(sign(key, payload), Buffer.from(signature, 'base64url'))) return undefined
  const now = Math.floor(clock.now().getTime() / 1000)
  if (aud !== expected.audience || exp <= now || exp - iat > lifetimeSeconds || iat > now + clockToleranceSeconds)
    return undefined
  if (iss !== gatewayIssuer && viewer.role !== Role.SYSTEM) return undefined
  return { viewer: viewer as Viewer, issuer: iss, asks: (body) => bodyHash === hashOf(body) }
}

function keyOf(
  issuer: string,
  { key, subscriptions }: { key: Buffer; subscriptions: readonly string[] },
): Buffer | undefined {
  if (issuer === gatewayIssuer) return key
  return subscriptions.includes(issuer) ? deliveryKey(key, issuer) : undefined
}

function readJson(payload: string): unknown {
  try {
    return JSON.parse(Buffer.from(payload, 'base64url').toString())
  } catch {
    return undefined
  }
}

const sameBytes = (a: Buffer, b: Buffer) => a.length === b.length && timingSafeEqual(a, b)
