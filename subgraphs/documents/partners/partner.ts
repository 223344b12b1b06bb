import { setTimeout } from 'node:timers/promises'
import {
  BrokenCircuitError,
  bulkhead,
  circuitBreaker,
  type CircuitBreakerPolicy,
  CircuitState,
  ConsecutiveBreaker,
  handleWhen,
  type IPolicy,
  timeout,
  TimeoutStrategy,
  wrap,
} from 'cockatiel'
import { askPartner, type Asked, type AskSettings, type PartnerAnswer } from './ask-partner.ts'
import type { Identity } from './identity.ts'
import { OurNamesThere } from './our-names.ts'
import { PartnerDoor } from './partner-door.ts'
import { BrokenForOnePatient, PartnerWithholds } from './partner-failure.ts'
import type { PartnerLimits } from './partner-limits.ts'
import type { PartnerSource } from './partner-source.ts'
import type { Validation } from './validation.ts'

type Settings = {
  readonly source: PartnerSource
  readonly limits: PartnerLimits
  readonly validation: Validation
  readonly ownCode: string
}

/** One partner as this process reaches it: so many at a time, not for long, and left alone after it failed repeatedly. */
export class Partner {
  readonly source: PartnerSource
  readonly door: PartnerDoor
  readonly askSettings: AskSettings
  readonly #guard: IPolicy
  readonly #breaker: CircuitBreakerPolicy
  readonly #flights = new Map<string, Promise<unknown>>()
  /** By the clock of this process, in milliseconds. */
  #restsUntil = 0
  readonly #patience: number

  constructor(settings: Settings) {
    const { source, limits, ownCode } = settings
    this.source = source
    this.#patience = limits.patienceMilliseconds
    this.door = new PartnerDoor(source, limits)
    const ourNames = new OurNamesThere(this.door, limits, ownCode)
    this.askSettings = { ...settings, door: this.door, ourNames: (asked) => ourNames.get(asked) }
    const isFault = handleWhen((error) => !(error instanceof PartnerWithholds || error instanceof BrokenForOnePatient))
    this.#breaker = circuitBreaker(isFault, {
      halfOpenAfter: limits.restMilliseconds,
      breaker: new ConsecutiveBreaker(limits.failuresToOpen),
    })
    this.#breaker.onBreak(() => (this.#restsUntil = performance.now() + limits.restMilliseconds))
    this.#guard = wrap(
      bulkhead(limits.atOnce, limits.queued),
      this.#breaker,
      timeout(limits.totalMilliseconds, TimeoutStrategy.Aggressive),
    )
  }

  /** Whether nobody asks it just now: it failed repeatedly and rests, or one is trying whether it is well again. */
  get isLeftAlone(): boolean {
    const { state } = this.#breaker
    return state === CircuitState.HalfOpen || (state === CircuitState.Open && performance.now() < this.#restsUntil)
  }

  /** What it has of a person. Throws when it fails, or is left alone. */
  records(identity: Identity, asked: Omit<Asked, 'signal'>): Promise<PartnerAnswer> {
    return this.guarded((signal) => askPartner(this.askSettings, identity, { ...asked, signal }))
  }

  async guarded<Result>(work: (signal: AbortSignal) => Promise<Result>): Promise<Result> {
    // While one tries whether the partner is well again, nobody else waits for the outcome.
    if (this.#breaker.state === CircuitState.HalfOpen) throw new BrokenCircuitError()
    // Nothing is made ready for a partner that is left alone.
    if (this.#breaker.state !== CircuitState.Open) await this.askSettings.validation.ready()
    return this.#guard.execute(({ signal }) => work(signal))
  }

  /** What to say when it was waited for long enough. */
  patience<Words>(words: Words): Promise<Words> {
    return setTimeout(this.#patience, words, { ref: false })
  }

  /** The same work, however many want it at the same moment. */
  async once<Result>(what: string, work: () => Promise<Result>): Promise<Result> {
    const flight = this.#flights.get(what) ?? work().finally(() => this.#flights.delete(what))
    this.#flights.set(what, flight)
    return flight as Promise<Result>
  }
}
