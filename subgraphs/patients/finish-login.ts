import { Arg, Ctx, Field, ID, InputType, Mutation, Resolver } from 'type-graphql'
import { raw } from '@mikro-orm/core'
import { Auth } from '../runtime/auth.ts'
import { outcomes } from '../runtime/outcome.ts'
import { serialise } from '../runtime/serialise.ts'
import { Role } from '../runtime/viewer.ts'
import type { PatientsContext } from './keys.ts'
import { codeTries, LoginChallenge, nhsNumberTries } from './login-challenge.entity.ts'
import { countRequest, countWrongCode, triesPausedUntil } from './login-limits.ts'
import { CodeExpired, LoggedIn, LoginPaused, LoginStartAgain, NhsNumberNeeded, WrongCode } from './login-outcomes.ts'
import { Session } from './session.entity.ts'

@InputType({ description: 'The code that was sent.' })
export class FinishLoginInput {
  @Field(() => ID, { description: 'The try, as `startLogin` or `resendLoginCode` named it.' })
  challengeId!: string

  @Field(() => String, { description: 'The 6 digits. Spaces and dashes are ignored.' })
  code!: string
}

export const FinishLoginResult = outcomes('FinishLoginResult', 'What came of a code.', [
  LoggedIn,
  WrongCode,
  CodeExpired,
  NhsNumberNeeded,
  LoginPaused,
  LoginStartAgain,
])

const askForNhsNumber =
  'More than one person has these details. Enter the last 4 digits of your NHS number to show which record is yours.'

/** Checks a code: the try is counted before it is compared, and a right code works once. */
export async function finishLogin(
  context: PatientsContext,
  { challengeId, code }: FinishLoginInput,
): Promise<typeof FinishLoginResult> {
  const digits = code.replaceAll(/[\s-]/g, '')
  return context.em.transactional(async (em) => {
    const inTransaction = { ...context, em }
    await countRequest(inTransaction)
    const challenge = await em.findOne(LoginChallenge, challengeId, { filters: false })
    if (!challenge || !challenge.isUsable(context.clock.now())) return new LoginStartAgain()
    await serialise(em, challenge.pairKey)
    const until = await triesPausedUntil(inTransaction, challenge.pairKey)
    if (until) return new LoginPaused(until)
    if (!/^\d{6}$/.test(digits))
      return new WrongCode(challenge.triesLeft, 'The security code is 6 numbers, like 123456.')
    return tryCode(inTransaction, challenge, digits)
  })
}

async function tryCode(
  context: PatientsContext,
  challenge: LoginChallenge,
  digits: string,
): Promise<typeof FinishLoginResult> {
  const { em, clock, keys } = context
  const now = clock.now()
  const open = { id: challenge.id, closedAt: null, passedAt: null, expiresAt: { $gt: now }, tries: { $lt: codeTries } }
  const counted = await em.nativeUpdate(LoginChallenge, open, { tries: raw<number>('tries + 1') }, { filters: false })
  await em.refresh(challenge, { filters: false })
  if (!counted) return challenge.triesLeft === 0 && !challenge.closedAt ? new WrongCode(0) : new CodeExpired()
  if (!keys.isCode(challenge.id, digits, challenge.codeHash) || !challenge.patientIds.length) {
    await countWrongCode(context, challenge.pairKey)
    return new WrongCode(challenge.triesLeft)
  }
  challenge.passedAt = now
  challenge.codeSealed = null
  const [onlyPatientId, twinId] = challenge.patientIds
  if (onlyPatientId === undefined || twinId !== undefined)
    return new NhsNumberNeeded(challenge.id, nhsNumberTries, askForNhsNumber)
  return logIn(context, challenge, onlyPatientId)
}

/** Starts the session of somebody who has proven who they are, and closes the try for good. */
export function logIn({ em, clock }: PatientsContext, challenge: LoginChallenge, patientId: string): LoggedIn {
  const now = clock.now()
  challenge.closedAt = now
  const { token, session } = Session.start(patientId, challenge.device, now)
  return new LoggedIn(token, em.create(Session, session))
}

@Resolver()
export class FinishLogin {
  @Auth({ roles: [Role.ANONYMOUS] })
  @Mutation(() => FinishLoginResult, {
    description: 'Logs in with the code that was sent: 6 digits, 2 minutes, 5 tries, once.',
  })
  finishLogin(@Arg('input', () => FinishLoginInput) input: FinishLoginInput, @Ctx() context: PatientsContext) {
    return finishLogin(context, input)
  }
}
