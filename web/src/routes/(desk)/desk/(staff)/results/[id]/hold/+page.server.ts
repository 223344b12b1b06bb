import { error, fail, redirect } from '@sveltejs/kit'
import { formKey, newFormKey } from '#lib/forms/form-key.ts'
import { holdDays, readHoldUntil } from '#lib/forms/hold-until.ts'
import { typedDate } from '#lib/forms/typed-date.ts'
import { readWords } from '#lib/forms/written-words.ts'
import { HoldTestResultDocument } from '#lib/graph/index.ts'
import { resultAsSeen, resultAtDesk, stepsSeen } from '#lib/server/result-at-desk.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ locals, params, url, request: { method } }) => {
  const shown = await resultAsSeen(locals, { id: params.id, url, method, choice: 'hold' })
  const days = holdDays(shown.result.release.opensAt, shown.releaseDays, new Date())
  return { ...shown, days, formKey: newFormKey() }
}

export const actions: Actions = {
  hold: async ({ request, locals, params, url }) => {
    const form = await request.formData()
    const typed = typedDate(form)
    const { result, releaseDays } = await resultAtDesk(locals, params.id)
    // When it has changed since they read it, that is what they are told, and the graph says it.
    const asRead = stepsSeen(url) === result.release.steps.length
    const until = readHoldUntil(typed, holdDays(asRead ? result.release.opensAt : null, releaseDays, new Date()))
    const reason = readWords(form, 'reason', 'Reason', 'Enter the reason, for colleagues')
    const kept = { typed, words: reason.words }
    if ('message' in until || 'message' in reason)
      return fail(400, {
        ...kept,
        until: 'message' in until ? until : undefined,
        reason: 'message' in reason ? reason.message : undefined,
      })
    const { holdTestResult: outcome } = await locals.graph.write(HoldTestResultDocument, {
      input: {
        idempotencyKey: formKey(form),
        resultId: params.id,
        steps: stepsSeen(url),
        until: until.date,
        reason: reason.words,
      },
    })
    switch (outcome.__typename) {
      case 'TestResultHeld':
        redirect(303, `/desk/results/${outcome.result.id}?done=held`)
      case 'TestResultHasChanged':
      case 'TestResultNotReleasable':
        return fail(409, { ...kept, refusal: outcome.message })
      case 'TestResultNotFound':
        error(404, 'Not found')
      default:
        return outcome satisfies never
    }
  },
}
