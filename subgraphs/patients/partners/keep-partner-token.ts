import { Arg, Ctx, Directive, ID, Mutation, Resolver } from 'type-graphql'
import { Auth } from '../../runtime/auth.ts'
import type { Context } from '../../runtime/context.ts'
import { DateTime } from '../../runtime/scalars.ts'
import { Role } from '../../runtime/viewer.ts'
import { PartnerClient } from './partner-client.entity.ts'
import { PartnerToken } from './partner-token.entity.ts'

const longestMilliseconds = 5 * 60 * 1000

/** What is kept of a token that is about to be given away. */
export interface NewToken {
  readonly tokenHash: string
  readonly clientId: string
  readonly keyId: string
  readonly scopes: string[]
  readonly expiresAt: Date
}

/** Keeps a token. False when the client, the key or a scope was taken away meanwhile: then it must not be given. */
export function keepPartnerToken({ em, clock }: Context, token: NewToken): Promise<boolean> {
  const { clientId, keyId, scopes } = token
  const now = clock.now()
  const latest = new Date(now.getTime() + longestMilliseconds)
  return em.transactional(async (tx) => {
    // What is taken away at this very moment is missed when the token is used: that looks at the client again.
    const client = await tx.findOne(PartnerClient, { id: clientId, revokedAt: null })
    if (!client?.trusts(keyId) || !scopes.every((it) => client.scopes.includes(it))) return false
    client.lastUsedAt = now
    tx.create(PartnerToken, { ...token, expiresAt: token.expiresAt < latest ? token.expiresAt : latest })
    return true
  })
}

@Resolver()
export class KeepPartnerToken {
  // Not kept for repeats: a token is made anew for every answer.
  @Auth({ roles: [Role.GATEWAY] })
  @Directive('@inaccessible')
  @Mutation(() => Boolean, {
    description:
      'Keeps the hash of a token for a partner, for 5 minutes at most. False when the client, its key or a scope was ' +
      'taken away meanwhile: then the token is not to be given.',
  })
  keepPartnerToken(
    @Arg('tokenHash', () => ID, { description: 'SHA-256 of the token, base64url.' }) tokenHash: string,
    @Arg('clientId', () => ID, { description: 'Whose it is.' }) clientId: string,
    @Arg('keyId', () => ID, { description: 'The kid of the key that signed the assertion.' }) keyId: string,
    @Arg('scopes', () => [String], { description: 'What it was given for.' }) scopes: string[],
    @Arg('expiresAt', () => DateTime, { description: 'When it ends.' }) expiresAt: Date,
    @Ctx() context: Context,
  ) {
    return keepPartnerToken(context, { tokenHash, clientId, keyId, scopes, expiresAt })
  }
}
