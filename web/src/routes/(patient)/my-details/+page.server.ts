import { MyDetailsDocument } from '#lib/graph/index.ts'
import { found } from '#lib/server/found.ts'
import type { PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ locals }) => {
  const { me } = await locals.graph.read(MyDetailsDocument, {})
  return { me: found(me), team: (await locals.trust()).appointmentsTeam }
}
