import { redirect } from '@sveltejs/kit'
import { ResultTrendDocument } from '#lib/graph/index.ts'
import { found } from '#lib/server/found.ts'
import { foundDocument } from '#lib/server/shown-document.ts'
import { documentPath } from '#lib/words/documents.ts'
import type { PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ locals, params }) => {
  const { answer, hasGaps } = await locals.graph.readWithGaps(ResultTrendDocument, { id: params.id })
  const result = foundDocument(answer.document, hasGaps, params.id)
  // What cannot be read has no trend either: its own page says why.
  if (result.__typename !== 'TestResult' || result.state !== 'READY') redirect(303, documentPath(result))
  const observation = found(result.observations.find(({ id }) => id === params.observation))
  const { id, laboratory, trustCode, trustName, provenance } = result
  const shown = { id, laboratory, trustCode, trustName, provenance, path: documentPath(result) }
  return { result: shown, observation, person: answer.me }
}
