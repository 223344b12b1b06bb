import { fail, redirect } from '@sveltejs/kit'
import { answersIn, chosen, lengthProblems } from '#lib/forms/answers.ts'
import { keepAnswers, keptAnswers } from '#lib/server/unsent-answers.ts'
import { rescheduleReasons } from '#lib/words/reasons.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = ({ cookies, locals, params }) => {
  const answers = keptAnswers(cookies, locals.visit, params.id)
  if (!chosen(rescheduleReasons, answers, 'reason'))
    redirect(303, `/appointments/${encodeURIComponent(params.id)}/ask-to-change`)
  return { answers }
}

export const actions: Actions = {
  default: async ({ request, cookies, locals, params }) => {
    const answers = answersIn(await request.formData())
    keepAnswers(cookies, locals.visit, params.id, answers)
    const problems = lengthProblems(answers, 'unavailable', 'The dates that do not suit you')
    if (problems.length > 0) return fail(400, { problems })
    redirect(303, `/appointments/${encodeURIComponent(params.id)}/ask-to-change/check`)
  },
}
