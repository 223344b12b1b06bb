import { redirect } from '@sveltejs/kit'
import { allChosen, answersIn } from '#lib/forms/answers.ts'
import { found } from '#lib/server/found.ts'
import { sharingWith } from '#lib/server/sharing.ts'
import { keepAnswers, keptAnswers } from '#lib/server/unsent-answers.ts'
import { categoryWords } from '#lib/words/sharing.ts'
import { sharedNow } from '../sharing.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ cookies, locals, params }) => {
  const organisation = found(await sharingWith(locals, params.organisation))
  const answers = keptAnswers(cookies, locals.visit, params.organisation)
  const now = sharedNow(organisation)
  return { organisation, chosen: answers.has('answered') ? allChosen(categoryWords, answers, 'share') : now }
}

export const actions: Actions = {
  default: async ({ request, cookies, locals, params }) => {
    keepAnswers(cookies, locals.visit, params.organisation, answersIn(await request.formData()))
    redirect(303, `/my-details/sharing/${encodeURIComponent(params.organisation)}/check`)
  },
}
