import { error, fail, redirect } from '@sveltejs/kit'
import { formKey, newFormKey } from '#lib/forms/form-key.ts'
import { ChangeRequestDocument, ClaimChangeRequestDocument, ReleaseChangeRequestDocument } from '#lib/graph/index.ts'
import { found } from '#lib/server/found.ts'
import { londonDay } from '#lib/words/dates.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ locals, params, url }) => {
  const request = found((await locals.graph.read(ChangeRequestDocument, { id: params.id })).changeRequest)
  return {
    request,
    overdue: request.status === 'OPEN' && request.answerBy < londonDay(new Date()),
    answered: url.searchParams.has('answered'),
    // One key for each form: the same key must never come with another act.
    claimKey: newFormKey(),
    releaseKey: newFormKey(),
  }
}

export const actions: Actions = {
  claim: async ({ request, locals, params }) => {
    const input = { idempotencyKey: formKey(await request.formData()), requestId: params.id }
    const { claimChangeRequest: outcome } = await locals.graph.write(ClaimChangeRequestDocument, { input })
    switch (outcome.__typename) {
      case 'ChangeRequestClaimed':
        redirect(303, `/desk/requests/${outcome.request.id}`)
      case 'ChangeRequestClaimedByAnother':
      case 'ChangeRequestClosed':
        return fail(409, { refusal: outcome.message })
      case 'ChangeRequestNotFound':
        error(404, 'Not found')
      default:
        return outcome satisfies never
    }
  },

  release: async ({ request, locals, params }) => {
    const input = { idempotencyKey: formKey(await request.formData()), requestId: params.id }
    const { releaseChangeRequest: outcome } = await locals.graph.write(ReleaseChangeRequestDocument, { input })
    switch (outcome.__typename) {
      case 'ChangeRequestReleased':
        redirect(303, `/desk/requests/${outcome.request.id}`)
      case 'ChangeRequestNotClaimed':
      case 'ChangeRequestClosed':
        return fail(409, { refusal: outcome.message })
      case 'ChangeRequestNotFound':
        error(404, 'Not found')
      default:
        return outcome satisfies never
    }
  },
}
