import { choicesFor, resultAtDesk } from '#lib/server/result-at-desk.ts'
import type { PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ locals, params, url }) => {
  const { result, releaseDays } = await resultAtDesk(locals, params.id)
  return {
    result,
    releaseDays,
    choices: choicesFor(result),
    changed: url.searchParams.has('changed'),
    done: url.searchParams.get('done'),
  }
}
