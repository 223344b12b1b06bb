/** Work that is done again and again: soon after it is woken, and every so often by itself. Never twice at the same time. */
export class Loop {
  readonly #work: () => Promise<void>
  readonly #everyMilliseconds: number
  #timer: NodeJS.Timeout | undefined
  #running: Promise<void> | undefined
  #again = false
  #stopped = false

  constructor(work: () => Promise<void>, everyMilliseconds: number) {
    this.#work = work
    this.#everyMilliseconds = everyMilliseconds
  }

  /** There may be something to do: look now. Cheap to call, also too often. */
  wake(): void {
    if (this.#stopped) return
    if (this.#running) {
      this.#again = true
      return
    }
    clearTimeout(this.#timer)
    this.#running = this.#work().finally(() => {
      this.#running = undefined
      if (this.#again) {
        this.#again = false
        this.wake()
      } else if (!this.#stopped) this.#timer = setTimeout(() => this.wake(), this.#everyMilliseconds).unref()
    })
  }

  /** Waits for what is under way, and does once more whatever is due now. */
  async settle(): Promise<void> {
    while (this.#running) await this.#running
    this.#again = false
    await this.#work()
  }

  /** Waits for what is under way, then stays quiet. */
  async stop(): Promise<void> {
    this.#stopped = true
    clearTimeout(this.#timer)
    await this.#running
  }
}
