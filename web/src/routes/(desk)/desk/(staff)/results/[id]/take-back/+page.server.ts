import { error, fail, redirect } from '@sveltejs/kit'
import { formKey, newFormKey } from '#lib/forms/form-key.ts'
import { readWords } from '#lib/forms/written-words.ts'
import { RetractTestResultDocument } from '#lib/graph/index.ts'
import { resultAsSeen, stepsSeen } from '#lib/server/result-at-desk.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ locals, params, url, request: { method } }) => ({
  ...(await resultAsSeen(locals, { id: params.id, url, method, choice: 'takeBack' })),
  formKey: newFormKey(),
})

export const actions: Actions = {
  takeBack: async ({ request, locals, params, url }) => {
    const form = await request.formData()
    const reason = readWords(form, 'reason', 'Reason', 'Enter the reason, for colleagues')
    if ('message' in reason) return fail(400, { words: reason.words, problem: reason.message })
    const { retractTestResult: outcome } = await locals.graph.write(RetractTestResultDocument, {
      input: { idempotencyKey: formKey(form), resultId: params.id, steps: stepsSeen(url), reason: reason.words },
    })
    switch (outcome.__typename) {
      case 'TestResultRetracted':
        redirect(303, `/desk/results/${outcome.result.id}?done=taken-back`)
      case 'TestResultHasChanged':
      case 'TestResultNotReleasable':
        return fail(409, { words: reason.words, refusal: outcome.message })
      case 'TestResultNotFound':
        error(404, 'Not found')
      default:
        return outcome satisfies never
    }
  },
}
