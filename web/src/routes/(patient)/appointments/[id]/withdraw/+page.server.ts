import { error, fail, redirect } from '@sveltejs/kit'
import { formKey, newFormKey } from '#lib/forms/form-key.ts'
import { RequestToWithdrawDocument, WithdrawChangeRequestDocument } from '#lib/graph/index.ts'
import { found } from '#lib/server/found.ts'
import { openRequest } from '#lib/words/appointments.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ locals, params }) => {
  const appointment = found((await locals.graph.read(RequestToWithdrawDocument, { id: params.id })).appointment)
  const request = openRequest(appointment.changeRequests) ?? null
  return { appointment, request, formKey: newFormKey() }
}

export const actions: Actions = {
  default: async ({ request, locals, params }) => {
    const form = await request.formData()
    const requestId = form.get('request')
    if (typeof requestId !== 'string') error(400, 'The form is incomplete')
    const input = { idempotencyKey: formKey(form), requestId }
    const { withdrawChangeRequest: outcome } = await locals.graph.write(WithdrawChangeRequestDocument, { input })
    switch (outcome.__typename) {
      case 'ChangeRequestWithdrawn':
        redirect(303, `/appointments/${encodeURIComponent(params.id)}/withdrawn`)
      case 'ChangeRequestClosed':
        return fail(409, { closed: outcome.message })
      case 'ChangeRequestNotFound':
        error(404, 'Not found')
      default:
        return outcome satisfies never
    }
  },
}
