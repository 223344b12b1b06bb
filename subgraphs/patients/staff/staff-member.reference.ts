import { batched } from '../../runtime/batch.ts'
import type { ReferenceResolver } from '../../runtime/federate.ts'
import { StaffMember } from './staff-member.entity.ts'

const staffMemberById = batched(async ({ em }, ids) => {
  const found = await em.find(StaffMember, { id: { $in: [...ids] } })
  return new Map(found.map((it) => [it.id, it]))
})

/** A staff member named by another subgraph: one of the viewer's rows, or nothing. */
export const staffMemberReference: ReferenceResolver = ({ id }, context) => staffMemberById(context, String(id))
