import { error } from '@sveltejs/kit'
import { readInbox } from '#lib/server/inbox.ts'
import type { PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ locals }) => {
  const { inbox } = locals.visit.settings
  if (!inbox || !(await locals.trust()).demonstration) error(404, 'Not found')
  const messages = await readInbox(inbox).catch(() => error(503, 'The inbox does not answer'))
  return { messages }
}
