import { generateKeyPair, randomUUID } from 'node:crypto'
import { promisify } from 'node:util'
import {
  ChangePartnerClientDocument,
  createGraphClient,
  type GraphClient,
  PartnerClientsDocument,
  RegisterPartnerClientDocument,
} from '../../../client/main.ts'
import { keepClient, keptClient, type PartnerClient } from './kept-client.ts'

export interface ClientPlace {
  readonly graphUrl: string
  readonly systemSecret: string
  /** Where its key is kept. */
  readonly folder: string
}

export const royalFree = { code: 'RAL', name: 'Royal Free London NHS Foundation Trust' }
export const everyScope = ['patients.read', 'appointments.read', 'documents.read', 'results.read']

/** What its people use there. */
const name = 'Record viewer'

/** The Royal Free's client of the graph: registered the first time, and given another key when its own is lost. */
export async function openClient({ graphUrl, systemSecret, folder }: ClientPlace): Promise<PartnerClient> {
  const graph = createGraphClient({ url: graphUrl, bearer: `system.feeds.${systemSecret}` })
  const [kept, { partnerClients }] = await Promise.all([keptClient(folder), graph.read(PartnerClientsDocument, {})])
  const live = partnerClients.find(
    (it) => it.organisationCode === royalFree.code && it.name === name && it.revokedAt === null,
  )
  if (kept && live?.id === kept.clientId && live.keyIds.includes(kept.keyId)) return kept
  const { keyId, jwks, privateKey } = await aKey()
  const clientId = live ? await changeKey(graph, live, jwks) : await register(graph, jwks)
  const made = { clientId, keyId, privateKey, hasLooked: false }
  await keepClient(folder, made)
  return made
}

/** RSA, for openssl signs with it in one command. */
async function aKey() {
  const { publicKey, privateKey } = await promisify(generateKeyPair)('rsa', { modulusLength: 2048 })
  const keyId = `demonstration-${randomUUID().slice(0, 8)}`
  const jwk = { ...publicKey.export({ format: 'jwk' }), kid: keyId, use: 'sig', alg: 'RS512' }
  const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
  return { keyId, jwks: JSON.stringify({ keys: [jwk] }), privateKey: pem }
}

async function register(graph: GraphClient, keys: string): Promise<string> {
  const { code: organisationCode, name: organisationName } = royalFree
  const client = { organisationCode, organisationName, name, scopes: everyScope, keys }
  const input = { idempotencyKey: randomUUID(), ...client }
  const { registerPartnerClient: outcome } = await graph.write(RegisterPartnerClientDocument, { input })
  if (outcome.__typename === 'PartnerClientNotRegistered') throw new Error(outcome.message)
  return outcome.client.id
}

async function changeKey(graph: GraphClient, live: { id: string; keyIds: string[] }, keys: string): Promise<string> {
  const input = { idempotencyKey: randomUUID(), id: live.id, addKeys: keys, removeKeyIds: live.keyIds }
  const { changePartnerClient: outcome } = await graph.write(ChangePartnerClientDocument, { input })
  if (outcome.__typename === 'PartnerClientNotChanged') throw new Error(outcome.message)
  return outcome.client.id
}
