import type { Context } from '../../runtime/context.ts'
import { Role } from '../../runtime/viewer.ts'
import type { ViewerType } from '../viewer-of.ts'
import { PartnerClient } from './partner-client.entity.ts'
import { PartnerToken } from './partner-token.entity.ts'
import { takeRequest } from './request-rate.ts'

/** The partner that a token was given to, as long as its client, its key and its scopes stand. Counts the request. */
export async function partnerBehind(context: Context, tokenHash: string): Promise<ViewerType | null> {
  const { em, clock } = context
  const token = await em.findOne(PartnerToken, { tokenHash, expiresAt: { $gt: clock.now() } })
  if (!token) return null
  const client = await em.findOne(PartnerClient, { id: token.clientId, revokedAt: null })
  if (!client?.trusts(token.keyId)) return null
  const { actorId, name, organisationCode, organisationName, operationHashes = null } = client
  return {
    role: Role.PARTNER,
    actorId,
    name,
    patientIds: [],
    sessionId: null,
    scopes: token.scopes.filter((it) => client.scopes.includes(it)),
    organisationCode,
    organisationName,
    operationHashes,
    retryAfterSeconds: await takeRequest(context, client),
  }
}
