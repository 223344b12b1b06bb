import { tooMany } from './problem.ts'

/** How many requests one gateway takes on: at the same time, and a second. No rate means no limit on it. */
export interface LoadLimits {
  inFlight: number
  ratePerSecond: number | null
}

/** Turns away what is too much, at once and cheaply, so that what was taken on is still answered in time. */
export class Overload {
  readonly #limits: LoadLimits
  #running = 0
  #tokens: number
  #filledAt = performance.now()
  #whenIdle: (() => void)[] = []

  constructor(limits: LoadLimits) {
    this.#limits = limits
    this.#tokens = this.#burst
  }

  /** Takes a request on, or throws. Our own systems wait their turn for themselves and are not counted in the rate. */
  enter({ counted }: { counted: boolean }): () => void {
    if (this.#running >= this.#limits.inFlight) throw tooMany(1)
    if (counted) this.#spend()
    this.#running += 1
    let left = false
    return () => {
      if (left) return
      left = true
      this.#running -= 1
      if (this.#running === 0) for (const tell of this.#whenIdle.splice(0)) tell()
    }
  }

  /** Resolves when nothing is running any more. */
  async idle(): Promise<void> {
    if (this.#running > 0) await new Promise<void>((resolve) => this.#whenIdle.push(resolve))
  }

  /** Two seconds of the rate may come at once. */
  get #burst(): number {
    return (this.#limits.ratePerSecond ?? 0) * 2
  }

  #spend(): void {
    const { ratePerSecond } = this.#limits
    if (ratePerSecond === null) return
    const now = performance.now()
    this.#tokens = Math.min(this.#burst, this.#tokens + ((now - this.#filledAt) / 1000) * ratePerSecond)
    this.#filledAt = now
    if (this.#tokens < 1) throw tooMany(Math.ceil((1 - this.#tokens) / ratePerSecond))
    this.#tokens -= 1
  }
}
