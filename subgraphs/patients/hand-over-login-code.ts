import { Arg, Ctx, Field, ID, InputType, Mutation, ObjectType, Resolver } from 'type-graphql'
import { Auth } from '../runtime/auth.ts'
import type { Context } from '../runtime/context.ts'
import { idempotent } from '../runtime/idempotency.ts'
import { outcomes } from '../runtime/outcome.ts'
import { Role } from '../runtime/viewer.ts'
import { LoginChallenge } from './login-challenge.entity.ts'

@InputType({ description: 'Which code was given to the text or e-mail service.' })
export class HandOverLoginCodeInput {
  @Field(() => ID, { description: 'A new UUID for each request; a repeat with the same one does nothing.' })
  idempotencyKey!: string

  @Field(() => ID, { description: 'The try the code belongs to.' })
  challengeId!: string
}

@ObjectType({ description: 'The code is wiped: it can be checked, and no longer be read.' })
export class LoginCodeHandedOver {
  @Auth({ roles: [Role.SYSTEM] })
  @Field(() => ID, { description: 'The try the code belongs to.' })
  challengeId: string

  constructor(challengeId: string) {
    this.challengeId = challengeId
  }
}

const HandOverLoginCodeResult = outcomes('HandOverLoginCodeResult', 'What came of handing a code over.', [
  LoginCodeHandedOver,
])

/** Wipes a code that is on its way to its person. */
export async function handOverLoginCode(
  { em }: Context,
  { challengeId }: HandOverLoginCodeInput,
): Promise<LoginCodeHandedOver> {
  const challenge = await em.findOne(LoginChallenge, challengeId)
  if (challenge) challenge.codeSealed = null
  return new LoginCodeHandedOver(challengeId)
}

@Resolver()
export class HandOverLoginCode {
  @Auth({ roles: [Role.SYSTEM] })
  @Mutation(() => HandOverLoginCodeResult, {
    description: 'Says that a code was given to the text or e-mail service, and wipes it here.',
  })
  handOverLoginCode(
    @Arg('input', () => HandOverLoginCodeInput) input: HandOverLoginCodeInput,
    @Ctx() context: Context,
  ) {
    return idempotent(context, input, handOverLoginCode)
  }
}
