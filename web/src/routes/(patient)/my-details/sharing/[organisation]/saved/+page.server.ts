import { sharingWith } from '#lib/server/sharing.ts'
import type { PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ locals, params }) => ({
  organisation: await sharingWith(locals, params.organisation),
})
