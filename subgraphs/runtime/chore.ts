import type { EntityManager } from '@mikro-orm/sql'
import type { Clock } from './clock.ts'
import { kindOf, type Log } from './log.ts'
import { Loop } from './loop.ts'
import type { Graph } from './reaction.ts'
import type { Trust } from './trust.ts'

/** Work that is due by itself, such as handing over messages. Must be harmless to run twice. */
export interface Chore {
  readonly name: string
  /** Left out: every second, and right after every change. */
  readonly everySeconds?: number
  run(context: ChoreContext): Promise<void>
}

export interface ChoreContext {
  readonly fork: () => EntityManager
  readonly clock: Clock
  readonly trust: Trust
  readonly log: Log
  readonly graph: Graph
}

const pollMilliseconds = 1000

/** The loop of one chore. A failure is logged, and tried again at the next round. */
export function choreLoop(chore: Chore, context: ChoreContext): Loop {
  const { clock, log } = context
  const pause = (chore.everySeconds ?? 0) * 1000
  let ranAt = Number.NEGATIVE_INFINITY
  return new Loop(async () => {
    const now = clock.now().getTime()
    // A clock that was set back must not keep the chore waiting until the time it showed before.
    if (now >= ranAt && now - ranAt < pause) return
    ranAt = now
    try {
      await chore.run(context)
    } catch (error) {
      log.error({ ...kindOf(error), chore: chore.name }, 'a chore failed and will be tried again')
    }
  }, pollMilliseconds)
}
