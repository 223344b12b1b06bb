import { redirect } from '@sveltejs/kit'
import { LetterDocument } from '#lib/graph/index.ts'
import { fileOf } from '#lib/server/document-file.ts'
import { markRead } from '#lib/server/mark-read.ts'
import { foundDocument } from '#lib/server/shown-document.ts'
import { documentPath } from '#lib/words/documents.ts'
import type { PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ locals, request, params, url }) => {
  const [{ answer, hasGaps }, file] = await Promise.all([
    locals.graph.readWithGaps(LetterDocument, { id: params.id }),
    fileOf(locals, params.id, url),
  ])
  const letter = foundDocument(answer.document, hasGaps, params.id)
  if (letter.__typename === 'TestResult') redirect(303, documentPath(letter))
  await markRead({ locals, request }, letter)
  return {
    letter,
    person: answer.me,
    // Nothing else of a letter that is there can be away, but whose it is.
    appointmentIsAway: hasGaps && answer.me !== null,
    file,
    large: url.searchParams.get('size') === 'large',
    addressOfTrust: (await locals.trust()).addressLines,
  }
}
