import { createHash, generateKeyPairSync, randomBytes, randomUUID } from 'node:crypto'
import { Role, type Viewer } from '../subgraphs/runtime/viewer.ts'
import { gateway } from './alone.ts'
import { everyScope } from './granted.ts'
import { rowsOf } from './rows-of.ts'
import { type Answer, post, type World } from './world.ts'

/** What is said of a system of a partner when it is registered. */
export interface PartnerSystemFacts {
  readonly organisationCode?: string
  readonly organisationName?: string
  readonly scopes?: readonly string[]
  readonly keysUrl?: string
  readonly operationHashes?: readonly string[]
}

/** A system of a partner that was registered and given a token, and the clinician it asks for. */
export interface PartnerSystem {
  readonly id: string
  /** Who the gateway says it is. */
  readonly viewer: Viewer
  readonly token: string
  /** Asks, and asks again later when that was too often: the gateway of the portal, or another on the same rows. */
  ask(
    query: string,
    variables?: Record<string, unknown>,
    headers?: Record<string, string>,
    gatewayUrl?: string,
  ): Promise<Answer>
}

export const theClinician = { id: 'c-17', role: 'Consultant' }
const headersFor = { 'x-end-user-id': theClinician.id, 'x-end-user-role': theClinician.role }

const registering = `mutation R($input: RegisterPartnerClientInput!) { registerPartnerClient(input: $input) {
  ... on PartnerClientRegistered { client { id organisationName name } } ... on Problem { message } } }`

let systems = 0
/** What is sent to register a system: a name and a key of its own, and what is said of it. */
export function aRegistration({ scopes = everyScope, keysUrl, ...facts }: PartnerSystemFacts = {}) {
  const kid = randomUUID()
  const jwk = generateKeyPairSync('ed25519').publicKey.export({ format: 'jwk' })
  return {
    idempotencyKey: randomUUID(),
    organisationCode: 'RAL',
    organisationName: 'Royal Free London NHS Foundation Trust',
    name: `Care record ${(systems += 1)}`,
    scopes,
    ...(keysUrl ? { keysUrl } : { keys: JSON.stringify({ keys: [{ ...jwk, kid }] }) }),
    ...facts,
  }
}

/** Registers a system as the command does, and gives it a token as the gateway does. */
export async function aPartnerSystem(portal: World, facts: PartnerSystemFacts = {}): Promise<PartnerSystem> {
  const input = aRegistration(facts)
  const { registerPartnerClient } = await portal.system(registering, { input })
  const { client, message } = registerPartnerClient as unknown as {
    client?: { id: string; organisationName: string; name: string }
    message?: string
  }
  if (!client) throw new Error(message)
  const token = await tokenOf(portal, client.id, input)
  const viewer: Viewer = {
    role: Role.PARTNER,
    actorId: `partner:${client.id}`,
    name: client.name,
    patientIds: [],
    scopes: [...input.scopes],
    organisation: { code: input.organisationCode, name: client.organisationName },
    endUser: theClinician,
  }
  const ask: PartnerSystem['ask'] = async (query, variables = {}, headers = {}, url = portal.graph.gateway.url) => {
    const asked = () => post(`${url}/graphql`, token, { query, variables }, { ...headersFor, ...headers })
    let answer = await asked()
    for (; answer.status === tooMany; answer = await asked()) await aSecondPasses(portal, client.id)
    return answer
  }
  return { id: client.id, viewer, token, ask }
}

const keeping = `mutation K($hash: ID!, $client: ID!, $key: ID!, $scopes: [String!]!, $until: DateTime!) {
  keepPartnerToken(tokenHash: $hash, clientId: $client, keyId: $key, scopes: $scopes, expiresAt: $until) }`

/** Kept as the gateway keeps it, after it has checked an assertion: by the clock of the portal, which may be another than ours. */
async function tokenOf(
  portal: World,
  client: string,
  { keys, scopes }: { keys?: string; scopes: readonly string[] },
): Promise<string> {
  const token = randomBytes(32).toString('base64url')
  const [{ kid } = { kid: 'theirs' }] = keys ? (JSON.parse(keys) as { keys: { kid: string }[] }).keys : []
  const answer = await portal.graph.subgraphs.get('patients')?.execute({
    query: keeping,
    variables: {
      hash: createHash('sha256').update(token).digest('base64url'),
      client,
      key: kid,
      scopes,
      until: new Date(portal.clock.now().getTime() + 300_000),
    },
    viewer: gateway,
    requestId: randomUUID(),
  })
  if (answer?.data?.keepPartnerToken !== true) throw new Error(JSON.stringify(answer?.errors))
  return token
}

const tooMany = 429
/** Five requests a second are answered, by a clock that stands still here: as if one had passed. */
const aSecondPasses = (portal: World, client: string) =>
  rowsOf(portal, 'patients', 'update partner_client set busy_until = 0 where id = ?', client)
