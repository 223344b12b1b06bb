import { sharingOf } from '#lib/server/sharing.ts'
import { canBeStopped } from './sharing.ts'
import type { PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ locals }) => {
  const [organisations, { pals }] = await Promise.all([sharingOf(locals), locals.trust()])
  return { organisations, canBeStopped: canBeStopped(organisations), team: pals }
}
