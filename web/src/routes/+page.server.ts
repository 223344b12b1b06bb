import { redirect } from '@sveltejs/kit'
import type { PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ locals }) => {
  if (locals.session !== undefined) redirect(303, '/home')
  return { trust: await locals.trust() }
}
