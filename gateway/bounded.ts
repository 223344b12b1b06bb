/** Remembers at most so many answers and forgets the oldest: nobody can fill the memory by asking something new. */
export class Bounded<V> {
  readonly #entries = new Map<string, V>()
  readonly #most: number

  constructor(most: number) {
    this.#most = most
  }

  remember(key: string, make: () => V): V {
    const known = this.#entries.get(key)
    if (known !== undefined) return known
    const made = make()
    this.#entries.set(key, made)
    if (this.#entries.size > this.#most) {
      const oldest = this.#entries.keys().next()
      if (!oldest.done) this.#entries.delete(oldest.value)
    }
    return made
  }
}
