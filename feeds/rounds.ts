import { setTimeout as wait } from 'node:timers/promises'
import type { Logger } from 'pino'

interface RoundsSettings {
  /** From the end of one round to the beginning of the next. */
  everyMs: number
  log: Logger
  /** What is done, for the log: "ask for notices". */
  name: string
  round: (signal: AbortSignal) => Promise<void>
}

/** Does something again and again, one round at a time, until it is stopped. A round that fails is tried again in the next. */
export class Rounds {
  readonly #settings: RoundsSettings
  readonly #end = new AbortController()
  readonly #over: Promise<void>
  #alarm = new AbortController()
  #failing = false

  constructor(settings: RoundsSettings) {
    this.#settings = settings
    this.#over = this.#run()
  }

  /** The next round begins at once. */
  wake(): void {
    this.#alarm.abort()
  }

  /** Breaks off the round, and begins none. */
  async stop(): Promise<void> {
    this.#end.abort()
    await this.#over
  }

  async #run(): Promise<void> {
    const { everyMs, round } = this.#settings
    while (!this.#end.signal.aborted) {
      this.#alarm = new AbortController()
      await round(this.#end.signal).then(
        () => this.#succeeded(),
        (error: unknown) => this.#failed(error),
      )
      const signal = AbortSignal.any([this.#alarm.signal, this.#end.signal])
      await wait(everyMs, undefined, { signal }).catch(() => undefined)
    }
  }

  /** One line when it begins and one when it is over: not one for every second of it. */
  #failed(error: unknown) {
    if (this.#failing || this.#end.signal.aborted) return
    this.#failing = true
    const { log, name } = this.#settings
    log.warn({ fault: error instanceof Error ? error.name : 'unknown' }, `could not ${name}; trying again every moment`)
  }

  #succeeded() {
    if (this.#failing) this.#settings.log.info(`can ${this.#settings.name} again`)
    this.#failing = false
  }
}
