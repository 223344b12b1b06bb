import { Arg, Ctx, Field, InputType, Mutation, ObjectType, Resolver } from 'type-graphql'
import { Auth } from '../../runtime/auth.ts'
import type { Context } from '../../runtime/context.ts'
import { outcomes } from '../../runtime/outcome.ts'
import { Role } from '../../runtime/viewer.ts'
import { parseEmail } from '../contact.ts'
import { StaffMember } from './staff-member.entity.ts'
import { StaffMemberType } from './staff-member.type.ts'
import { StaffMemberNotFound } from './staff-secrets.ts'
import { endSessionsOf } from './staff-sessions.ts'

@InputType({ description: 'Whose log in is to end.' })
export class DisableStaffMemberInput {
  @Field(() => String, { description: 'The e-mail address they log in with.' })
  email!: string
}

@ObjectType({ description: 'The log in no longer works, and its sessions are over.' })
export class StaffMemberDisabled {
  @Auth({ roles: [Role.SYSTEM] })
  @Field(() => StaffMemberType, { description: 'The staff member.' })
  staffMember: StaffMember

  constructor(staffMember: StaffMember) {
    this.staffMember = staffMember
  }
}

const DisableStaffMemberResult = outcomes('DisableStaffMemberResult', 'What came of ending a log in of staff.', [
  StaffMemberDisabled,
  StaffMemberNotFound,
])

/** Ends a log in and its sessions. What the person did stays, with their name on it. */
export async function disableStaffMember(
  context: Context,
  { email }: DisableStaffMemberInput,
): Promise<typeof DisableStaffMemberResult> {
  return context.em.transactional(async (em) => {
    const staffMember = await em.findOne(StaffMember, { email: parseEmail(email) ?? '' })
    if (!staffMember) return new StaffMemberNotFound()
    staffMember.disabledAt ??= context.clock.now()
    await endSessionsOf({ ...context, em }, staffMember)
    return new StaffMemberDisabled(staffMember)
  })
}

@Resolver()
export class DisableStaffMember {
  // Not kept for repeats: doing it again changes nothing anyway, and its neighbours cannot be kept.
  @Auth({ roles: [Role.SYSTEM] })
  @Mutation(() => DisableStaffMemberResult, {
    description: 'Ends a log in to the staff desk and its sessions, at once.',
  })
  disableStaffMember(
    @Arg('input', () => DisableStaffMemberInput) input: DisableStaffMemberInput,
    @Ctx() context: Context,
  ) {
    return disableStaffMember(context, input)
  }
}
