import { tooMany } from '../problem.ts'
import { networkOf } from './network.ts'

const AT_ONCE = 60
const MOST_NETWORKS = 10_000

/** How often one address may ask before we know who it is: sixty times at once, and from then on once a second. */
export class AddressBound {
  readonly #left = new Map<string, { asks: number; at: number }>()

  /** Counts one ask, or throws. */
  spend(address: string): void {
    const network = networkOf(address)
    const now = performance.now()
    const known = this.#left.get(network) ?? { asks: AT_ONCE, at: now }
    const asks = Math.min(AT_ONCE, known.asks + (now - known.at) / 1000)
    if (asks < 1) throw tooMany(1)
    // Whoever asked last stands last: the first is forgotten when there are too many.
    this.#left.delete(network)
    this.#left.set(network, { asks: asks - 1, at: now })
    const [first] = this.#left.keys()
    if (this.#left.size > MOST_NETWORKS && first !== undefined) this.#left.delete(first)
  }
}
