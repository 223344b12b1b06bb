import * as oauth from 'oauth4webapi'
import { asking, tokenError } from './token-error.ts'
import type { SigningKey } from './signing-key.ts'

/** Where tokens are asked for, and as whom. */
export interface TokenEndpointSettings {
  readonly issuer: URL
  /** Known beforehand; else the issuer says where it is. */
  readonly tokenUrl: URL | undefined
  readonly clientId: string
  readonly signingKey: SigningKey
  readonly scopes: readonly string[]
  readonly fetch: typeof fetch
  readonly timeout: number
}

/** A token, and for how many seconds from now. */
export interface GrantedToken {
  readonly token: string
  readonly seconds: number
}

/** Asks for access tokens: client credentials, proven with an assertion signed anew each time (private_key_jwt). */
export class TokenEndpoint {
  readonly #settings: TokenEndpointSettings
  #server: oauth.AuthorizationServer | undefined

  constructor(settings: TokenEndpointSettings) {
    this.#settings = settings
    const { issuer, tokenUrl } = settings
    this.#server = tokenUrl && { issuer: bare(issuer), token_endpoint: tokenUrl.href }
  }

  async grant(): Promise<GrantedToken> {
    try {
      this.#server ??= await this.#discover()
      return await this.#ask(this.#server)
    } catch (error) {
      throw tokenError(error)
    }
  }

  async #discover(): Promise<oauth.AuthorizationServer> {
    const { issuer } = this.#settings
    const response = await oauth.discoveryRequest(issuer, this.#options())
    return oauth.processDiscoveryResponse(issuer, response)
  }

  async #ask(server: oauth.AuthorizationServer): Promise<GrantedToken> {
    const { clientId, signingKey, scopes } = this.#settings
    const client = { client_id: clientId }
    const proof = oauth.PrivateKeyJwt({ key: await signingKey.key(), kid: signingKey.kid })
    const asked = { scope: scopes.join(' ') }
    const response = await oauth.clientCredentialsGrantRequest(server, client, proof, asked, this.#options())
    const { access_token: token, expires_in: seconds = 60 } = await oauth.processClientCredentialsResponse(
      server,
      client,
      response,
    )
    return { token, seconds }
  }

  #options() {
    const { issuer, fetch, timeout } = this.#settings
    return {
      [oauth.customFetch]: asking(fetch) as (url: string, init: object) => Promise<Response>,
      // Only of an address on this machine: the settings refuse http elsewhere.
      [oauth.allowInsecureRequests]: issuer.protocol === 'http:',
      signal: AbortSignal.timeout(timeout),
    }
  }
}

/** An issuer without a path is written without the slash that URL gives it. */
const bare = ({ href, pathname, origin }: URL) => (pathname === '/' ? origin : href)
