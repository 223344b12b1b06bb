import { DeskDocument } from '#lib/graph/index.ts'
import type { PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ locals }) => {
  const { changeRequests, conflicts, refusedHospitalMessages, refusedHospitalNotices } = await locals.graph.read(
    DeskDocument,
    {},
  )
  return { requests: changeRequests, conflicts, received: refusedHospitalMessages, sent: refusedHospitalNotices }
}
