import { error, fail, redirect } from '@sveltejs/kit'
import { formKey, newFormKey } from '#lib/forms/form-key.ts'
import { readWords } from '#lib/forms/written-words.ts'
import { RefuseChangeRequestDocument } from '#lib/graph/index.ts'
import { claimedRequest } from '#lib/server/claimed-request.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ locals, params, request: { method } }) => ({
  request: await claimedRequest(locals, params.id, method),
  formKey: newFormKey(),
})

export const actions: Actions = {
  refuse: async ({ request, locals, params }) => {
    const form = await request.formData()
    const reason = readWords(form, 'message', 'Reason', 'Enter the reason, for the patient')
    if ('message' in reason) return fail(400, { words: reason.words, problem: reason.message })
    const { refuseChangeRequest: outcome } = await locals.graph.write(RefuseChangeRequestDocument, {
      input: { idempotencyKey: formKey(form), requestId: params.id, message: reason.words },
    })
    switch (outcome.__typename) {
      case 'ChangeRequestRefused':
        redirect(303, `/desk/requests/${outcome.request.id}?answered`)
      case 'ChangeRequestNotClaimed':
      case 'ChangeRequestClosed':
        return fail(409, { words: reason.words, refusal: outcome.message })
      case 'ChangeRequestNotFound':
        error(404, 'Not found')
      default:
        return outcome satisfies never
    }
  },
}
