import { setTimeout } from 'node:timers/promises'
import { faultOf } from '../log.ts'
import type { Log } from '../log.ts'
import type { PartnerClients } from './partner-clients.ts'
import { NoKeys } from './remote-keys.ts'
import type { RemoteKeys } from './remote-keys.ts'

/** While tokens of a client are used, how often its keys are looked at: one that was taken away is noticed within 5 s. */
const EVERY_MS = 4_000
const NEW_ENOUGH_MS = 1_000
/** Longer than this nobody waits for a look, whatever becomes of it. */
const WAIT_MS = 1_000
const LOOK_MS = 9_000
const MOST_CLIENTS = 1_000

interface Look {
  at: number
  /** Not when the one before failed: an address that is away holds its client up once, and not every four seconds. */
  isWaitedFor: boolean
  isOver: boolean
  /** Whether tokens were ended; false also when nothing could be seen. */
  ended: Promise<boolean>
}

/**
 * Whether the keys that tokens were given for are still at the address where their client has them: taking a key away there
 * is a partner's own way to end what was signed with it. An address that does not answer ends nothing.
 */
export class KeysInUse {
  readonly #clients: PartnerClients
  readonly #remoteKeys: RemoteKeys
  readonly #log: Log
  readonly #looks = new Map<string, Look>()
  readonly #unseen = new Set<string>()

  constructor(clients: PartnerClients, remoteKeys: RemoteKeys, log: Log) {
    this.#clients = clients
    this.#remoteKeys = remoteKeys
    this.#log = log
  }

  /** Somebody uses a token of this client. True when tokens of it were ended meanwhile: this one may be among them. */
  async haveEnded(clientId: string, requestId: string): Promise<boolean> {
    const look = this.#current(clientId, requestId)
    const left = look.at + WAIT_MS - performance.now()
    if (look.isOver || !look.isWaitedFor || left <= 0) return false
    return Promise.race([look.ended, setTimeout(left, false, { ref: false })])
  }

  #current(clientId: string, requestId: string): Look {
    const last = this.#looks.get(clientId)
    if (last && performance.now() - last.at < EVERY_MS) return last
    const look: Look = {
      at: performance.now(),
      isWaitedFor: !this.#unseen.has(clientId),
      isOver: false,
      ended: this.#look(clientId, requestId).finally(() => (look.isOver = true)),
    }
    this.#looks.delete(clientId)
    this.#looks.set(clientId, look)
    const [oldest] = this.#looks.keys()
    if (this.#looks.size > MOST_CLIENTS && oldest !== undefined) this.#forget(oldest)
    return look
  }

  #forget(clientId: string): void {
    this.#looks.delete(clientId)
    this.#unseen.delete(clientId)
  }

  async #look(clientId: string, requestId: string): Promise<boolean> {
    const request = { requestId, signal: AbortSignal.timeout(LOOK_MS) }
    try {
      const client = await this.#clients.find(clientId, request)
      if (!client || client.keysUrl === null) return false
      const keys = await this.#remoteKeys.at(client.keysUrl, NEW_ENOUGH_MS)
      this.#unseen.delete(clientId)
      const keyIds = keys.map(({ kid }) => kid)
      const ended = await this.#clients.endTokens({ clientId, keyIds }, request)
      if (ended) this.#log.warn({ requestId, partner: clientId, ended }, 'tokens were ended: their key was taken away')
      return ended > 0
    } catch (error) {
      this.#unseen.add(clientId)
      const why = error instanceof NoKeys ? { keys: error.code } : faultOf(error)
      this.#log.warn({ requestId, partner: clientId, ...why }, 'the keys of a partner could not be looked at again')
      return false
    }
  }
}
