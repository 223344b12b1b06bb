import { sharingOf } from '#lib/server/sharing.ts'
import { canBeStopped } from './sharing.ts'
import type { PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ locals }) => {
  const [sharing, { pals }] = await Promise.all([sharingOf(locals), locals.trust()])
  return { ...sharing, canBeStopped: canBeStopped(sharing), team: pals }
}
