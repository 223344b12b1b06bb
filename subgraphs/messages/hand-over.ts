import { LockMode, OptimisticLockError } from '@mikro-orm/core'
import type { EntityManager } from '@mikro-orm/sql'
import { kindOf } from '../runtime/log.ts'
import type { Chore } from '../runtime/chore.ts'
import type { MessagesChoreContext } from './context.ts'
import { followUp } from './follow-up.ts'
import { handOverMessage } from './hand-over-message.ts'
import { MessageState, OutgoingMessage } from './outgoing-message.entity.ts'
import { isQuiet } from './quiet-hours.ts'

const leaseMilliseconds = 60_000
const batch = 20
/** So that stopping waits for seconds, not for a night's backlog: the next second goes on. */
const mostBatches = 25

/** Gives messages that are due to their providers, codes first, and asks what became of those that left. */
export const handOver: Chore = {
  name: 'hand-over',
  async run(context: MessagesChoreContext) {
    for (let count = 0; count < mostBatches; count++) {
      const due = await claim(context)
      if (!due.length) return
      await Promise.all(due.map((id) => attend(context, id)))
    }
  },
}

/** Takes what is due for a minute, so that no other worker touches it. A worker that dies leaves it to the next. */
async function claim({ fork, clock, trust }: MessagesChoreContext): Promise<string[]> {
  const now = clock.now()
  const due = {
    notBefore: { $lte: now },
    $or: [{ leasedUntil: null }, { leasedUntil: { $lte: now } }],
    ...(isQuiet(now, trust.quietHours) && { evenAtNight: true }),
  }
  return fork().transactional(async (tx) => {
    const orderBy = { urgent: 'desc', notBefore: 'asc' } as const
    const messages = await tx.find(OutgoingMessage, due, { orderBy, limit: batch, ...skipLocked(tx) })
    for (const message of messages) message.lease(new Date(now.getTime() + leaseMilliseconds))
    return messages.map(({ id }) => id)
  })
}

async function attend(context: MessagesChoreContext, id: string): Promise<void> {
  const em = context.fork()
  try {
    const message = await em.findOneOrFail(OutgoingMessage, id)
    await (message.state === MessageState.SENT ? followUp : handOverMessage)(context, em, message)
    await em.flush()
    const { kind, channel, state, attempts, lastErrorCode } = message
    context.log.info({ messageId: id, kind, channel, state, attempts, errorCode: lastErrorCode }, 'message attended to')
  } catch (error) {
    // The lease runs out, and whoever comes next asks the provider first.
    if (error instanceof OptimisticLockError)
      context.log.warn({ messageId: id }, 'message taken over by another worker')
    else context.log.error({ ...kindOf(error), messageId: id }, 'message left to the next worker')
  }
}

const skipLocked = (em: EntityManager) =>
  em.getPlatform().supportsSchemas() ? { lockMode: LockMode.PESSIMISTIC_PARTIAL_WRITE as const } : {}
