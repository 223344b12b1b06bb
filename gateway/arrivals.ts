import { networkOf } from './oauth/network.ts'
import { Problem } from './problem.ts'

/** How many requests may be on their way in at the same time: in all, and from one address. */
export interface ArrivalLimits {
  arriving: number
  arrivingFromAddress: number
}

/**
 * Requests whose body is on its way. They take no place among those that are worked on, or whoever sends slowly would keep
 * everybody out. Where there are too many, the one that has been at it longest is cut off, and nobody who comes: an honest
 * body is here in milliseconds.
 */
export class Arrivals {
  readonly #limits: ArrivalLimits
  /** In the order in which they began, as are those of each network. */
  readonly #all = new Set<Arrival>()
  readonly #ofNetwork = new Map<string, Set<Arrival>>()

  constructor(limits: ArrivalLimits) {
    this.#limits = limits
  }

  /** Reads for as long as there is room. */
  async read<Body>(address: string, read: (signal: AbortSignal) => Promise<Body>): Promise<Body> {
    const arrival = { network: networkOf(address), cutting: new AbortController() }
    const neighbours = this.#ofNetwork.get(arrival.network) ?? new Set()
    if (neighbours.size >= this.#limits.arrivingFromAddress) this.#cutFirst(neighbours)
    if (this.#all.size >= this.#limits.arriving) this.#cutFirst(this.#all)
    this.#all.add(arrival)
    this.#ofNetwork.set(arrival.network, neighbours.add(arrival))
    try {
      return await read(arrival.cutting.signal)
    } finally {
      this.#leave(arrival)
    }
  }

  #cutFirst(arrivals: Set<Arrival>): void {
    const [first] = arrivals
    if (!first) return
    first.cutting.abort(tooSlow())
    this.#leave(first)
  }

  #leave(arrival: Arrival): void {
    this.#all.delete(arrival)
    const neighbours = this.#ofNetwork.get(arrival.network)
    neighbours?.delete(arrival)
    if (neighbours?.size === 0) this.#ofNetwork.delete(arrival.network)
  }
}

interface Arrival {
  readonly network: string
  readonly cutting: AbortController
}

const tooSlow = () =>
  new Problem('UNAVAILABLE', 'The request took too long to arrive while others waited. Send it again.', { status: 408 })
