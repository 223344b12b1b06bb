import type { Context } from '../../runtime/context.ts'
import type { StaffMember } from './staff-member.entity.ts'
import { StaffSession } from './staff-session.entity.ts'

/** Ends every session of a staff member: whoever uses one is logged out at the next request. */
export async function endSessionsOf({ em, clock }: Context, { id }: StaffMember): Promise<void> {
  for (const session of await em.find(StaffSession, { staffMemberId: id, endedAt: null })) session.end(clock.now())
}
