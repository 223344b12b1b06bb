import type { Adapter, AdapterPayload } from 'oidc-provider'

/** Where tokens are kept while they are good: in memory. A restart of the demonstration ends them all. */
export class KeptTokens implements Adapter {
  readonly #kept = new Map<string, { payload: AdapterPayload; until: number }>()

  async upsert(id: string, payload: AdapterPayload, seconds: number): Promise<void> {
    const now = Date.now()
    for (const [key, { until }] of this.#kept) if (until <= now) this.#kept.delete(key)
    this.#kept.set(id, { payload, until: now + seconds * 1000 })
  }

  async find(id: string): Promise<AdapterPayload | undefined> {
    const found = this.#kept.get(id)
    return found && found.until > Date.now() ? found.payload : undefined
  }

  async destroy(id: string): Promise<void> {
    this.#kept.delete(id)
  }

  // Of log ins by people and codes typed on another device: there are none here.
  async findByUserCode(): Promise<undefined> {}
  async findByUid(): Promise<undefined> {}
  async consume(): Promise<void> {}
  async revokeByGrantId(): Promise<void> {}
}
