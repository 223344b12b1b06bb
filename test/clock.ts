import type { Clock } from '../subgraphs/runtime/clock.ts'

/** A clock that stands still until it is moved. */
export class FakeClock implements Clock {
  #now: number

  constructor(now: string | Date) {
    this.#now = new Date(now).getTime()
  }

  now(): Date {
    return new Date(this.#now)
  }

  /** Moves on by so many seconds. */
  pass(seconds: number): void {
    this.#now += seconds * 1000
  }

  set(now: string | Date): void {
    this.#now = new Date(now).getTime()
  }
}
