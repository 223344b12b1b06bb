import { unavailable } from '../../runtime/problem.ts'

/** Lets so many at a time, the others in the order they came; and so many wait, the others are sent away at once. */
export class Turns {
  #free: number
  readonly #mostWaiting: number
  readonly #waiting: (() => void)[] = []

  constructor(atATime: number, mostWaiting: number) {
    this.#free = atATime
    this.#mostWaiting = mostWaiting
  }

  async take<Result>(work: () => Promise<Result>): Promise<Result> {
    if (this.#free > 0) this.#free -= 1
    else await this.#turn()
    try {
      return await work()
    } finally {
      const next = this.#waiting.shift()
      if (next) next()
      else this.#free += 1
    }
  }

  #turn(): Promise<void> {
    if (this.#waiting.length >= this.#mostWaiting)
      throw unavailable('Too many PDFs are being checked at the moment. Try again in a few minutes.')
    return new Promise((resolve) => this.#waiting.push(resolve))
  }
}
