import { raw } from '@mikro-orm/core'
import type { Context } from '../../runtime/context.ts'
import { PartnerClient } from './partner-client.entity.ts'

/** Five requests a second, five of them at once when it was quiet. */
const millisecondsForOne = 200
const atOnce = 5
/** Further ahead than this nobody is by asking: our clock was set back. */
const farAhead = 60_000

/**
 * Takes one request out of what a client may ask in a second; answers how many seconds to wait when there is none left.
 * Every request keeps us busy for 200 ms, and we are never busy for more than a second ahead: the time up to when is one
 * number in the database, moved in one statement, so that it holds for all processes together.
 */
export async function takeRequest({ em, clock }: Context, client: PartnerClient): Promise<number | null> {
  const now = clock.now().getTime()
  const latest = now + (atOnce - 1) * millisecondsForOne
  const mayAsk = (busyUntil: number) => busyUntil <= latest || busyUntil > now + farAhead
  const wait = Math.max(1, Math.ceil((client.busyUntil - latest) / 1000))
  // Looked at first: a write, even one that finds nothing, takes the lock of the whole file.
  if (!mayAsk(client.busyUntil)) return wait
  const taken = await em.nativeUpdate(
    PartnerClient,
    { id: client.id, $or: [{ busyUntil: { $lte: latest } }, { busyUntil: { $gt: now + farAhead } }] },
    {
      busyUntil: raw<number>('case when busy_until between ? and ? then busy_until else ? end + ?', [
        now,
        now + farAhead,
        now,
        millisecondsForOne,
      ]),
    },
  )
  return taken ? null : wait
}
