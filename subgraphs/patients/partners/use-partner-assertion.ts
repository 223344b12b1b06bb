import { createHash } from 'node:crypto'
import { UniqueConstraintViolationException } from '@mikro-orm/core'
import { GraphQLError } from 'graphql'
import { Arg, Ctx, Directive, ID, Mutation, Resolver } from 'type-graphql'
import { Auth } from '../../runtime/auth.ts'
import type { Context } from '../../runtime/context.ts'
import { DateTime } from '../../runtime/scalars.ts'
import { serialise } from '../../runtime/serialise.ts'
import { Role } from '../../runtime/viewer.ts'
import { PartnerAssertion } from './partner-assertion.entity.ts'
import { PartnerClient } from './partner-client.entity.ts'

/** A client that keeps its token for the five minutes it lasts asks for twelve. */
const mostInAnHour = 200
export const hour = 60 * 60 * 1000

/** What an assertion says of itself. */
export interface Assertion {
  readonly clientId: string
  readonly tokenId: string
  readonly expiresAt: Date
}

/** What came of it. Too old by the clock here, which may be ahead of the gateway's, is not the same as used before. */
export type AssertionUse = 'USED' | 'USED_BEFORE' | 'EXPIRED' | 'NO_CLIENT'

/** Uses an assertion up, the first time; never again, from wherever it comes. */
export async function usePartnerAssertion(context: Context, assertion: Assertion): Promise<AssertionUse> {
  const { clientId, tokenId, expiresAt } = assertion
  const usedAt = context.clock.now()
  if (expiresAt <= usedAt) return 'EXPIRED'
  const tokenIdHash = createHash('sha256').update(tokenId).digest('base64url')
  try {
    return await context.em.transactional(async (em) => {
      // One after the other, so that nobody steps over the number of an hour.
      await serialise(em, `partner-assertions:${clientId}`)
      if (!(await em.count(PartnerClient, { id: clientId, revokedAt: null }))) return 'NO_CLIENT'
      await refuseTooMany({ ...context, em }, clientId)
      em.create(PartnerAssertion, { clientId, tokenIdHash, usedAt, expiresAt })
      return 'USED'
    })
  } catch (error) {
    if (error instanceof UniqueConstraintViolationException) return 'USED_BEFORE'
    throw error
  }
}

async function refuseTooMany({ em, clock }: Context, clientId: string): Promise<void> {
  const now = clock.now().getTime()
  const ofThisHour = { clientId, usedAt: { $gt: new Date(now - hour) } }
  const [oldest] = await em.find(PartnerAssertion, ofThisHour, {
    orderBy: { usedAt: 'desc' },
    offset: mostInAnHour - 1,
    limit: 1,
  })
  if (!oldest) return
  throw new GraphQLError(
    `This client was given ${mostInAnHour} tokens within an hour. Use each for the five minutes it lasts.`,
    {
      extensions: {
        code: 'RATE_LIMITED',
        retryAfterSeconds: Math.max(1, Math.ceil((oldest.usedAt.getTime() + hour - now) / 1000)),
      },
    },
  )
}

@Resolver()
export class UsePartnerAssertion {
  // Not kept for repeats, as every other mutation is: that it works once is what it is for.
  @Auth({ roles: [Role.GATEWAY] })
  @Directive('@inaccessible')
  @Mutation(() => String, {
    description:
      'Uses an assertion up: USED the first time, USED_BEFORE ever after, EXPIRED when it is too old, NO_CLIENT when there is none. ' +
      'RATE_LIMITED when the client has asked too often within an hour.',
  })
  usePartnerAssertion(
    @Arg('clientId', () => ID, { description: 'As in iss and sub.' }) clientId: string,
    @Arg('tokenId', () => String, { description: 'Its jti.' }) tokenId: string,
    @Arg('expiresAt', () => DateTime, { description: 'Until when it could be shown again.' }) expiresAt: Date,
    @Ctx() context: Context,
  ) {
    return usePartnerAssertion(context, { clientId, tokenId, expiresAt })
  }
}
