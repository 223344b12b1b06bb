import { raw } from '@mikro-orm/core'
import { Arg, Ctx, Field, ID, InputType, Mutation, Resolver } from 'type-graphql'
import { Auth } from '../runtime/auth.ts'
import { outcomes } from '../runtime/outcome.ts'
import { Role } from '../runtime/viewer.ts'
import { logIn } from './finish-login.ts'
import type { PatientsContext } from './keys.ts'
import { LoginChallenge, nhsNumberTries } from './login-challenge.entity.ts'
import { countRequest, countWrongCode } from './login-limits.ts'
import { LoggedIn, LoginStartAgain, NhsNumberNeeded } from './login-outcomes.ts'
import { Patient } from './patient.entity.ts'

@InputType({ description: 'Which of several people with the same contact and date of birth this is.' })
export class ChooseByNhsNumberInput {
  @Field(() => ID, { description: 'The try, as `finishLogin` named it.' })
  challengeId!: string

  @Field(() => String, { description: 'The last four digits of the NHS number.' })
  lastFour!: string
}

const ChooseByNhsNumberResult = outcomes('ChooseByNhsNumberResult', 'What came of the last four digits.', [
  LoggedIn,
  NhsNumberNeeded,
  LoginStartAgain,
])

/** Tells twins apart after a right code. Three tries; then only a phone call helps, and no name is ever shown. */
export async function chooseByNhsNumber(
  context: PatientsContext,
  { challengeId, lastFour }: ChooseByNhsNumberInput,
): Promise<typeof ChooseByNhsNumberResult> {
  const digits = lastFour.replaceAll(/[\s-]/g, '')
  return context.em.transactional(async (em) => {
    const inTransaction = { ...context, em }
    await countRequest(inTransaction)
    const open = { id: challengeId, passedAt: { $ne: null }, closedAt: null, nhsNumberTries: { $lt: nhsNumberTries } }
    const counted = await em.nativeUpdate(
      LoginChallenge,
      open,
      { nhsNumberTries: raw<number>('nhs_number_tries + 1') },
      { filters: false },
    )
    const challenge = await em.findOne(LoginChallenge, challengeId, { filters: false })
    if (!counted || !challenge?.isUsable(context.clock.now())) return new LoginStartAgain()
    const matches = await peopleOf(inTransaction, challenge, digits)
    const [onlyPatient, another] = matches
    if (onlyPatient && !another) return logIn(inTransaction, challenge, onlyPatient.id)
    return refuse(inTransaction, challenge)
  })
}

async function peopleOf(context: PatientsContext, { patientIds }: LoginChallenge, digits: string): Promise<Patient[]> {
  if (!/^\d{4}$/.test(digits)) return []
  const people = await context.em.find(Patient, { id: { $in: patientIds } }, { filters: false })
  return people.filter((it) => it.mayUsePortal(context) && it.nhsNumber?.endsWith(digits))
}

/** A wrong guess counts like a wrong code: three more would otherwise come with every new code. */
async function refuse(context: PatientsContext, challenge: LoginChallenge): Promise<NhsNumberNeeded> {
  const { clock, trust } = context
  await countWrongCode(context, challenge.pairKey)
  const triesLeft = nhsNumberTries - challenge.nhsNumberTries
  if (triesLeft === 0) challenge.closedAt = clock.now()
  const message = triesLeft
    ? 'These are not the last 4 digits of an NHS number that fits. You can find it in letters from the NHS.'
    : `We could not log you in. Contact ${trust.technicalSupport.team}: somebody will help you.`
  return new NhsNumberNeeded(challenge.id, triesLeft, message)
}

@Resolver()
export class ChooseByNhsNumber {
  @Auth({ roles: [Role.ANONYMOUS] })
  @Mutation(() => ChooseByNhsNumberResult, {
    description:
      'After a right code, tells people with the same contact and date of birth apart: three tries, then a phone number.',
  })
  chooseByNhsNumber(
    @Arg('input', () => ChooseByNhsNumberInput) input: ChooseByNhsNumberInput,
    @Ctx() context: PatientsContext,
  ) {
    return chooseByNhsNumber(context, input)
  }
}
