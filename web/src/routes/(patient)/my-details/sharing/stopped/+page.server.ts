import { redirect } from '@sveltejs/kit'
import { sharingOf } from '#lib/server/sharing.ts'
import { canBeStopped } from '../sharing.ts'
import type { PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ locals }) => {
  if (canBeStopped(await sharingOf(locals))) redirect(303, '/my-details/sharing')
}
