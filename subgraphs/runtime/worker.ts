import type { ExecutionResult } from 'graphql'
import { LockMode } from '@mikro-orm/core'
import type { EntityManager } from '@mikro-orm/sql'
import type { Clock } from './clock.ts'
import { kindOf, type Log } from './log.ts'
import { Loop } from './loop.ts'
import { Delivery, OutboxEvent } from './outbox.ts'
import type { SubgraphTransport } from './transport.ts'
import { systemViewer, type Viewer } from './viewer.ts'

/** Seconds until the next try, with jitter on top; the last one repeats, hourly, for as long as it takes. */
const backoff = [0, 10, 30, 120, 600, 1800, 3600]
const leaseSeconds = 60
const batch = 20
const pollMilliseconds = 1000

export interface WorkerSettings {
  readonly name: string
  readonly fork: () => EntityManager
  readonly clock: Clock
  readonly log: Log
  readonly subscribers: Record<string, SubgraphTransport>
}

/** Delivers the outbox of one subgraph to its subscribers: at least once, in the order of what is due, again until heard. */
export class Worker {
  readonly #settings: WorkerSettings
  /** Looks for deliveries that are due, soon after it is woken. */
  readonly loop = new Loop(() => this.#drain(), pollMilliseconds)

  constructor(settings: WorkerSettings) {
    this.#settings = settings
  }

  async #drain(): Promise<void> {
    try {
      for (let due = await this.#claim(); due.length; due = await this.#claim()) {
        for (const delivery of due) await this.#deliver(delivery)
      }
    } catch (error) {
      this.#settings.log.error(kindOf(error), 'outbox: could not read what is due')
    }
  }

  async #claim(): Promise<Delivery[]> {
    const { fork, clock } = this.#settings
    const em = fork()
    const now = clock.now()
    return em.transactional(async (tx) => {
      const due = await tx.find(
        Delivery,
        { deliveredAt: null, notBefore: { $lte: now }, $or: [{ leasedUntil: null }, { leasedUntil: { $lte: now } }] },
        { orderBy: { notBefore: 'asc' }, limit: batch, filters: false, ...skipLocked(tx) },
      )
      for (const delivery of due) {
        delivery.attempts += 1
        delivery.leasedUntil = new Date(now.getTime() + leaseSeconds * 1000)
      }
      return due
    })
  }

  async #deliver(delivery: Delivery): Promise<void> {
    const { fork, clock, log, name, subscribers } = this.#settings
    const em = fork()
    const event = await em.findOneOrFail(OutboxEvent, delivery.eventId, { filters: false })
    const errorCode = await tell(subscribers[delivery.subscriber], event, systemViewer(name))
    const row = await em.findOneOrFail(Delivery, delivery.id, { filters: false })
    row.leasedUntil = null
    row.lastErrorCode = errorCode ?? null
    if (errorCode === undefined) row.deliveredAt = clock.now()
    else {
      const pause = backoff[Math.min(row.attempts, backoff.length - 1)] ?? 3600
      row.notBefore = new Date(clock.now().getTime() + pause * 1000 * (0.8 + Math.random() * 0.4))
      log.warn(
        { event: event.id, kind: event.kind, subscriber: row.subscriber, attempts: row.attempts, errorCode },
        'event not delivered',
      )
    }
    await em.flush()
  }
}

/** The only operation with which a subgraph may ask another. */
export const receiveEventDocument = `mutation ReceiveEvent($input: ReceiveEventInput!) { receiveEvent(input: $input) { __typename } }`

/** Tells a subscriber of an event. Undefined when it was heard, otherwise the code of what went wrong. */
async function tell(
  subscriber: SubgraphTransport | undefined,
  event: OutboxEvent,
  viewer: Viewer,
): Promise<string | undefined> {
  if (!subscriber) return 'NO_SUCH_SUBSCRIBER'
  const ids = Object.entries(event.ids).map(([name, id]) => ({ name, id }))
  const input = { id: event.id, kind: event.kind, ids }
  try {
    const result: ExecutionResult = await subscriber({
      query: receiveEventDocument,
      variables: { input },
      viewer,
      requestId: event.id,
    })
    return result.errors?.length ? String(result.errors[0]?.extensions?.code ?? 'INTERNAL') : undefined
  } catch {
    return 'UNAVAILABLE'
  }
}

const skipLocked = (em: EntityManager) =>
  em.getPlatform().supportsSchemas() ? { lockMode: LockMode.PESSIMISTIC_PARTIAL_WRITE as const } : {}
