import { ReleasedResultsDocument } from '#lib/graph/index.ts'
import type { PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ locals, url }) => {
  const after = url.searchParams.get('after')
  const { releasedResults } = await locals.graph.read(ReleasedResultsDocument, { after })
  return { results: releasedResults, continued: after !== null }
}
