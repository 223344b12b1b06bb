import { redirect } from '@sveltejs/kit'
import { LinkDocument } from '#lib/graph/index.ts'
import { found } from '#lib/server/found.ts'
import { returnPath } from '#lib/server/return-path.ts'
import type { PageServerLoad } from './$types'

/** A link in a text or an e-mail. Unknown, old and another person's all end on the same page. */
export const load: PageServerLoad = async ({ locals, params }) => {
  const { link } = await locals.graph.read(LinkDocument, { reference: params.reference })
  redirect(303, found(returnPath(found(link).path)))
}
