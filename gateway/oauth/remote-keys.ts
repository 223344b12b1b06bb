import { fetch } from 'undici'
import type { PublicKey } from './key-set.ts'
import { readKeySet } from './key-set.ts'

const ANSWER_WITHIN_MS = 5_000
const MOST_BYTES = 64 * 1024
/** How long keys are believed, and how often at most they are asked for: a key that was taken away is good for no longer. */
const BELIEVED_MS = 5_000
const MOST_ADDRESSES = 1_000

/** Whose keys may be fetched from where. */
export interface KeyHosts {
  /** Host names, with a port unless it is the usual one. */
  hosts: readonly string[]
  production: boolean
}

/** The keys at an address could not be had. The code says why and never where. */
export class NoKeys extends Error {
  readonly code: string

  constructor(code: string) {
    super('The keys could not be fetched')
    this.name = 'NoKeys'
    this.code = code
  }
}

/** The public keys partners publish at an address of their own. */
export class RemoteKeys {
  readonly #hosts: KeyHosts
  readonly #asked = new Map<string, { at: number; keys: Promise<PublicKey[]> }>()

  constructor(hosts: KeyHosts) {
    this.#hosts = hosts
  }

  /** The keys as they are now, or were a moment ago. A failure too is remembered for that moment: nobody makes us ask at will. */
  async at(address: string, believedMs = BELIEVED_MS): Promise<PublicKey[]> {
    const known = this.#asked.get(address)
    if (known && performance.now() - known.at < believedMs) return known.keys
    const url = allowed(address, this.#hosts)
    const asked = { at: performance.now(), keys: fetchKeys(url) }
    this.#asked.delete(address)
    this.#asked.set(address, asked)
    const [oldest] = this.#asked.keys()
    if (this.#asked.size > MOST_ADDRESSES && oldest !== undefined) this.#asked.delete(oldest)
    return asked.keys
  }
}

const loopback = new Set(['localhost', '127.0.0.1', '[::1]'])

function allowed(address: string, { hosts, production }: KeyHosts): URL {
  if (!URL.canParse(address)) throw new NoKeys('NO_ADDRESS')
  const url = new URL(address)
  // Where nobody is real, a developer may have keys on the same machine.
  if (!production && loopback.has(url.hostname) && /^https?:$/.test(url.protocol)) return url
  if (url.protocol !== 'https:') throw new NoKeys('NOT_HTTPS')
  if (!hosts.includes(url.host)) throw new NoKeys('HOST_NOT_ALLOWED')
  return url
}

async function fetchKeys(url: URL): Promise<PublicKey[]> {
  const signal = AbortSignal.timeout(ANSWER_WITHIN_MS)
  try {
    const response = await fetch(url, { redirect: 'manual', signal, headers: { accept: 'application/json' } })
    if (response.status !== 200) {
      await response.body?.cancel()
      throw new NoKeys(`HTTP_${response.status}`)
    }
    return keysIn(await bounded(response.body ?? []))
  } catch (error) {
    if (error instanceof NoKeys) throw error
    throw new NoKeys(signal.aborted ? 'TOO_SLOW' : 'NO_ANSWER')
  }
}

/** Leaving the loop closes the connection: what is too much is not even received. */
async function bounded(body: AsyncIterable<Uint8Array> | Iterable<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = []
  let bytes = 0
  for await (const chunk of body) {
    bytes += chunk.byteLength
    if (bytes > MOST_BYTES) throw new NoKeys('TOO_LARGE')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString()
}

function keysIn(text: string): PublicKey[] {
  try {
    return readKeySet(text)
  } catch {
    throw new NoKeys('NOT_A_PUBLIC_KEY_SET')
  }
}
