import type { ExecutionResult } from 'graphql'
import { z } from 'zod'
import { faultOf } from '../log.ts'
import type { Log } from '../log.ts'
import { Problem, tooMany, unavailable } from '../problem.ts'
import type { SubgraphTransport } from '../subgraph.ts'
import { gatewayItself } from '../viewer.ts'
import type { Assertion } from './assertion.ts'

/** A system of a partner that may be given tokens. */
export interface PartnerClient {
  id: string
  scopes: string[]
  /** Its public keys, a JWK Set. */
  keys: string | null
  /** Where they are instead. */
  keysUrl: string | null
}

/** A token that is about to be given. */
export interface NewToken {
  tokenHash: string
  clientId: string
  keyId: string
  scopes: string[]
  expiresAt: Date
}

/** For which request something is asked. */
export interface ForRequest {
  requestId: string
  signal: AbortSignal
}

const client = z.object({
  id: z.string(),
  scopes: z.array(z.string()),
  keys: z.string().nullable(),
  keysUrl: z.string().nullable(),
})

const assertionUse = z.enum(['USED', 'USED_BEFORE', 'EXPIRED', 'NO_CLIENT'])
export type AssertionUse = z.infer<typeof assertionUse>

const clientKeys = `query PartnerClientKeys($clientId: ID!) { partnerClientKeys(clientId: $clientId) { id scopes keys keysUrl } }`
const useAssertion = `mutation UsePartnerAssertion($clientId: ID!, $tokenId: String!, $expiresAt: DateTime!) {
  usePartnerAssertion(clientId: $clientId, tokenId: $tokenId, expiresAt: $expiresAt) }`
const keepToken = `mutation KeepPartnerToken($tokenHash: ID!, $clientId: ID!, $keyId: ID!, $scopes: [String!]!, $expiresAt: DateTime!) {
  keepPartnerToken(tokenHash: $tokenHash, clientId: $clientId, keyId: $keyId, scopes: $scopes, expiresAt: $expiresAt) }`
const endTokens = `mutation EndPartnerTokens($clientId: ID!, $keyIds: [ID!]!) { endPartnerTokens(clientId: $clientId, keyIds: $keyIds) }`

/** The partners' systems, their used assertions and their tokens: kept by `patients`, for every gateway together. */
export class PartnerClients {
  readonly #patients: SubgraphTransport
  readonly #log: Log

  constructor(patients: SubgraphTransport, log: Log) {
    this.#patients = patients
    this.#log = log
  }

  /** Undefined when there is none by this id, or it was revoked. Nothing is remembered: a revoked one is refused at once. */
  async find(clientId: string, request: ForRequest): Promise<PartnerClient | undefined> {
    const found = await this.#ask(clientKeys, { clientId }, request)
    return found === null ? undefined : client.parse(found)
  }

  /** Works once, for every gateway together. `patients` goes by its own clock. */
  async use({ clientId, tokenId, expiresAt }: Assertion, request: ForRequest): Promise<AssertionUse> {
    return assertionUse.parse(
      await this.#ask(useAssertion, { clientId, tokenId, expiresAt: expiresAt.toISOString() }, request),
    )
  }

  /** False when the client, its key or a scope was taken away meanwhile. */
  async keep({ expiresAt, ...token }: NewToken, request: ForRequest): Promise<boolean> {
    return (await this.#ask(keepToken, { ...token, expiresAt: expiresAt.toISOString() }, request)) === true
  }

  /** Ends the tokens given for other keys than these. Answers how many. */
  async endTokens(gone: { clientId: string; keyIds: string[] }, request: ForRequest): Promise<number> {
    return z.int().parse(await this.#ask(endTokens, gone, request))
  }

  /** The one field an operation asks for. */
  async #ask(query: string, variables: Record<string, unknown>, { requestId, signal }: ForRequest): Promise<unknown> {
    const call = { query, variables, viewer: gatewayItself, requestId, signal }
    const { data, errors } = await this.#patients(call).catch((error: unknown) => {
      this.#log.error({ requestId, ...faultOf(error) }, 'patients could not be asked about a partner')
      throw error instanceof Problem ? error : unavailable()
    })
    if (errors?.length || !data) throw whyNot(errors)
    return Object.values(data)[0]
  }
}

function whyNot(errors: ExecutionResult['errors']): Problem {
  const { code, retryAfterSeconds } = errors?.[0]?.extensions ?? {}
  if (code === 'RATE_LIMITED' && typeof retryAfterSeconds === 'number') return tooMany(retryAfterSeconds)
  return unavailable()
}
