import { Arg, Ctx, Directive, ID, Int, Mutation, Resolver } from 'type-graphql'
import { Auth } from '../../runtime/auth.ts'
import type { Context } from '../../runtime/context.ts'
import { Role } from '../../runtime/viewer.ts'
import { PartnerClient } from './partner-client.entity.ts'
import { PartnerToken } from './partner-token.entity.ts'

/** Ends the tokens that a client was given for keys which are at its address no more. Answers how many. */
export async function endPartnerTokens({ em }: Context, clientId: string, keyIds: string[]): Promise<number> {
  // The keys that are registered here are looked at whenever a token is used.
  if (!(await em.count(PartnerClient, { id: clientId, keysUrl: { $ne: null } }))) return 0
  return em.nativeDelete(PartnerToken, { clientId, ...(keyIds.length && { keyId: { $nin: keyIds } }) })
}

@Resolver()
export class EndPartnerTokens {
  // Not kept for repeats: done twice it ends the same.
  @Auth({ roles: [Role.GATEWAY] })
  @Directive('@inaccessible')
  @Mutation(() => Int, {
    description:
      'Ends the tokens of a client that has its keys at an address of its own, but for those it was given for these keys. ' +
      'Answers how many were ended.',
  })
  endPartnerTokens(
    @Arg('clientId', () => ID, { description: 'Whose they are.' }) clientId: string,
    @Arg('keyIds', () => [ID], { description: 'The kid of every key that is at its address now.' }) keyIds: string[],
    @Ctx() context: Context,
  ) {
    return endPartnerTokens(context, clientId, keyIds)
  }
}
