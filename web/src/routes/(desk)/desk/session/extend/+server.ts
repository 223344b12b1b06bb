import { ExtendStaffSessionDocument } from '#lib/graph/index.ts'
import type { RequestHandler } from './$types'

/** Any request in somebody's name keeps their session alive; this one does nothing else. */
export const POST: RequestHandler = async ({ locals }) => {
  const { staffMember } = await locals.graph.read(ExtendStaffSessionDocument, {})
  return new Response(null, { status: staffMember ? 204 : 401 })
}
