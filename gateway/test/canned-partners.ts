import { randomUUID } from 'node:crypto'
import { GraphQLError } from 'graphql'

/** A partner's system as `patients` keeps it. */
export interface CannedClient {
  id: string
  scopes: string[]
  keys: { kid: string }[]
  keysUrl: string | null
  operationHashes: string[] | null
  retryAfterSeconds: number | null
  revoked: boolean
  /** How far the clock of `patients` is ahead of the gateway's. */
  aheadMs: number
}

interface CannedToken {
  clientId: string
  keyId: string
  scopes: string[]
  expiresAt: number
}

/** What `patients` remembers of partners' systems, as its database does: also when a gateway is started anew. */
export const clients = new Map<string, CannedClient>()
const used = new Set<string>()
const asked = new Map<string, number>()
const tokens = new Map<string, CannedToken>()

/** How many tokens a canned client may have: fewer than a real one, so that a test comes to the end of them. */
export const MOST_TOKENS = 20

export function aClient(facts: Partial<CannedClient> = {}): CannedClient {
  const client = {
    id: randomUUID(),
    scopes: ['patients.read', 'appointments.read'],
    keys: [],
    keysUrl: null,
    operationHashes: null,
    retryAfterSeconds: null,
    revoked: false,
    aheadMs: 0,
    ...facts,
  }
  clients.set(client.id, client)
  return client
}

const live = (id: string) => {
  const client = clients.get(id)
  return client && !client.revoked ? client : undefined
}
const trusts = ({ keys, keysUrl }: CannedClient, keyId: string) =>
  keysUrl !== null || keys.some(({ kid }) => kid === keyId)

export function partnerClientKeys(_: never, { clientId }: { clientId: string }) {
  const client = live(clientId)
  if (!client) return null
  const { id, scopes, keys, keysUrl } = client
  return { id, scopes, keysUrl, keys: keysUrl === null ? JSON.stringify({ keys }) : null }
}

export function usePartnerAssertion(
  _: never,
  { clientId, tokenId, expiresAt }: { clientId: string; tokenId: string; expiresAt: string },
) {
  const client = live(clientId)
  if (!client) return 'NO_CLIENT'
  if (Date.parse(expiresAt) <= Date.now() + client.aheadMs) return 'EXPIRED'
  if (used.has(`${clientId} ${tokenId}`)) return 'USED_BEFORE'
  const count = (asked.get(clientId) ?? 0) + 1
  if (count > MOST_TOKENS)
    throw new GraphQLError('Too many.', { extensions: { code: 'RATE_LIMITED', retryAfterSeconds: 1234 } })
  asked.set(clientId, count)
  used.add(`${clientId} ${tokenId}`)
  return 'USED'
}

export function keepPartnerToken(
  _: never,
  { tokenHash, expiresAt, ...token }: Omit<CannedToken, 'expiresAt'> & { tokenHash: string; expiresAt: string },
) {
  const client = live(token.clientId)
  if (!client || !trusts(client, token.keyId)) return false
  tokens.set(tokenHash, { ...token, expiresAt: Date.parse(expiresAt) })
  return true
}

export function endPartnerTokens(_: never, { clientId, keyIds }: { clientId: string; keyIds: string[] }) {
  const gone = [...tokens].filter(([, it]) => it.clientId === clientId && !keyIds.includes(it.keyId))
  for (const [hash] of gone) tokens.delete(hash)
  return gone.length
}

/** Whoever holds a token that still stands. */
export function partnerBehind(tokenHash: string) {
  const token = tokens.get(tokenHash)
  const client = token && live(token.clientId)
  if (!token || !client || token.expiresAt <= Date.now() || !trusts(client, token.keyId)) return null
  const { id, operationHashes, retryAfterSeconds } = client
  return {
    role: 'PARTNER',
    actorId: `partner:${id}`,
    name: 'Clinical portal',
    patientIds: [],
    scopes: token.scopes,
    organisationCode: 'RAL',
    organisationName: 'Royal Free London NHS Foundation Trust',
    operationHashes,
    retryAfterSeconds,
  }
}
