import { fail, redirect } from '@sveltejs/kit'
import { answersIn } from '#lib/forms/answers.ts'
import { reasonProblems } from '#lib/forms/reason.ts'
import { keepAnswers, keptAnswers } from '#lib/server/unsent-answers.ts'
import { cancellationReasons } from '#lib/words/reasons.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = ({ cookies, locals, params }) => ({
  answers: keptAnswers(cookies, locals.visit, params.id),
})

export const actions: Actions = {
  default: async ({ request, cookies, locals, params }) => {
    const answers = answersIn(await request.formData())
    keepAnswers(cookies, locals.visit, params.id, answers)
    const problems = reasonProblems(cancellationReasons, answers, 'Select why you want to cancel')
    if (problems.length > 0) return fail(400, { problems })
    redirect(303, `/appointments/${encodeURIComponent(params.id)}/cancel/confirm`)
  },
}
