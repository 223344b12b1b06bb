import { randomUUID } from 'node:crypto'
import { GraphQLError } from 'graphql'
import { serialise } from '../runtime/serialise.ts'
import type { PatientsContext } from './keys.ts'
import { LoginAttempt } from './login-challenge.entity.ts'

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

/** Codes sent to one contact. */
const sends: Limit[] = [
  { most: 3, within: 15 * minute },
  { most: 10, within: day },
]
/** Wrong codes for one contact and date of birth. */
const wrongCodes: Limit[] = [
  { most: 10, within: 15 * minute, pause: 15 * minute },
  { most: 20, within: day, pause: 2 * hour },
]
const requestsOfAddress = 60
const requestsOfAddressUnderAlarm = 1
/** Wrong codes of everybody together, in an hour, that look like an attack on many. */
const alarmAt = 200
const everybody = 'everybody'

type Kind = 'send' | 'wrong-code' | 'request'

/** When sending to this contact may go on, if it may not now. Counts nothing. */
export const sendsPausedUntil = (context: PatientsContext, contactKey: string) =>
  pausedUntil(context, 'send', contactKey, sends)

/** When this contact and date of birth may try codes again, if they may not now. */
export const triesPausedUntil = (context: PatientsContext, pairKey: string) =>
  pausedUntil(context, 'wrong-code', pairKey, wrongCodes)

export function countSend(context: PatientsContext, contactKey: string): void {
  count(context, 'send', contactKey)
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

/** Counts a request of a client address, or refuses it when there are too many in a minute. Fewer are allowed under alarm. */
export async function countRequest(context: PatientsContext): Promise<void> {
  const { viewer, keys, em } = context
  const address = keys.fingerprint('address', viewer.clientAddress ?? 'unknown')
  await serialise(em, address)
  const underAlarm = (await counted(context, 'wrong-code', everybody, hour)) >= alarmAt
  const most = underAlarm ? requestsOfAddressUnderAlarm : requestsOfAddress
  if ((await counted(context, 'request', address, minute)) >= most)
    throw new GraphQLError('There are too many tries from your network. Wait a minute and try again.', {
      extensions: { code: 'RATE_LIMITED', retryAfterSeconds: 60 },
    })
  count(context, 'request', address)
}

function count({ em, clock }: PatientsContext, kind: Kind, key: string): void {
  em.create(LoginAttempt, { id: randomUUID(), kind, key, at: clock.now() })
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
