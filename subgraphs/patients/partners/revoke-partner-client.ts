import { LockMode } from '@mikro-orm/core'
import { Arg, Ctx, Field, ID, InputType, Mutation, ObjectType, Resolver } from 'type-graphql'
import { Auth } from '../../runtime/auth.ts'
import type { Context } from '../../runtime/context.ts'
import { idempotent } from '../../runtime/idempotency.ts'
import { outcomes } from '../../runtime/outcome.ts'
import { Problem } from '../../runtime/problem.ts'
import { Role } from '../../runtime/viewer.ts'
import { PartnerClient } from './partner-client.entity.ts'
import { PartnerClientType } from './partner-client.type.ts'
import { PartnerToken } from './partner-token.entity.ts'

@InputType({ description: "Which of the partners' systems is to end." })
export class RevokePartnerClientInput {
  @Field(() => ID, { description: 'A key of your own for this request: repeats with it do nothing more.' })
  idempotencyKey!: string

  @Field(() => ID, { description: 'The client id.' })
  id!: string
}

@ObjectType({ description: 'The client is given no more tokens, and those it had are over.' })
export class PartnerClientRevoked {
  @Auth({ roles: [Role.SYSTEM] })
  @Field(() => PartnerClientType, { description: 'The client, which stays in the list.' })
  client: PartnerClient

  constructor(client: PartnerClient) {
    this.client = client
  }
}

@ObjectType({ implements: Problem, description: 'No partner organisation has a client with this id.' })
export class PartnerClientNotRevoked extends Problem {
  override message = 'There is no client with this id. Look at the list of clients.'
}

const RevokePartnerClientResult = outcomes('RevokePartnerClientResult', "What came of ending a partner's system.", [
  PartnerClientRevoked,
  PartnerClientNotRevoked,
])

/** Ends a client and its tokens, for good. What it looked at stays in the audit, under its name. */
export async function revokePartnerClient(
  { em, clock }: Context,
  { id }: RevokePartnerClientInput,
): Promise<typeof RevokePartnerClientResult> {
  const client = await em.findOne(PartnerClient, { id }, { lockMode: LockMode.PESSIMISTIC_WRITE })
  if (!client) return new PartnerClientNotRevoked()
  client.revokedAt ??= clock.now()
  await em.nativeDelete(PartnerToken, { clientId: id })
  return new PartnerClientRevoked(client)
}

@Resolver()
export class RevokePartnerClient {
  @Auth({ roles: [Role.SYSTEM] })
  @Mutation(() => RevokePartnerClientResult, { description: 'Ends a client and its tokens at once.' })
  revokePartnerClient(
    @Arg('input', () => RevokePartnerClientInput) input: RevokePartnerClientInput,
    @Ctx() context: Context,
  ) {
    return idempotent(context, input, revokePartnerClient)
  }
}
