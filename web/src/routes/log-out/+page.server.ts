import { redirect } from '@sveltejs/kit'
import { endThisSession } from '#lib/server/end-session.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = ({ locals }) => {
  if (locals.session !== undefined) redirect(303, '/home')
}

export const actions: Actions = {
  default: async (event) => {
    await endThisSession(event)
    redirect(303, '/log-out')
  },
}
