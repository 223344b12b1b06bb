import { Arg, Ctx, Field, ID, ObjectType, Query, Resolver } from 'type-graphql'
import { Auth } from '../runtime/auth.ts'
import { DateTime } from '../runtime/scalars.ts'
import { Role } from '../runtime/viewer.ts'
import { ContactChannel } from './contact.ts'
import type { PatientsContext } from './keys.ts'
import { LoginChallenge } from './login-challenge.entity.ts'

const systems = { roles: [Role.SYSTEM] }

@ObjectType('LoginCode', { description: 'A code that waits to be sent, for the system that sends it.' })
export class LoginCodeType {
  @Auth(systems)
  @Field(() => ID, { description: 'The try it belongs to.' })
  challengeId!: string

  @Auth(systems)
  @Field(() => ContactChannel, { description: 'How to send it.' })
  channel!: ContactChannel

  @Auth(systems)
  @Field(() => String, { description: 'Where to send it: a mobile number, E.164, or an e-mail address.' })
  contact!: string

  @Auth(systems)
  @Field(() => String, { description: 'The 6 digits.' })
  code!: string

  @Auth(systems)
  @Field(() => DateTime, { description: 'Never send it from this moment on.' })
  expiresAt!: Date
}

/** The code of a try, for as long as it may be sent. Null when nobody fits the try, it is too late, or it was handed over. */
export async function loginCode(
  { em, clock, keys, audit }: PatientsContext,
  challengeId: string,
): Promise<LoginCodeType | null> {
  const challenge = await em.findOne(LoginChallenge, challengeId)
  if (
    !challenge?.codeSealed ||
    challenge.closedAt ||
    !challenge.patientIds.length ||
    challenge.expiresAt <= clock.now()
  )
    return null
  const { channel, expiresAt, contactSealed, codeSealed, patientIds } = challenge
  for (const patientId of patientIds) audit.note(patientId, 'LoginCode')
  return { challengeId, channel, expiresAt, contact: keys.open(contactSealed), code: keys.open(codeSealed) }
}

@Resolver()
export class LoginCode {
  @Auth(systems)
  @Query(() => LoginCodeType, {
    nullable: true,
    description: 'What is needed to send a code. Null when there is nothing to send.',
  })
  loginCode(
    @Arg('challengeId', () => ID, { description: 'The try.' }) challengeId: string,
    @Ctx() context: PatientsContext,
  ) {
    return loginCode(context, challengeId)
  }
}
