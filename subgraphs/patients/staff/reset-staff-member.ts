import { Arg, Ctx, Field, InputType, Mutation, Resolver } from 'type-graphql'
import { Auth } from '../../runtime/auth.ts'
import { outcomes } from '../../runtime/outcome.ts'
import { Role } from '../../runtime/viewer.ts'
import { parseEmail } from '../contact.ts'
import type { PatientsContext } from '../keys.ts'
import { StaffMember } from './staff-member.entity.ts'
import { makePassword } from './staff-password.ts'
import { newSecrets, StaffMemberCreated, StaffMemberNotFound } from './staff-secrets.ts'
import { endSessionsOf } from './staff-sessions.ts'

@InputType({ description: 'Whose password and code app are to be new.' })
export class ResetStaffMemberInput {
  @Field(() => String, { description: 'The e-mail address they log in with.' })
  email!: string

  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether they release test results from now on. Left out: as it was.',
  })
  releasesResults?: boolean | null
}

const ResetStaffMemberResult = outcomes('ResetStaffMemberResult', 'What came of a new password and code app.', [
  StaffMemberCreated,
  StaffMemberNotFound,
])

/** Gives somebody a new password and code app. The old ones, and every session, are over at once. */
export async function resetStaffMember(
  context: PatientsContext,
  { email, releasesResults }: ResetStaffMemberInput,
): Promise<typeof ResetStaffMemberResult> {
  const address = parseEmail(email) ?? ''
  const secrets = await newSecrets(context, address, makePassword())
  return context.em.transactional(async (em) => {
    const staffMember = await em.findOne(StaffMember, { email: address })
    if (!staffMember) return new StaffMemberNotFound()
    Object.assign(staffMember, secrets.kept, { disabledAt: null })
    staffMember.releasesResults = releasesResults ?? staffMember.releasesResults
    await endSessionsOf({ ...context, em }, staffMember)
    return new StaffMemberCreated(staffMember, secrets)
  })
}

@Resolver()
export class ResetStaffMember {
  // Not kept for repeats: the answer is a secret. A repeat makes new ones, and the last answer holds.
  @Auth({ roles: [Role.SYSTEM] })
  @Mutation(() => ResetStaffMemberResult, {
    description:
      'Gives staff who lost theirs a new password and code app, ends their sessions, and enables a log in that was disabled.',
  })
  resetStaffMember(
    @Arg('input', () => ResetStaffMemberInput) input: ResetStaffMemberInput,
    @Ctx() context: PatientsContext,
  ) {
    return resetStaffMember(context, input)
  }
}
