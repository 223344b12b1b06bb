import { ChangeRequestsDocument, type ChangeRequestStatus } from '#lib/graph/index.ts'
import type { PageServerLoad } from './$types'

/** The lists of requests, as their addresses name them. */
const lists = [
  { name: 'open', status: 'OPEN' },
  { name: 'agreed', status: 'AGREED' },
  { name: 'refused', status: 'REFUSED' },
  { name: 'withdrawn', status: 'WITHDRAWN' },
  { name: 'overtaken', status: 'OVERTAKEN' },
] as const satisfies { name: string; status: ChangeRequestStatus }[]

export const load: PageServerLoad = async ({ locals, url }) => {
  const wanted = url.searchParams.get('status')
  const list = lists.find(({ name }) => name === wanted) ?? lists[0]
  const after = url.searchParams.get('after')
  const { changeRequests } = await locals.graph.read(ChangeRequestsDocument, { status: list.status, after })
  return {
    lists: lists.map(({ name, status }) => ({ name, status })),
    list,
    requests: changeRequests,
    continued: after !== null,
  }
}
