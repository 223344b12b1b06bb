import { randomUUID } from 'node:crypto'
import { GraphQLError } from 'graphql'
import { serialise } from '../runtime/serialise.ts'
import type { PatientsContext } from './keys.ts'
import { LoginAttempt } from './login-challenge.entity.ts'
import { networkOf } from './network.ts'

const minute = 60 * 1000
const hour = 60 * minute
const day = 24 * hour

interface Limit {
  /** So many … */
  readonly most: number
  /** … within so long, after which there may be more … */
  readonly within: number
  /** … or, when this is said, nothing more for so long after the last. */
  readonly pause?: number
}

/**
 * Codes asked for with one contact and date of birth. Not with the contact alone: whoever knows a mobile number could
 * otherwise keep its owner out, and only the right date of birth ever sends anything.
 */
const sends: Limit[] = [
  { most: 3, within: 15 * minute },
  { most: 10, within: day },
]
/** Wrong codes for one contact and date of birth. */
const wrongCodes: Limit[] = [
  { most: 10, within: 15 * minute, pause: 15 * minute },
  { most: 20, within: day, pause: 2 * hour },
]
/**
 * Tries of one staff e-mail address from one network: all count until they turn out right. Not of the address alone: whoever
 * knows it could otherwise keep its owner out with five tries from anywhere.
 */
const staffTries: Limit[] = [{ most: 5, within: 15 * minute, pause: 15 * minute }]
/** Tries of one staff e-mail address from everywhere: guesses stay few, however many networks they come from. */
const staffTriesFromEverywhere: Limit[] = [{ most: 50, within: 15 * minute }]
/** Requests of one address in a minute. */
const requestsOfAddress = 60
/** Log ins one address may begin in a minute while somebody attacks many. Those begun go on as ever. */
const startsUnderAlarm = 1
/** Wrong codes of everybody together, in an hour, that look like an attack on many. */
const alarmAt = 200
const everybody = 'everybody'

type Kind = 'send' | 'wrong-code' | 'request' | 'start' | 'staff-try'

/** When codes may be asked for again with this contact and date of birth, if they may not now. Counts nothing. */
export const sendsPausedUntil = (context: PatientsContext, pairKey: string) =>
  pausedUntil(context, 'send', pairKey, sends)

/** When this contact and date of birth may try codes again, if they may not now. */
export const triesPausedUntil = (context: PatientsContext, pairKey: string) =>
  pausedUntil(context, 'wrong-code', pairKey, wrongCodes)

/** When staff with this e-mail address may try again from where they are, if they may not now. */
export async function staffPausedUntil(context: PatientsContext, emailKey: string): Promise<Date | undefined> {
  const here = await pausedUntil(context, 'staff-try', staffTryHere(context, emailKey), staffTries)
  const everywhere = await pausedUntil(context, 'staff-try', emailKey, staffTriesFromEverywhere)
  return here && everywhere ? new Date(Math.max(+here, +everywhere)) : (here ?? everywhere)
}

/** Counts a try before it is looked at. `forgiven` takes it back when it was right. */
export const countStaffTry = (context: PatientsContext, emailKey: string): string[] =>
  [emailKey, staffTryHere(context, emailKey)].map((key) => count(context, 'staff-try', key))

const staffTryHere = (context: PatientsContext, emailKey: string) =>
  context.keys.fingerprint('staff-here', emailKey, networkOfViewer(context))

export async function forgiven({ em }: PatientsContext, tryIds: readonly string[]): Promise<void> {
  await em.nativeDelete(LoginAttempt, { id: { $in: [...tryIds] } }, { filters: false })
}

export function countSend(context: PatientsContext, pairKey: string): void {
  count(context, 'send', pairKey)
}

/** Counts a wrong code, for the pair and for everybody together; sounds the alarm when there are too many in all. */
export async function countWrongCode(context: PatientsContext, pairKey: string): Promise<void> {
  // One after the other, and counted before it is written: nobody steps over the number at which the alarm sounds.
  await serialise(context.em, everybody)
  const before = await counted(context, 'wrong-code', everybody, hour)
  count(context, 'wrong-code', pairKey)
  count(context, 'wrong-code', everybody)
  if (before + 1 === alarmAt)
    context.log.error({ alarm: 'login', wrongCodesInAnHour: alarmAt }, 'many wrong codes: log in is slowed down')
}

/** Counts a request of a client address, or refuses it when there are too many in a minute. */
export async function countRequest(context: PatientsContext): Promise<void> {
  await countOfAddress(context, 'request', requestsOfAddress)
}

/** Counts a log in that a client address begins: a request like others, and the one that an alarm slows down. */
export async function countStart(context: PatientsContext): Promise<void> {
  await countRequest(context)
  const underAlarm = (await counted(context, 'wrong-code', everybody, hour)) >= alarmAt
  await countOfAddress(context, 'start', underAlarm ? startsUnderAlarm : requestsOfAddress)
}

async function countOfAddress(context: PatientsContext, kind: Kind, most: number): Promise<void> {
  const { keys, em } = context
  const network = keys.fingerprint('address', networkOfViewer(context))
  await serialise(em, network)
  if ((await counted(context, kind, network, minute)) >= most)
    throw new GraphQLError('There are too many tries from your network. Wait a minute and try again.', {
      extensions: { code: 'RATE_LIMITED', retryAfterSeconds: 60 },
    })
  count(context, kind, network)
}

const networkOfViewer = ({ viewer }: PatientsContext) => networkOf(viewer.clientAddress ?? 'unknown')

function count({ em, clock }: PatientsContext, kind: Kind, key: string): string {
  return em.create(LoginAttempt, { id: randomUUID(), kind, key, at: clock.now() }).id
}

const counted = ({ em, clock }: PatientsContext, kind: Kind, key: string, within: number) =>
  em.count(LoginAttempt, { kind, key, at: { $gt: new Date(clock.now().getTime() - within) } }, { filters: false })

async function pausedUntil(
  { em, clock }: PatientsContext,
  kind: Kind,
  key: string,
  limits: Limit[],
): Promise<Date | undefined> {
  const now = clock.now().getTime()
  const longest = Math.max(...limits.map(({ within, pause = 0 }) => within + pause))
  const recent = await em.find(
    LoginAttempt,
    { kind, key, at: { $gt: new Date(now - longest) } },
    { orderBy: { at: 'desc' }, limit: Math.max(...limits.map((it) => it.most)), filters: false },
  )
  const times = recent.map((it) => it.at.getTime())
  const until = Math.max(0, ...limits.map((limit) => endOfPause(times, limit)))
  return until > now ? new Date(until) : undefined
}

/** When this limit lets go; `times` are the latest first. */
function endOfPause(times: number[], { most, within, pause }: Limit): number {
  const last = times[0]
  const first = times[most - 1]
  if (last === undefined || first === undefined) return 0
  if (pause === undefined) return first + within
  return last - first < within ? last + pause : 0
}
