import { randomUUID } from 'node:crypto'
import { defineEntity, p } from '@mikro-orm/core'
import type { Context } from './context.ts'

const OutboxEventTable = defineEntity({
  name: 'OutboxEvent',
  properties: {
    id: p.uuid().primary(),
    kind: p.string(),
    /** Ids only: never a name, a contact or a clinical word. */
    ids: p.json<Record<string, string>>(),
    at: p.datetime(3),
  },
})
/** Something that happened, written in the transaction in which it happened. */
export class OutboxEvent extends OutboxEventTable.class {}
OutboxEventTable.setClass(OutboxEvent)

const DeliveryTable = defineEntity({
  name: 'Delivery',
  properties: {
    id: p.uuid().primary(),
    eventId: p.uuid(),
    subscriber: p.string(),
    attempts: p.integer().default(0),
    notBefore: p.datetime(3),
    leasedUntil: p.datetime(3).nullable(),
    deliveredAt: p.datetime(3).nullable(),
    lastErrorCode: p.string().nullable(),
  },
  indexes: [{ name: 'delivery_due', properties: ['deliveredAt', 'notBefore'] }],
})
/** One event on its way to one subscriber. Delivered at least once; the subscriber ignores repeats. */
export class Delivery extends DeliveryTable.class {}
DeliveryTable.setClass(Delivery)

export const outboxEntities = [OutboxEvent, Delivery]

/**
 * The events of a subgraph and who hears of them. `record` writes an event, with one delivery for each subscriber, in the
 * transaction of what it tells.
 */
export function events<Kind extends string>(subscribers: Record<Kind, readonly string[]>) {
  return {
    subscribers,
    record({ em, clock }: Pick<Context, 'em' | 'clock'>, kind: Kind, ids: Record<string, string>): void {
      const event = em.create(OutboxEvent, { id: randomUUID(), kind, ids, at: clock.now() })
      for (const subscriber of subscribers[kind])
        em.create(Delivery, { id: randomUUID(), eventId: event.id, subscriber, notBefore: event.at })
    },
  }
}
