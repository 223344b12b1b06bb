import { redirect } from '@sveltejs/kit'
import { ResultDocument } from '#lib/graph/index.ts'
import { markRead } from '#lib/server/mark-read.ts'
import { foundDocument } from '#lib/server/shown-document.ts'
import { documentPath } from '#lib/words/documents.ts'
import type { PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ locals, request, params, url }) => {
  const { answer, hasGaps } = await locals.graph.readWithGaps(ResultDocument, { id: params.id })
  const result = foundDocument(answer.document, hasGaps, params.id)
  if (result.__typename !== 'TestResult') redirect(303, documentPath(result))
  await markRead({ locals, request }, result)
  return { result, pdfIsAway: hasGaps && result.pdf === null, large: url.searchParams.get('size') === 'large' }
}
