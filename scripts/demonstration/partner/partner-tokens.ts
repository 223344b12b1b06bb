import { generateKeyPairSync, randomBytes } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { type Configuration, type JWK, Provider } from 'oidc-provider'
import { KeptTokens } from './kept-tokens.ts'
import { tokenPath } from './partner-addresses.ts'

export interface PartnerClient {
  readonly id: string
  readonly secret: string
}

/** What a client must have been given to read the records: SMART's scope for a system that reads everything. */
export const readingScope = 'system/*.read'

/** What a token is worth here. */
export type Standing = 'GOOD' | 'WITHOUT_SCOPE' | 'UNKNOWN'

export interface Tokens {
  readonly callback: (request: IncomingMessage, response: ServerResponse) => unknown
  standing(token: string): Promise<Standing>
}

const secondsOfAToken = 300

/** Gives tokens to one client that proves itself with its secret (client_secret_basic), and knows them again until they end. */
export function openTokens(issuer: string, client: PartnerClient): Tokens {
  const provider = new Provider(issuer, settingsFor(client))
  return {
    callback: provider.callback(),
    async standing(token) {
      const found = await provider.ClientCredentials.find(token)
      if (!found?.isValid || found.clientId !== client.id) return 'UNKNOWN'
      return found.scope?.split(' ').includes(readingScope) ? 'GOOD' : 'WITHOUT_SCOPE'
    },
  }
}

function settingsFor({ id, secret }: PartnerClient): Configuration {
  return {
    adapter: KeptTokens,
    clients: [
      {
        client_id: id,
        client_secret: secret,
        token_endpoint_auth_method: 'client_secret_basic',
        grant_types: ['client_credentials'],
        response_types: [],
        redirect_uris: [],
        id_token_signed_response_alg: 'ES256',
      },
    ],
    scopes: [readingScope],
    features: { clientCredentials: { enabled: true }, devInteractions: { enabled: false } },
    routes: { token: tokenPath },
    ttl: { ClientCredentials: secondsOfAToken },
    // Nobody logs in here and nothing is signed: without these oidc-provider warns that it uses its own.
    cookies: { keys: [randomBytes(32).toString('base64url')] },
    jwks: { keys: [signingKey()] },
  }
}

/** A key by which nothing is ever signed. */
const signingKey = () => generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ format: 'jwk' }) as JWK
