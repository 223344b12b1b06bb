import { AppointmentsDocument } from '#lib/graph/index.ts'
import { found } from '#lib/server/found.ts'
import { year } from '#lib/words/dates.ts'
import type { PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ locals, url }) => {
  const upcomingAfter = url.searchParams.get('upcoming')
  const pastAfter = url.searchParams.get('past')
  const { upcoming, past } = found((await locals.graph.read(AppointmentsDocument, { upcomingAfter, pastAfter })).me)
  return {
    upcoming,
    years: [...Map.groupBy(past.nodes, ({ startsAt }) => year(startsAt))].map(([name, nodes]) => ({ name, nodes })),
    past: { totalCount: past.totalCount, pageInfo: past.pageInfo },
    later: { upcoming: upcomingAfter !== null, past: pastAfter !== null },
  }
}
