import { error } from '@sveltejs/kit'
import { StaffMemberDocument } from '#lib/graph/index.ts'
import type { LayoutServerLoad } from './$types'

/** Only staff get further: whoever else brings a session, in whatever cookie, is nobody here. */
export const load: LayoutServerLoad = async ({ locals }) => {
  const { staffMember } = await locals.graph.read(StaffMemberDocument, {})
  return { staffMember: staffMember ?? error(403, 'You cannot see this page') }
}
