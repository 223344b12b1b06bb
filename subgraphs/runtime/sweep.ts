import { IdempotentRequest, keptForDays } from './idempotency.ts'
import { Delivery, OutboxEvent } from './outbox.ts'
import { ReceivedEvent } from './reaction.ts'
import type { Chore } from './chore.ts'

const dayMilliseconds = 24 * 60 * 60 * 1000

/** Throws away what has served: idempotency keys after 7 days, and events that everybody has heard after 30. */
export const sweep: Chore = {
  name: 'sweep',
  everySeconds: 3600,
  async run({ fork, clock }) {
    const now = clock.now().getTime()
    const em = fork()
    const before = (days: number) => new Date(now - days * dayMilliseconds)
    await em.nativeDelete(IdempotentRequest, { at: { $lt: before(keptForDays) } }, { filters: false })
    const undelivered = await em.find(Delivery, { deliveredAt: null }, { fields: ['eventId'], filters: false })
    const old = { at: { $lt: before(30) }, id: { $nin: undelivered.map((it) => it.eventId) } }
    await em.nativeDelete(OutboxEvent, old, { filters: false })
    await em.nativeDelete(Delivery, { deliveredAt: { $lt: before(30) } }, { filters: false })
    await em.nativeDelete(ReceivedEvent, { at: { $lt: before(90) } }, { filters: false })
  },
}
