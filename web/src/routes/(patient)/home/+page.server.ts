import { isRedirect } from '@sveltejs/kit'
import { HomeDocument, UnreadDocumentsDocument, type UnreadDocumentsQuery } from '#lib/graph/index.ts'
import { found } from '#lib/server/found.ts'
import { ownOrMerged } from '#lib/server/own-and-merged.ts'
import type { PageServerLoad } from './$types'
import { readingTasks, tasksOf } from './tasks.ts'

const MOST_TASKS = 3
/** The first page after the log in waits for nobody; the list of letters and results asks again, and waits. */
const PATIENCE_MS = 300

export const load: PageServerLoad = async ({ locals }) => {
  const [{ me }, unread] = await Promise.all([locals.graph.read(HomeDocument, {}), unreadDocuments(locals)])
  const { name, appointments } = found(me)
  const toDo = tasksOf(appointments.nodes, new Date())
  const tasks = [...toDo, ...readingTasks(unread?.nodes ?? [], toDo)].slice(0, MOST_TASKS)
  return {
    name: name.given[0] ?? name.full,
    tasks,
    moreTasks: Math.max(0, toDo.length - MOST_TASKS),
    next: appointments.nodes.find(({ status }) => status === 'BOOKED')?.startsAt,
    unread: unread?.totalCount,
  }
}

/** What is not read yet; nothing when it cannot be known just now: the home page does without. */
async function unreadDocuments({ graph, trust }: App.Locals): Promise<UnreadDocumentsQuery['documents'] | undefined> {
  const { odsCode } = await trust()
  const ask = async (more: { trustCode?: string } = {}) =>
    (await graph.read(UnreadDocumentsDocument, { filter: { unread: true, ...more } })).documents
  const asked = ownOrMerged(ask({ trustCode: odsCode }), ask(), PATIENCE_MS)
  return (await asked.catch(nothingUnlessLoggedOut))?.answer
}

function nothingUnlessLoggedOut(problem: unknown): undefined {
  if (isRedirect(problem)) throw problem
}
