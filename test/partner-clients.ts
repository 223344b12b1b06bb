import { createHash, generateKeyPairSync, type JsonWebKey, type KeyObject, randomBytes, randomUUID } from 'node:crypto'
import { type Alone, gateway, system } from './alone.ts'

/** A key pair as a partner makes one: the private half stays with it, the public half is a JWK with a kid. */
export interface KeyPair {
  readonly kid: string
  readonly privateKey: KeyObject
  readonly publicJwk: JsonWebKey & { kid: string }
}

const makers = {
  RSA: () => generateKeyPairSync('rsa', { modulusLength: 2048 }),
  'P-384': () => generateKeyPairSync('ec', { namedCurve: 'P-384' }),
  Ed25519: () => generateKeyPairSync('ed25519'),
}

export function aKeyPair(kid = `key-${randomUUID()}`, kind: keyof typeof makers = 'P-384'): KeyPair {
  const { publicKey, privateKey } = makers[kind]()
  return { kid, privateKey, publicJwk: { ...publicKey.export({ format: 'jwk' }), kid } }
}

export const keySet = (...pairs: KeyPair[]) => JSON.stringify({ keys: pairs.map((it) => it.publicJwk) })

const client = `{ id organisationCode organisationName name scopes keyIds keysUrl operationHashes createdAt lastUsedAt revokedAt }`
const mutations = {
  registerPartnerClient: 'PartnerClientRegistered',
  changePartnerClient: 'PartnerClientChanged',
  revokePartnerClient: 'PartnerClientRevoked',
}

export interface ShownClient {
  id: string
  keyIds: string[]
  scopes: string[]
  [more: string]: unknown
}

/** What came of a change to the clients of partners; `fault` when it was refused for what was sent. */
export interface ClientOutcome {
  __typename?: string
  client?: ShownClient
  message?: string
  fault?: string
}

/** Registers, changes or revokes a client, as our own systems do. */
export async function tell(
  { ask }: Pick<Alone, 'ask'>,
  mutation: keyof typeof mutations,
  facts: Record<string, unknown>,
): Promise<ClientOutcome> {
  const type = `${mutation[0]?.toUpperCase()}${mutation.slice(1)}Input!`
  const query = `mutation Tell($input: ${type}) {
    ${mutation}(input: $input) { __typename ... on ${mutations[mutation]} { client ${client} } ... on Problem { message } }
  }`
  const { data, errors } = await ask(system, query, { input: { idempotencyKey: randomUUID(), ...facts } })
  if (data?.[mutation]) return data[mutation] as ClientOutcome
  const [error] = errors ?? []
  return { fault: error?.extensions.code === 'BAD_USER_INPUT' ? error.message : `not refused: ${error?.message}` }
}

let count = 0
/** A system of the Royal Free with a name of its own and everything it can be allowed. */
export const aRegistration = (facts: Record<string, unknown> = {}) => ({
  organisationCode: 'RAL',
  organisationName: 'Royal Free London NHS Foundation Trust',
  name: `System ${(count += 1)}`,
  scopes: ['patients.read', 'appointments.read', 'documents.read', 'results.read'],
  ...('keysUrl' in facts ? {} : { keys: keySet(aKeyPair('first')) }),
  ...facts,
})

/** A client that may ask. */
export const aPartnerClient = (portal: Pick<Alone, 'ask'>, facts: Record<string, unknown> = {}): Promise<ShownClient> =>
  done(tell(portal, 'registerPartnerClient', aRegistration(facts)))

/** The client, when what was told of it was done. */
export async function done(telling: Promise<ClientOutcome>): Promise<ShownClient> {
  const { client, message, fault } = await telling
  if (!client) throw new Error(`nothing was done: ${message ?? fault}`)
  return client
}

export async function partnerClients({ ask }: Pick<Alone, 'ask'>): Promise<ShownClient[]> {
  const { data } = await ask(system, `{ partnerClients ${client} }`)
  return data?.partnerClients as unknown as ShownClient[]
}

/** Keeps a token of a client, as the gateway does when it gives one; answers whether it may be given, and its hash. */
export async function keepToken(
  { ask, clock }: Pick<Alone, 'ask' | 'clock'>,
  clientId: string,
  { keyId = 'first', scopes = ['patients.read'], seconds = 300 } = {},
): Promise<{ kept: boolean; tokenHash: string }> {
  const tokenHash = createHash('sha256').update(randomBytes(32)).digest('base64url')
  const { data } = await ask(
    gateway,
    `mutation Keep($tokenHash: ID!, $clientId: ID!, $keyId: ID!, $scopes: [String!]!, $expiresAt: DateTime!) {
      keepPartnerToken(tokenHash: $tokenHash, clientId: $clientId, keyId: $keyId, scopes: $scopes, expiresAt: $expiresAt)
    }`,
    { tokenHash, clientId, keyId, scopes, expiresAt: new Date(clock.now().getTime() + seconds * 1000).toISOString() },
  )
  return { kept: (data?.keepPartnerToken as unknown) === true, tokenHash }
}

/** What the gateway is told of a partner's token: null when it is over. */
export interface PartnerBehindToken {
  role: string
  actorId: string
  name: string
  patientIds: string[]
  sessionId: string | null
  scopes: string[]
  organisationCode: string
  organisationName: string
  operationHashes: string[] | null
  retryAfterSeconds: number | null
}

export async function whoHas({ ask }: Pick<Alone, 'ask'>, tokenHash: string): Promise<PartnerBehindToken | null> {
  const query = `query Who($tokenHash: ID!) { viewerOf(tokenHash: $tokenHash) {
    role actorId name patientIds sessionId scopes organisationCode organisationName operationHashes retryAfterSeconds } }`
  const { data, errors } = await ask(gateway, query, { tokenHash })
  if (errors) throw new Error(errors.map((it) => it.message).join('\n'))
  return data?.viewerOf as unknown as PartnerBehindToken | null
}
