import { redirect } from '@sveltejs/kit'
import { sharingOf } from '#lib/server/sharing.ts'
import { sharedNow } from '../sharing.ts'
import type { PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ locals }) => {
  const organisations = await sharingOf(locals)
  if (organisations.some((it) => sharedNow(it).length > 0)) redirect(303, '/my-details/sharing')
}
