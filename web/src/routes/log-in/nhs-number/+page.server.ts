import { fail, redirect } from '@sveltejs/kit'
import { readLastFour } from '#lib/forms/security-code.ts'
import { ChooseByNhsNumberDocument } from '#lib/graph/index.ts'
import { forgetProgress, keepProgress, logInStarted, readProgress } from '#lib/server/log-in-progress.ts'
import { enter } from '#lib/server/session.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ locals, cookies, request }) => {
  const progress = readProgress(cookies, locals.visit)
  if (progress?.nhsNumberTries === undefined && request.method === 'GET') redirect(303, '/log-in')
  return { support: (await locals.trust()).technicalSupport }
}

export const actions: Actions = {
  default: async ({ request, locals, cookies }) => {
    const progress = logInStarted(cookies, locals.visit)
    const typed = String((await request.formData()).get('last-four') ?? '')
    const read = readLastFour(typed)
    if ('message' in read) return fail(400, { typed, problem: read.message })

    const input = { challengeId: progress.challengeId, lastFour: read.lastFour }
    const { chooseByNhsNumber: outcome } = await locals.graph.write(ChooseByNhsNumberDocument, { input })
    switch (outcome.__typename) {
      case 'LoggedIn':
        enter(cookies, locals.visit, outcome.token, progress.returnTo)
      case 'NhsNumberNeeded':
        if (outcome.triesLeft === 0) {
          forgetProgress(cookies, locals.visit)
          return fail(400, { startAgain: outcome.message })
        }
        keepProgress(cookies, locals.visit, {
          ...progress,
          challengeId: outcome.challengeId,
          nhsNumberTries: outcome.triesLeft,
        })
        return fail(400, { typed, problem: outcome.message })
      case 'LoginStartAgain':
        forgetProgress(cookies, locals.visit)
        return fail(400, { startAgain: outcome.message })
      default:
        return outcome satisfies never
    }
  },
}
