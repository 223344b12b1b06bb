import type { RenewableBearer } from '../bearer.ts'
import type { GrantedToken } from './token-endpoint.ts'

/** Given up so many seconds before it ends: it must not end on its way. */
const marginSeconds = 30

/** An access token: asked for once, however many wait for it, and kept until shortly before it ends. In memory alone. */
export class AccessToken implements RenewableBearer {
  readonly #grant: () => Promise<GrantedToken>
  #kept: { token: string; until: number } | undefined
  #asking: Promise<string> | undefined

  constructor(grant: () => Promise<GrantedToken>) {
    this.#grant = grant
  }

  async current(signal?: AbortSignal): Promise<string> {
    signal?.throwIfAborted()
    if (this.#kept && performance.now() < this.#kept.until) return this.#kept.token
    this.#asking ??= this.#ask().finally(() => (this.#asking = undefined))
    return signal ? unlessEnded(this.#asking, signal) : this.#asking
  }

  /** Another may have come meanwhile: that one stays. */
  refused(token: string): void {
    if (this.#kept?.token === token) this.#kept = undefined
  }

  async #ask(): Promise<string> {
    const { token, seconds } = await this.#grant()
    // One that lives less than a minute is used for half its life.
    const useful = Math.max(seconds - marginSeconds, seconds / 2)
    this.#kept = { token, until: performance.now() + useful * 1000 }
    return token
  }
}

/** Who no longer waits leaves the question to the others. */
function unlessEnded<T>(asking: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const end = () => reject(signal.reason as Error)
    signal.addEventListener('abort', end, { once: true })
    asking.then(resolve, reject).finally(() => signal.removeEventListener('abort', end))
  })
}
