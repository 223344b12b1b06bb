import { Ctx, Query, Resolver } from 'type-graphql'
import { Auth } from '../../runtime/auth.ts'
import type { Context } from '../../runtime/context.ts'
import { Role } from '../../runtime/viewer.ts'
import { staffIdOf, StaffMember } from './staff-member.entity.ts'
import { StaffMemberType } from './staff-member.type.ts'

@Resolver()
export class StaffMembers {
  @Auth({ roles: [Role.STAFF] })
  @Query(() => StaffMemberType, { nullable: true, description: 'The staff member who is logged in.' })
  staffMember(@Ctx() { em, viewer }: Context) {
    return em.findOne(StaffMember, { id: staffIdOf(viewer) })
  }

  @Auth({ roles: [Role.SYSTEM] })
  @Query(() => [StaffMemberType], {
    description: 'Everyone with a log in to the staff desk, by e-mail address; those disabled too.',
  })
  staffMembers(@Ctx() { em }: Context) {
    return em.find(StaffMember, {}, { orderBy: { email: 'asc' } })
  }
}
