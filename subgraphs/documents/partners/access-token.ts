import * as oauth from 'oauth4webapi'
import type { Dispatcher } from 'undici'
import type { Clock } from '../../runtime/clock.ts'
import { boundedFetch } from './bounded-fetch.ts'
import { PartnerFailure } from './partner-failure.ts'
import type { PartnerSource } from './partner-source.ts'

/** Given up so many seconds before it ends: it must not end on its way. */
const marginSeconds = 30
const largestAnswer = 100_000

/** What opens a partner's door, by client credentials. Asked for once, however many wait for it, and kept until shortly before it ends. */
export class AccessToken {
  readonly #source: PartnerSource
  readonly #connections: Dispatcher
  #kept: { token: string; until: number } | undefined
  #asking: Promise<string> | undefined

  constructor(source: PartnerSource, connections: Dispatcher) {
    this.#source = source
    this.#connections = connections
  }

  async get(clock: Clock, signal: AbortSignal): Promise<string> {
    if (this.#kept && clock.now().getTime() < this.#kept.until) return this.#kept.token
    this.#asking ??= this.#ask(clock, signal).finally(() => (this.#asking = undefined))
    return this.#asking
  }

  /** The partner no longer takes it. Another may have come meanwhile: that one stays. */
  drop(token: string): void {
    if (this.#kept?.token === token) this.#kept = undefined
  }

  async #ask(clock: Clock, signal: AbortSignal): Promise<string> {
    try {
      const { access_token: token, expires_in: seconds = 60 } = await this.#grant(signal)
      this.#kept = { token, until: clock.now().getTime() + (seconds - marginSeconds) * 1000 }
      return token
    } catch (cause) {
      if (cause instanceof PartnerFailure) throw cause
      const code = cause instanceof oauth.ResponseBodyError ? cause.error : undefined
      throw new PartnerFailure('NO_TOKEN', code, { cause })
    }
  }

  async #grant(signal: AbortSignal): Promise<oauth.TokenEndpointResponse> {
    const { tokenUrl, clientId, clientSecret, scope } = this.#source
    const server = { issuer: tokenUrl.origin, token_endpoint: tokenUrl.href }
    const client = { client_id: clientId }
    const secret = oauth.ClientSecretBasic(clientSecret)
    const response = await oauth.clientCredentialsGrantRequest(server, client, secret, scope ? { scope } : {}, {
      [oauth.customFetch]: (url, { method, headers, body }) => this.#fetch(url, { method, headers, body, signal }),
      // Settings refuse it in production.
      [oauth.allowInsecureRequests]: tokenUrl.protocol === 'http:',
    })
    return oauth.processClientCredentialsResponse(server, client, response)
  }

  async #fetch(url: string, init: Omit<Parameters<typeof boundedFetch>[1], 'dispatcher'>): Promise<Response> {
    const answer = await boundedFetch(new URL(url), { ...init, dispatcher: this.#connections }, largestAnswer)
    const contentType = answer.headers.get('content-type') ?? ''
    return new Response(new Uint8Array(answer.body), {
      status: answer.status,
      headers: { 'content-type': contentType },
    })
  }
}
