import { error, redirect } from '@sveltejs/kit'
import { LetterOfAppointmentDocument } from '#lib/graph/index.ts'
import { found } from '#lib/server/found.ts'
import { documentPath } from '#lib/words/documents.ts'
import type { PageServerLoad } from './$types'

/** Texts and bookmarks of old lead here: the newest letter about the appointment, wherever it stands now. */
export const load: PageServerLoad = async ({ locals, params }) => {
  const { answer, hasGaps } = await locals.graph.readWithGaps(LetterOfAppointmentDocument, { id: params.id })
  if (hasGaps) error(503, 'The service is not available')
  redirect(303, documentPath(found(found(answer.appointment).letter)))
}
