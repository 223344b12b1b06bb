import { redirect } from '@sveltejs/kit'
import { ResultDocument } from '#lib/graph/index.ts'
import { fileOf } from '#lib/server/document-file.ts'
import { markRead } from '#lib/server/mark-read.ts'
import { foundDocument } from '#lib/server/shown-document.ts'
import { documentPath } from '#lib/words/documents.ts'
import type { PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ locals, request, params, url }) => {
  const [{ answer, hasGaps }, file] = await Promise.all([
    locals.graph.readWithGaps(ResultDocument, { id: params.id }),
    fileOf(locals, params.id, url),
  ])
  const result = foundDocument(answer.document, hasGaps, params.id)
  if (result.__typename !== 'TestResult') redirect(303, documentPath(result))
  await markRead({ locals, request }, result)
  return {
    result,
    person: answer.me,
    // Nothing else of a result that is there can be away, but whose it is.
    appointmentIsAway: hasGaps && answer.me !== null,
    file,
    large: url.searchParams.get('size') === 'large',
  }
}
