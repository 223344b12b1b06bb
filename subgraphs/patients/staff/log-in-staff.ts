import { Arg, Ctx, Field, InputType, Mutation, ObjectType, Resolver } from 'type-graphql'
import { Auth } from '../../runtime/auth.ts'
import { outcomes } from '../../runtime/outcome.ts'
import { Problem } from '../../runtime/problem.ts'
import { DateTime } from '../../runtime/scalars.ts'
import { serialise } from '../../runtime/serialise.ts'
import { Role } from '../../runtime/viewer.ts'
import type { PatientsContext } from '../keys.ts'
import { countRequest, countStaffTry, forgiven, staffPausedUntil } from '../login-limits.ts'
import { LoginPaused } from '../login-outcomes.ts'
import { stepOfCode } from './staff-code.ts'
import { StaffMember } from './staff-member.entity.ts'
import { StaffMemberType } from './staff-member.type.ts'
import { isPassword } from './staff-password.ts'
import { StaffSession } from './staff-session.entity.ts'

@InputType({ description: 'Everything staff log in with, at once.' })
export class LogInStaffInput {
  @Field(() => String, { description: 'The e-mail address of the log in.' })
  email!: string

  @Field(() => String, { description: 'The password.' })
  password!: string

  @Field(() => String, { description: 'The 6 digits that the code app shows. Spaces are ignored.' })
  code!: string

  @Field(() => String, { description: 'What kind of device this is, in words: "Firefox on Windows".' })
  device!: string
}

const newcomers = { roles: [Role.ANONYMOUS] }

@ObjectType({ description: 'E-mail address, password and code were right. The staff member is logged in.' })
export class StaffLoggedIn {
  @Auth(newcomers)
  @Field(() => String, {
    description: 'The bearer token of the session: 256 random bits, shown here once and never kept.',
  })
  token: string

  @Auth(newcomers)
  @Field(() => DateTime, { description: 'When the session ends if it is not used: 10 minutes after the last use.' })
  expiresAt: Date

  @Auth(newcomers)
  @Field(() => StaffMemberType, { description: 'Who is logged in.' })
  staffMember: StaffMember

  constructor(token: string, { expiresAt }: StaffSession, staffMember: StaffMember) {
    this.token = token
    this.expiresAt = expiresAt
    this.staffMember = staffMember
  }
}

@ObjectType({
  implements: Problem,
  description: 'Something was not right, or there is no such log in: which, is never said.',
})
export class StaffLoginRefused extends Problem {
  override message =
    'The email address, password or code is not right. Each code works once: wait for your app to show a new one.'
}

const LogInStaffResult = outcomes('LogInStaffResult', 'What came of a log in of staff.', [
  StaffLoggedIn,
  StaffLoginRefused,
  LoginPaused,
])

/** The try is counted, then looked at outside any transaction, for it is slow on purpose; a right code works once. */
export async function logInStaff(context: PatientsContext, input: LogInStaffInput): Promise<typeof LogInStaffResult> {
  const counted = await countTry(context, input.email)
  if (counted instanceof LoginPaused) return counted
  const email = addressOf(input.email)
  const known = await context.em.findOne(StaffMember, { email, disabledAt: null }, { filters: false })
  const step = await stepIfRight(context, known, input)
  if (!known || step === undefined) return new StaffLoginRefused()
  return context.em.transactional(async (em) => {
    const inTransaction = { ...context, em }
    if (!(await useCode(inTransaction, known, step))) return new StaffLoginRefused()
    await forgiven(inTransaction, counted)
    const { token, session } = StaffSession.start(known.id, input.device.slice(0, 80), context.clock.now())
    const member = await em.findOneOrFail(StaffMember, known.id, { filters: false, refresh: true })
    return new StaffLoggedIn(token, em.create(StaffSession, session), member)
  })
}

/** As it is kept; what cannot be an address is looked for all the same. */
const addressOf = (written: string) => written.trim().toLowerCase()

const countTry = (context: PatientsContext, email: string): Promise<string[] | LoginPaused> =>
  context.em.transactional(async (em) => {
    const inTransaction = { ...context, em }
    await countRequest(inTransaction)
    const key = context.keys.fingerprint('staff', addressOf(email))
    await serialise(em, key)
    const until = await staffPausedUntil(inTransaction, key)
    return until ? new LoginPaused(until) : countStaffTry(inTransaction, key)
  })

/** Password and code are both looked at whatever comes of either, and of nobody's as of somebody's. */
async function stepIfRight(
  { keys, clock }: PatientsContext,
  known: StaffMember | null,
  { password, code }: LogInStaffInput,
): Promise<number | undefined> {
  const { passwordHash, totpSealed } = known ?? keys.nobody
  const step = stepOfCode(code.replaceAll(/\s/g, ''), keys.open(totpSealed), clock.now())
  const isRight = await isPassword(password, passwordHash)
  return isRight ? step : undefined
}

/** Uses a code up, unless it was used, or the log in was reset or disabled, while the password was looked at. */
async function useCode({ em, clock }: PatientsContext, known: StaffMember, step: number): Promise<boolean> {
  const { id, passwordHash } = known
  const unused = { $or: [{ totpStep: null }, { totpStep: { $lt: step } }] }
  const used = { totpStep: step, lastLoggedInAt: clock.now() }
  return (
    (await em.nativeUpdate(StaffMember, { id, passwordHash, disabledAt: null, ...unused }, used, { filters: false })) >
    0
  )
}

@Resolver()
export class LogInStaff {
  // Not kept for repeats, like every log in: a code works once.
  @Auth(newcomers)
  @Mutation(() => LogInStaffResult, {
    description:
      'Logs staff in with e-mail address, password and the code of their app, all at once. What was wrong is never said.',
  })
  logInStaff(@Arg('input', () => LogInStaffInput) input: LogInStaffInput, @Ctx() context: PatientsContext) {
    return logInStaff(context, input)
  }
}
