import { error } from '@sveltejs/kit'
import { readInbox, readStaffCodes } from '#lib/server/inbox.ts'
import type { PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ locals }) => {
  const { inbox } = locals.visit.settings
  if (!inbox || !(await locals.trust()).demonstration) error(404, 'Not found')
  const [messages, staffCodes] = await Promise.all([readInbox(inbox), readStaffCodes(inbox)]).catch(() =>
    error(503, 'The inbox does not answer'),
  )
  return { messages, staffCodes }
}
