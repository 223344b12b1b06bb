import { AsyncLocalStorage } from 'node:async_hooks'
import { createHash } from 'node:crypto'
import type { Adapter, AdapterPayload } from 'oidc-provider'
import Provider, { errors } from 'oidc-provider'
import { type Assertion, expired } from './assertion.ts'
import type { CheckedRequest } from './in-memory.ts'
import { inMemory } from './in-memory.ts'
import { readKeySet } from './key-set.ts'
import type { ForRequest, PartnerClient, PartnerClients } from './partner-clients.ts'
import { paths, providerSettings, TOKEN_LASTS_S } from './provider-settings.ts'
import type { RemoteKeys } from './remote-keys.ts'
import { ASSERTION_TYPE, GRANT_TYPE } from './token-form.ts'
import type { TokenForm } from './token-form.ts'
import { TokenRefusal } from './token-refusal.ts'

/** One try to get a token: what was sent, and what came of it on its way through oidc-provider. */
export interface TokenTry extends ForRequest {
  form: TokenForm
  assertion: Assertion
  /** Once it is known. */
  client?: PartnerClient
  thrown?: unknown
}

/** oidc-provider, whose clients, used assertions and tokens are in `patients`: it checks signatures and gives tokens, and keeps nothing. */
export class AuthorizationServer {
  readonly #clients: PartnerClients
  readonly #remoteKeys: RemoteKeys
  readonly #tries = new AsyncLocalStorage<TokenTry>()
  readonly #ask: (request: CheckedRequest) => Promise<unknown>

  constructor(issuer: string, clients: PartnerClients, remoteKeys: RemoteKeys) {
    this.#clients = clients
    this.#remoteKeys = remoteKeys
    const settings = providerSettings(
      (model) => this.#adapter(model),
      () => this.#useUp(),
    )
    const provider = new Provider(issuer, settings)
    const thrown = (_: unknown, error: Error) => void (this.#try.thrown = error)
    provider.on('grant.error', thrown)
    provider.on('server_error', thrown)
    this.#ask = inMemory(provider)
  }

  /** The answer of RFC 6749 (5.1), or a `TokenRefusal`. */
  async giveToken(current: TokenTry): Promise<unknown> {
    const form = {
      grant_type: GRANT_TYPE,
      client_assertion_type: ASSERTION_TYPE,
      client_assertion: current.form.assertion,
      scope: current.form.scopes.join(' '),
    }
    const answer = await this.#tries.run(current, () => this.#ask({ method: 'POST', path: paths.token, form }))
    if (current.thrown instanceof errors.InvalidClientAuth) throw notAccepted()
    if (current.thrown !== undefined) throw current.thrown
    return answer
  }

  /** Where and how tokens are asked for, as oidc-provider puts it. */
  metadata(): Promise<unknown> {
    return this.#ask({ method: 'GET', path: paths.metadata })
  }

  get #try(): TokenTry {
    const current = this.#tries.getStore()
    if (!current) throw new Error('Nobody asks for a token here')
    return current
  }

  #adapter(model: string): Adapter {
    return {
      ...nothingKept,
      ...(model === 'Client' && { find: (id: string) => this.#findClient(id) }),
      ...(model === 'ClientCredentials' && { upsert: (token: string) => this.#keepToken(token) }),
    }
  }

  async #findClient(id: string): Promise<AdapterPayload | undefined> {
    const client = await this.#clients.find(id, this.#try)
    if (!client) return undefined
    this.#try.client = client
    const keys = client.keysUrl === null ? readKeySet(client.keys ?? '') : await this.#remoteKeys.at(client.keysUrl)
    return {
      client_id: client.id,
      grant_types: [GRANT_TYPE],
      response_types: [],
      redirect_uris: [],
      token_endpoint_auth_method: 'private_key_jwt',
      jwks: { keys },
    }
  }

  /** The signature is right, so the assertion is the client's own: from here on it has been used, for every gateway. */
  async #useUp(): Promise<void> {
    const { form, assertion, client } = this.#try
    // oidc-provider would leave out what it does not know, and nobody would be told.
    if (!client || !form.scopes.every((it) => client.scopes.includes(it)))
      throw new TokenRefusal('invalid_scope', `This client may ask for: ${client?.scopes.join(' ') || 'nothing'}.`)
    const use = await this.#clients.use(assertion, this.#try)
    if (use !== 'USED') throw whyNot[use]()
  }

  async #keepToken(token: string): Promise<void> {
    const { form, assertion } = this.#try
    const kept = await this.#clients.keep(
      {
        tokenHash: createHash('sha256').update(token).digest('base64url'),
        clientId: assertion.clientId,
        keyId: assertion.keyId,
        scopes: form.scopes,
        expiresAt: new Date(Date.now() + TOKEN_LASTS_S * 1000),
      },
      this.#try,
    )
    if (!kept) throw notAccepted()
  }
}

/** One wording for every cause: a client that is unknown or was revoked, a key that is, a signature that is wrong. */
const notAccepted = () =>
  new TokenRefusal(
    'invalid_client',
    'client_assertion must be signed by a client that is registered here, with the key whose id is in kid.',
  )

const usedBefore = () =>
  new TokenRefusal(
    'invalid_client',
    'client_assertion was used before. Make one, with a jti of its own, for each request.',
  )

const whyNot = { USED_BEFORE: usedBefore, EXPIRED: expired, NO_CLIENT: notAccepted }

const nothing = async () => undefined
/** Used assertions are looked after where they are used up; log ins, grants and codes there are none. */
const nothingKept: Adapter = {
  find: nothing,
  upsert: nothing,
  findByUserCode: nothing,
  findByUid: nothing,
  consume: nothing,
  destroy: nothing,
  revokeByGrantId: nothing,
}
