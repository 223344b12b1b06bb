import { DeskDocument, DeskResultsDocument } from '#lib/graph/index.ts'
import type { PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ locals, parent }) => {
  const { releasesResults } = (await parent()).staffMember
  const [desk, { resultsToRelease, withheldPdfs }] = await Promise.all([
    locals.graph.read(DeskDocument, {}),
    locals.graph.read(DeskResultsDocument, { releasesResults }),
  ])
  return {
    requests: desk.changeRequests,
    conflicts: desk.conflicts,
    received: desk.refusedHospitalMessages,
    sent: desk.refusedHospitalNotices,
    results: resultsToRelease,
    pdfs: withheldPdfs,
  }
}
