import { error, fail, redirect } from '@sveltejs/kit'
import { answersIn, chosen, shownVersion, text } from '#lib/forms/answers.ts'
import { formKey, newFormKey } from '#lib/forms/form-key.ts'
import {
  CancelAppointmentDocument,
  type CancelAppointmentInput,
  RequestAppointmentCancellationDocument,
} from '#lib/graph/index.ts'
import { forgetAnswers, keepAnswers, keptAnswers } from '#lib/server/unsent-answers.ts'
import { cancellationReasons } from '#lib/words/reasons.ts'
import type { Actions, PageServerLoad, RequestEvent } from './$types'

export const load: PageServerLoad = ({ cookies, locals, params }) => {
  const answers = keptAnswers(cookies, locals.visit, params.id)
  if (!chosen(cancellationReasons, answers, 'reason'))
    redirect(303, `/appointments/${encodeURIComponent(params.id)}/cancel`)
  return { answers, formKey: newFormKey() }
}

export const actions: Actions = {
  cancel: async (event) => {
    const input = await readForm(event)
    const { cancelAppointment: outcome } = await event.locals.graph.write(CancelAppointmentDocument, { input })
    switch (outcome.__typename) {
      case 'AppointmentCancelled':
        forgetAnswers(event.cookies, event.locals.visit)
        redirect(303, `/appointments/${outcome.appointment.id}/cancelled`)
      case 'CannotCancel':
        return fail(409, { refusal: { message: outcome.message, contact: outcome.contact } })
      case 'AppointmentHasChanged':
        return fail(409, { hasChanged: outcome.message })
      case 'AppointmentNotFound':
        error(404, 'Not found')
      default:
        return outcome satisfies never
    }
  },

  ask: async (event) => {
    const input = await readForm(event)
    const { requestAppointmentCancellation: outcome } = await event.locals.graph.write(
      RequestAppointmentCancellationDocument,
      { input },
    )
    switch (outcome.__typename) {
      case 'ChangeRequested':
        forgetAnswers(event.cookies, event.locals.visit)
        redirect(303, `/appointments/${input.appointmentId}/asked`)
      case 'CannotCancel':
        return fail(409, { refusal: { message: outcome.message, contact: outcome.contact } })
      case 'AppointmentHasChanged':
        return fail(409, { hasChanged: outcome.message })
      case 'AppointmentNotFound':
        error(404, 'Not found')
      default:
        return outcome satisfies never
    }
  },
}

/** What is sent is what stood on the page, for both ways of cancelling. */
async function readForm({ request, cookies, locals, params }: RequestEvent): Promise<CancelAppointmentInput> {
  const form = await request.formData()
  const answers = answersIn(form)
  keepAnswers(cookies, locals.visit, params.id, answers)
  const reason = chosen(cancellationReasons, answers, 'reason')
  if (!reason) error(400, 'The form is incomplete')
  return {
    idempotencyKey: formKey(form),
    appointmentId: params.id,
    version: shownVersion(form),
    reason,
    detail: text(answers, 'detail'),
  }
}
