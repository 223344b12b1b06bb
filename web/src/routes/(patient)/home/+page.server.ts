import { HomeDocument } from '#lib/graph/index.ts'
import { found } from '#lib/server/found.ts'
import type { PageServerLoad } from './$types'

const MOST_TASKS = 3

export const load: PageServerLoad = async ({ locals }) => {
  const { name, appointments } = found((await locals.graph.read(HomeDocument, {})).me)
  const toAccept = appointments.nodes.filter(({ acceptance }) => acceptance.__typename === 'AcceptanceOpen')
  return {
    name: name.given[0] ?? name.full,
    toAccept: toAccept.slice(0, MOST_TASKS).map(({ id, startsAt }) => ({ id, startsAt })),
    moreToAccept: Math.max(0, toAccept.length - MOST_TASKS),
    next: appointments.nodes.find(({ status }) => status === 'BOOKED')?.startsAt,
  }
}
