import { ExtendSessionDocument } from '#lib/graph/index.ts'
import type { RequestHandler } from './$types'

/** Any request in a person's name keeps their session alive; this one does nothing else. */
export const POST: RequestHandler = async ({ locals }) => {
  const { me } = await locals.graph.read(ExtendSessionDocument, {})
  return new Response(null, { status: me ? 204 : 401 })
}
