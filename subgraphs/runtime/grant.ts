import { createHmac, timingSafeEqual } from 'node:crypto'
import { z } from 'zod'
import type { Clock } from './clock.ts'
import type { Context } from './context.ts'
import { type Grant, Role, type Viewer } from './viewer.ts'

const lifetimeMs = 30_000

const signedGrant = z.object({
  patientIds: z.array(z.string()),
  categories: z.array(z.string()),
  actorId: z.string(),
  requestId: z.string(),
  until: z.number(),
})

/** What of a request a grant is bound to. */
type Request = Pick<Context, 'viewer' | 'requestId' | 'clock' | 'sharingKey'>

/** Tells the other subgraphs what this partner may see of one person: in this request alone, for 30 seconds. */
export function signGrant({ sharingKey, viewer, requestId, clock }: Request, grant: Grant): string {
  const facts = { ...grant, actorId: viewer.actorId, requestId, until: clock.now().getTime() + lifetimeMs }
  const payload = Buffer.from(JSON.stringify(facts)).toString('base64url')
  return `${payload}.${sign(sharingKey, payload).toString('base64url')}`
}

/**
 * Takes what the representation of a person brings along: from then on the row rules let this partner see that person's
 * rows. Whatever is not signed, not for this partner and this request, or too old, grants nothing. Everybody else's rows
 * are decided without it.
 */
export function takeGrant({ sharingKey, viewer, requestId, clock }: Request, text: unknown): void {
  if (viewer.role !== Role.PARTNER || typeof text !== 'string') return
  const [payload = '', signature = '', ...more] = text.split('.')
  const [given, expected] = [Buffer.from(signature, 'base64url'), sign(sharingKey, payload)]
  if (more.length || given.length !== expected.length || !timingSafeEqual(given, expected)) return
  const { actorId, until, patientIds, categories, ...grant } = read(payload)
  if (actorId !== viewer.actorId || grant.requestId !== requestId || !isNow(until, clock)) return
  addGrant(viewer, { patientIds, categories })
}

/** What a partner was found to be allowed, where it is decided. */
export const addGrant = (viewer: Viewer, grant: Grant): void => void viewer.grants?.push(grant)

/** The patients of whom a partner may see this category, or anything at all. */
export const grantedIds = ({ grants = [] }: Viewer, category?: string): string[] =>
  grants
    .filter(({ categories }) => category === undefined || categories.includes(category))
    .flatMap(({ patientIds }) => patientIds)

/** Every id that was granted together with this one: of one person, when several were asked for at once. */
export const idsOfPerson = ({ grants = [] }: Viewer, patientId: string): string[] => [
  ...new Set(grants.filter((it) => it.patientIds.includes(patientId)).flatMap((it) => it.patientIds)),
]

/**
 * Patients meet their own rows, and partners those that were granted to them, of their category if they have one; of others,
 * who sees what is said by role and row rule.
 */
export function mayMeet(viewer: Viewer, ownerId: string | undefined, sharedAs?: string): boolean {
  if (viewer.role === Role.PATIENT) return ownerId !== undefined && viewer.patientIds.includes(ownerId)
  if (viewer.role === Role.PARTNER) return ownerId !== undefined && grantedIds(viewer, sharedAs).includes(ownerId)
  return true
}

const read = (payload: string) => signedGrant.parse(JSON.parse(Buffer.from(payload, 'base64url').toString()))
const sign = (key: Buffer, payload: string) => createHmac('sha256', key).update(payload).digest()
const isNow = (until: number, clock: Clock) => {
  const left = until - clock.now().getTime()
  return left > 0 && left <= lifetimeMs
}
