import { ResultsToReleaseDocument } from '#lib/graph/index.ts'
import type { PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ locals, url }) => {
  const after = url.searchParams.get('after')
  const { resultsToRelease } = await locals.graph.read(ResultsToReleaseDocument, { after })
  return { results: resultsToRelease, continued: after !== null }
}
