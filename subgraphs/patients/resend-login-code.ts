import { Arg, Ctx, Field, ID, InputType, Mutation, Resolver } from 'type-graphql'
import { Auth } from '../runtime/auth.ts'
import { outcomes } from '../runtime/outcome.ts'
import { Role } from '../runtime/viewer.ts'
import type { PatientsContext } from './keys.ts'
import { LoginChallenge } from './login-challenge.entity.ts'
import { LoginCodeSent, LoginPaused, LoginStartAgain } from './login-outcomes.ts'
import { sendCode } from './start-login.ts'

@InputType({ description: 'Which try to send a new code for.' })
export class ResendLoginCodeInput {
  @Field(() => ID, { description: 'The try, as `startLogin` named it.' })
  challengeId!: string
}

const ResendLoginCodeResult = outcomes('ResendLoginCodeResult', 'What came of asking for another code.', [
  LoginCodeSent,
  LoginPaused,
  LoginStartAgain,
])

/** Sends a new code to the contact of an earlier try, so that nothing has to be typed again. Older codes stop working. */
export async function resendLoginCode(
  context: PatientsContext,
  { challengeId }: ResendLoginCodeInput,
): Promise<typeof ResendLoginCodeResult> {
  const { em, keys, clock } = context
  const before = await em.findOne(LoginChallenge, challengeId, { filters: false })
  if (!before || before.passedAt || !before.isUsable(clock.now())) return new LoginStartAgain()
  const { channel, device } = before
  return sendCode(context, {
    channel,
    device,
    contact: keys.open(before.contactSealed),
    bornOn: keys.open(before.bornOn),
  })
}

@Resolver()
export class ResendLoginCode {
  @Auth({ roles: [Role.ANONYMOUS] })
  @Mutation(() => ResendLoginCodeResult, {
    description: 'Sends a new code for a try to log in, with what was typed before. Only the newest code works.',
  })
  resendLoginCode(
    @Arg('input', () => ResendLoginCodeInput) input: ResendLoginCodeInput,
    @Ctx() context: PatientsContext,
  ) {
    return resendLoginCode(context, input)
  }
}
