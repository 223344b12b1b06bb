import { fileAtDesk } from '#lib/server/document-file.ts'
import { choicesFor, resultAtDesk } from '#lib/server/result-at-desk.ts'
import type { PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ locals, params, url }) => {
  const [{ result, releaseDays }, file] = await Promise.all([
    resultAtDesk(locals, params.id),
    fileAtDesk(locals, params.id, url),
  ])
  return {
    result,
    file,
    releaseDays,
    choices: choicesFor(result),
    changed: url.searchParams.has('changed'),
    done: url.searchParams.get('done'),
  }
}
