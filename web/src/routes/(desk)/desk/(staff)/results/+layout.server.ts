import { error } from '@sveltejs/kit'
import type { LayoutServerLoad } from './$types'

/** For those who release results. The graph refuses everybody else, whatever they send. */
export const load: LayoutServerLoad = async ({ parent }) => {
  const { staffMember } = await parent()
  if (!staffMember.releasesResults) error(403, 'You cannot see this page')
}
