import { redirect } from '@sveltejs/kit'
import { staff } from '#lib/server/door.ts'
import { endThisSession } from '#lib/server/end-session.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = ({ locals }) => {
  if (locals.session !== undefined) redirect(303, staff.home)
}

export const actions: Actions = {
  default: async (event) => {
    await endThisSession(event)
    redirect(303, '/desk/log-out')
  },
}
