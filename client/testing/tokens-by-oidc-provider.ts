import type { IncomingMessage, ServerResponse } from 'node:http'
import { generateKeyPairSync, randomBytes } from 'node:crypto'
import {
  Provider,
  type Adapter,
  type AdapterPayload,
  type ClientMetadata,
  type Configuration,
  type JWK,
} from 'oidc-provider'

export const scopes = ['patients.read', 'appointments.read', 'documents.read', 'results.read']

// Nobody logs in here, but a provider wants a key to say so with.
const unused = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ format: 'jwk' }) as JWK

/** oidc-provider as it comes, with nothing of ours around it: client credentials, proven by private_key_jwt. */
export function tokensByOidcProvider(issuer: string, clients: ClientMetadata[], tokenSeconds: number) {
  const provider = new Provider(issuer, settings(clients, tokenSeconds))
  const callback = provider.callback()
  return {
    handle: (request: IncomingMessage, response: ServerResponse) => void callback(request, response),
    /** The client whose token it is; undefined when it has ended, or was never given. */
    async holderOf(token: string): Promise<string | undefined> {
      const found = await provider.ClientCredentials.find(token)
      return found?.isValid ? found.clientId : undefined
    },
    async end(token: string): Promise<void> {
      await (await provider.ClientCredentials.find(token))?.destroy()
    },
  }
}

const settings = (clients: ClientMetadata[], tokenSeconds: number): Configuration => ({
  adapter: InMemory,
  clients: clients.map((it) => ({
    grant_types: ['client_credentials'],
    response_types: [],
    redirect_uris: [],
    token_endpoint_auth_method: 'private_key_jwt',
    scope: scopes.join(' '),
    id_token_signed_response_alg: 'ES256',
    ...it,
  })),
  scopes,
  responseTypes: [],
  clientAuthMethods: ['private_key_jwt'],
  enabledJWA: { clientAuthSigningAlgValues: ['RS512', 'PS512', 'ES384', 'Ed25519', 'EdDSA'] },
  features: {
    clientCredentials: { enabled: true },
    devInteractions: { enabled: false },
    userinfo: { enabled: false },
    rpInitiatedLogout: { enabled: false },
  },
  routes: { token: '/oauth/token', jwks: '/oauth/jwks' },
  ttl: { ClientCredentials: tokenSeconds },
  jwks: { keys: [unused] },
  cookies: { keys: [randomBytes(32).toString('base64url')] },
})

class InMemory implements Adapter {
  static readonly kept = new Map<string, AdapterPayload>()
  readonly #model: string
  constructor(model: string) {
    this.#model = model
  }
  #key = (id: string) => `${this.#model}:${id}`
  async upsert(id: string, payload: AdapterPayload): Promise<void> {
    InMemory.kept.set(this.#key(id), payload)
  }
  async find(id: string): Promise<AdapterPayload | undefined> {
    return InMemory.kept.get(this.#key(id))
  }
  async destroy(id: string): Promise<void> {
    InMemory.kept.delete(this.#key(id))
  }
  async findByUserCode(): Promise<undefined> {}
  async findByUid(): Promise<undefined> {}
  async consume(): Promise<void> {}
  async revokeByGrantId(): Promise<void> {}
}
