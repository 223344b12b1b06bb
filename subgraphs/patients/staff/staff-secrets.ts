import { Field, ObjectType } from 'type-graphql'
import { Auth } from '../../runtime/auth.ts'
import { Problem } from '../../runtime/problem.ts'
import { Role } from '../../runtime/viewer.ts'
import type { PatientsContext } from '../keys.ts'
import { newCodeApp } from './staff-code.ts'
import type { StaffMember } from './staff-member.entity.ts'
import { StaffMemberType } from './staff-member.type.ts'
import { hashPassword } from './staff-password.ts'

const systems = { roles: [Role.SYSTEM] }

@ObjectType({
  description: 'The log in, with its password and code app: shown in this answer alone, and kept nowhere in the clear.',
})
export class StaffMemberCreated {
  @Auth(systems)
  @Field(() => StaffMemberType, { description: 'The staff member.' })
  staffMember: StaffMember

  @Auth(systems)
  @Field(() => String, { description: 'The password.' })
  password: string

  @Auth(systems)
  @Field(() => String, { description: 'The otpauth:// address for the code app; as a QR code it can be scanned.' })
  totpUri: string

  @Auth(systems)
  @Field(() => String, { description: 'The secret in that address, Base32, for an app that cannot scan.' })
  totpSecret: string

  constructor(staffMember: StaffMember, { password, app }: NewSecrets) {
    this.staffMember = staffMember
    this.password = password
    this.totpUri = app.uri
    this.totpSecret = app.secret
  }
}

@ObjectType({ implements: Problem, description: 'Nobody of the staff has this e-mail address.' })
export class StaffMemberNotFound extends Problem {
  override message = 'Nobody of the staff logs in with this e-mail address.'
}

export interface NewSecrets {
  readonly password: string
  readonly app: { readonly secret: string; readonly uri: string }
  /** What is kept of them. */
  readonly kept: { readonly passwordHash: string; readonly totpSealed: string; readonly totpStep: null }
}

/** A password and a code app for an e-mail address, and what is kept of them. Slow: never inside a transaction. */
export async function newSecrets(
  { keys, trust }: PatientsContext,
  email: string,
  password: string,
): Promise<NewSecrets> {
  const app = newCodeApp(`${trust.shortName} staff desk`, email)
  const kept = { passwordHash: await hashPassword(password), totpSealed: keys.seal(app.secret), totpStep: null }
  return { password, app, kept }
}
