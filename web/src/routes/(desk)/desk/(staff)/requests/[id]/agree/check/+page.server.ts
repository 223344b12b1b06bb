import { error, fail, redirect } from '@sveltejs/kit'
import { formKey, newFormKey } from '#lib/forms/form-key.ts'
import { readWords } from '#lib/forms/written-words.ts'
import { AgreeToChangeRequestDocument } from '#lib/graph/index.ts'
import { claimedRequest } from '#lib/server/claimed-request.ts'
import { chosenTime, freeTime } from '#lib/server/free-time.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ locals, params, url, request: { method } }) => {
  const request = await claimedRequest(locals, params.id, method)
  if (request.kind === 'CANCELLATION') return { request, slot: undefined, formKey: newFormKey() }
  const chosen = chosenTime(`${url.searchParams.get('day')}.${url.searchParams.get('slot')}`)
  const slot = chosen && (await freeTime(locals, request.appointment.id, chosen))
  // After a form was sent the page itself says what became of the time.
  if (!slot && method === 'GET') redirect(303, `/desk/requests/${request.id}/agree?gone`)
  return { request, slot, formKey: newFormKey() }
}

export const actions: Actions = {
  agree: async ({ request, locals, params, url }) => {
    const form = await request.formData()
    const message = readWords(form, 'message', 'Message')
    if ('message' in message) return fail(400, { words: message.words, problem: message.message })
    const slotId = chosenTime(form.get('slot'))?.slotId ?? url.searchParams.get('slot')
    const { agreeToChangeRequest: outcome } = await locals.graph.write(AgreeToChangeRequestDocument, {
      input: { idempotencyKey: formKey(form), requestId: params.id, slotId, message: message.words || null },
    })
    switch (outcome.__typename) {
      case 'ChangeRequestAgreed':
        redirect(303, `/desk/requests/${outcome.request.id}?answered`)
      case 'SlotTaken':
      case 'SlotNotOffered':
        return fail(409, { words: message.words, taken: outcome.message, freshSlots: outcome.freshSlots })
      case 'ChangeRequestNotClaimed':
      case 'ChangeRequestClosed':
        return fail(409, { words: message.words, refusal: outcome.message })
      case 'ChangeRequestNotFound':
        error(404, 'Not found')
      default:
        return outcome satisfies never
    }
  },
}
