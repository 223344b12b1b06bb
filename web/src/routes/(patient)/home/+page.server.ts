import { isRedirect } from '@sveltejs/kit'
import { HomeDocument, UnreadDocumentsDocument, type UnreadDocumentsQuery } from '#lib/graph/index.ts'
import { found } from '#lib/server/found.ts'
import { knownSources } from '#lib/server/known-sources.ts'
import { type OwnOrMerged, ownOrMerged } from '#lib/server/own-and-merged.ts'
import type { PageServerLoad } from './$types'
import { notCounted } from './not-counted.ts'
import { readingTasks, tasksOf } from './tasks.ts'

const MOST_TASKS = 3
/** The first page after the log in waits for nobody; the list of letters and results asks again, and waits. */
const PATIENCE_MS = 300

export const load: PageServerLoad = async ({ locals }) => {
  const [{ me }, seen] = await Promise.all([locals.graph.read(HomeDocument, {}), unreadDocuments(locals)])
  const unread = seen?.answer
  const { name, appointments } = found(me)
  const toDo = tasksOf(appointments.nodes, new Date())
  const tasks = [...toDo, ...readingTasks(unread?.nodes ?? [], toDo)].slice(0, MOST_TASKS)
  return {
    name: name.given[0] ?? name.full,
    tasks,
    moreTasks: Math.max(0, toDo.length - MOST_TASKS),
    next: appointments.nodes.find(({ status }) => status === 'BOOKED')?.startsAt,
    unread: unread?.totalCount,
    notCounted: notCounted(seen && { ...(await hospitalsOf(locals)), ...seen.answer, without: seen.without }),
  }
}

const hospitalsOf = async ({ trust, visit }: App.Locals) => ({
  hospitals: knownSources(visit.settings),
  partnerNames: (await trust()).partnerNames,
})

type Unread = OwnOrMerged<UnreadDocumentsQuery['documents']>

/** What is not read yet; undefined when it cannot be known just now: the home page says so and does without. */
async function unreadDocuments({ graph, trust }: App.Locals): Promise<Unread | undefined> {
  const { odsCode } = await trust()
  const ask = async (more: { trustCode?: string } = {}) =>
    (await graph.read(UnreadDocumentsDocument, { filter: { unread: true, ...more } })).documents
  const asked = ownOrMerged(ask({ trustCode: odsCode }), ask(), PATIENCE_MS)
  return asked.catch(nothingUnlessLoggedOut)
}

function nothingUnlessLoggedOut(problem: unknown): undefined {
  if (isRedirect(problem)) throw problem
}
