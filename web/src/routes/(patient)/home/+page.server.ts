import { HomeDocument } from '#lib/graph/index.ts'
import { found } from '#lib/server/found.ts'
import type { PageServerLoad } from './$types'
import { tasksOf } from './tasks.ts'

const MOST_TASKS = 3

export const load: PageServerLoad = async ({ locals }) => {
  const { name, appointments } = found((await locals.graph.read(HomeDocument, {})).me)
  const tasks = tasksOf(appointments.nodes, new Date())
  return {
    name: name.given[0] ?? name.full,
    tasks: tasks.slice(0, MOST_TASKS),
    moreTasks: Math.max(0, tasks.length - MOST_TASKS),
    next: appointments.nodes.find(({ status }) => status === 'BOOKED')?.startsAt,
  }
}
