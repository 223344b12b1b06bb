import { randomUUID } from 'node:crypto'
import type { EntityManager } from '@mikro-orm/sql'
import { GraphQLError } from 'graphql'
import { serialise } from '../../runtime/serialise.ts'
import type { PatientsContext } from '../keys.ts'
import { MissedSearch } from './missed-search.entity.ts'

interface Limit {
  readonly most: number
  readonly within: number
}

const hour = 60 * 60 * 1000
export const day = 24 * hour

/**
 * Dates of birth tried out in vain with one NHS number by one organisation, in a day. There are 40,000 of them: without a
 * limit, five a second find anybody's in a few hours.
 */
const datesOfNumber = { most: 10, within: day }
/**
 * People searched for in vain by one client, in an hour. A hospital asks for many who share nothing with it, so that the
 * alarm comes long before the pause.
 */
const peopleOfClient = { most: 300, alarmAt: 60, within: hour }

/** Whom a partner searches for. */
interface Searched {
  readonly nhsNumber: string
  readonly bornOn: string
}

/**
 * Lets a partner search for somebody, unless too many searches were in vain. Counted before anything is looked at, and
 * taken back when somebody was found: so it holds however many search at once, and a pause tells nothing about anybody.
 * To search for the same person again teaches nothing, and counts once.
 */
export async function searchWithinLimits<Found>(
  context: PatientsContext,
  searched: Searched,
  search: () => Promise<Found | null>,
): Promise<Found | null> {
  const keys = keysOf(context, searched)
  const misses = await countMiss(context, keys)
  const found = await search()
  if (found) await context.em.nativeDelete(MissedSearch, { ...keys }, { filters: false })
  else soundAlarm(context, misses)
  return found
}

interface Keys {
  numberKey: string
  personKey: string
}

function keysOf({ keys, viewer }: PatientsContext, { nhsNumber, bornOn }: Searched): Keys {
  const number = [viewer.organisation?.code ?? '', nhsNumber]
  return {
    numberKey: keys.fingerprint('missed-number', ...number),
    personKey: keys.fingerprint('missed-person', ...number, bornOn),
  }
}

/** How many there are with this one. Undefined when it was counted before. */
type Misses = { ofNumber: number; ofClient: number } | undefined

function countMiss({ em, clock, viewer: { actorId } }: PatientsContext, keys: Keys): Promise<Misses> {
  const { numberKey, personKey } = keys
  return em.transactional(async (tx) => {
    // In this order everywhere, so that no two searches wait for each other.
    await serialise(tx, `missed-search:${numberKey}`)
    await serialise(tx, `missed-search:${actorId}`)
    const now = clock.now().getTime()
    const ofNumber = await missesOf(tx, { numberKey }, datesOfNumber, now)
    const ofClient = await missesOf(tx, { actorId }, peopleOfClient, now)
    refuse(now, ofNumber.pausedUntil, ofClient.pausedUntil)
    const again = { numberKey, personKey, at: { $gt: new Date(now - datesOfNumber.within) } }
    if (await tx.count(MissedSearch, again, { filters: false })) return undefined
    tx.create(MissedSearch, { id: randomUUID(), actorId, ...keys, at: clock.now() })
    return { ofNumber: ofNumber.count + 1, ofClient: ofClient.count + 1 }
  })
}

/** How many there were, and when there is room for one more. Counted and not read: a client may have had hundreds. */
async function missesOf(
  tx: EntityManager,
  of: { numberKey: string } | { actorId: string },
  { most, within }: Limit,
  now: number,
): Promise<{ count: number; pausedUntil: number }> {
  const where = { ...of, at: { $gt: new Date(now - within) } }
  const count = await tx.count(MissedSearch, where, { filters: false })
  if (count < most) return { count, pausedUntil: 0 }
  const [first] = await tx.find(MissedSearch, where, {
    orderBy: { at: 'desc' },
    offset: most - 1,
    limit: 1,
    filters: false,
  })
  return { count, pausedUntil: first ? first.at.getTime() + within : 0 }
}

function refuse(now: number, ...ends: number[]): void {
  const until = Math.max(...ends)
  if (until <= now) return
  throw new GraphQLError(
    'Too many searches found nobody. Check the NHS number and the date of birth with the person, and search again later.',
    { extensions: { code: 'RATE_LIMITED', retryAfterSeconds: Math.ceil((until - now) / 1000) } },
  )
}

/** Nobody's number and nobody's name: who looks into it asks the organisation. */
function soundAlarm({ log, requestId, viewer: { actorId: partner } }: PatientsContext, misses: Misses): void {
  const alarm = { alarm: 'partner-search', partner, requestId }
  if (misses?.ofNumber === datesOfNumber.most)
    log.error(alarm, 'a partner tries out dates of birth: it cannot search for this number for a day')
  if (misses?.ofClient === peopleOfClient.alarmAt)
    log.error({ ...alarm, inAnHour: misses.ofClient }, 'a partner searches for many people in vain')
  if (misses?.ofClient === peopleOfClient.most)
    log.error(
      { ...alarm, inAnHour: misses.ofClient },
      'a partner cannot search for now: too many searches were in vain',
    )
}
