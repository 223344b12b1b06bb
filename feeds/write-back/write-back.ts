import { setTimeout as wait } from 'node:timers/promises'
import type { Logger } from 'pino'
import { DueHospitalNoticesDocument } from '../../client/main.ts'
import { Rounds } from '../rounds.ts'
import { deliverNotice, type Delivery } from './deliver-notice.ts'
import type { Correspondence } from './notice-message.ts'

interface WriteBackSettings extends Delivery, Omit<Correspondence, 'facility'> {
  everyMs: number
  log: Logger
}

/** So many appointments at the same time; the graph gives one notice of each, the first that is unanswered. */
const atOnce = 8
/** How long the hospital may still answer when the feeds stop, and then how long the graph may take to keep what it said. */
const patienceMs = 2_000
const keepingMs = 3_000

/** Tells the hospital what patients did, as long as it runs. */
export class WriteBack {
  readonly #settings: WriteBackSettings
  readonly #underWay = new Map<string, Promise<void>>()
  readonly #endOfTelling = new AbortController()
  readonly #endOfKeeping = new AbortController()
  readonly #rounds: Rounds

  constructor(settings: WriteBackSettings) {
    this.#settings = settings
    const { everyMs, log } = settings
    this.#rounds = new Rounds({
      everyMs,
      log,
      name: 'ask what the hospital is to be told',
      round: (it) => this.#round(it),
    })
  }

  /** Lets the hospital finish the answers it has begun, and leaves the rest for the next start. */
  async stop(): Promise<void> {
    await this.#rounds.stop()
    const finished = Promise.all(this.#underWay.values())
    await Promise.race([finished, wait(patienceMs, undefined, { ref: false })])
    this.#endOfTelling.abort()
    await Promise.race([finished, wait(keepingMs, undefined, { ref: false })])
    this.#endOfKeeping.abort()
    await finished
  }

  async #round(signal: AbortSignal): Promise<void> {
    const free = atOnce - this.#underWay.size
    if (free <= 0) return
    const { graph, application, processingId } = this.#settings
    const { trust, dueHospitalNotices: due } = await graph.read(
      DueHospitalNoticesDocument,
      { first: atOnce },
      { signal },
    )
    const correspondence = { facility: trust.odsCode, application, processingId }
    const fresh = due.filter(({ id }) => !this.#underWay.has(id)).slice(0, free)
    for (const { id } of fresh) this.#underWay.set(id, this.#deliver(id, correspondence))
  }

  async #deliver(noticeId: string, correspondence: Correspondence): Promise<void> {
    const { log } = this.#settings
    const started = performance.now()
    const ends = { telling: this.#endOfTelling.signal, keeping: this.#endOfKeeping.signal }
    try {
      const delivered = await deliverNotice(this.#settings, noticeId, correspondence, ends)
      if (!delivered) return
      const line = { notice: noticeId, ...delivered, ms: Math.round(performance.now() - started) }
      if (delivered.notWritable === undefined) log.info(line, 'told the hospital')
      else log.error(line, 'a notice to the hospital cannot be written as a message, and is tried again later')
      this.#rounds.wake() // the next one of the same appointment may be due now
    } catch (error) {
      const fault = error instanceof Error ? error.name : 'unknown'
      log.warn({ notice: noticeId, fault }, 'a notice to the hospital was broken off, and will be sent again')
    } finally {
      this.#underWay.delete(noticeId)
    }
  }
}
