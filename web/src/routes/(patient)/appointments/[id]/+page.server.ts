import { error, fail, redirect } from '@sveltejs/kit'
import { formKey, newFormKey } from '#lib/forms/form-key.ts'
import { AcceptAppointmentDocument, AppointmentDocument, UndoCancellationDocument } from '#lib/graph/index.ts'
import { found } from '#lib/server/found.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ locals, params }) => {
  const { answer, hasGaps } = await locals.graph.readWithGaps(AppointmentDocument, { id: params.id })
  // Away is not the same as not there.
  if (!answer.appointment && hasGaps) error(503, 'The service is not available')
  return { appointment: found(answer.appointment), letterIsAway: hasGaps, formKey: newFormKey() }
}

export const actions: Actions = {
  accept: async ({ request, locals, params }) => {
    const input = { idempotencyKey: formKey(await request.formData()), appointmentId: params.id }
    const { acceptAppointment: outcome } = await locals.graph.write(AcceptAppointmentDocument, { input })
    switch (outcome.__typename) {
      case 'AppointmentAccepted':
        redirect(303, `/appointments/${outcome.appointment.id}/accepted`)
      case 'AppointmentNotFound':
        error(404, 'Not found')
      case 'CannotAccept':
        return fail(409, {
          refused: 'You cannot accept this appointment',
          refusal: { message: outcome.message, contact: outcome.contact },
        })
      default:
        return outcome satisfies never
    }
  },

  undo: async ({ request, locals, params }) => {
    const input = { idempotencyKey: formKey(await request.formData()), appointmentId: params.id }
    const { undoCancellation: outcome } = await locals.graph.write(UndoCancellationDocument, { input })
    switch (outcome.__typename) {
      case 'CancellationUndone':
        redirect(303, `/appointments/${outcome.appointment.id}/undone`)
      case 'AppointmentNotFound':
        error(404, 'Not found')
      case 'CannotUndo':
        return fail(409, {
          refused: 'You cannot undo this cancellation',
          refusal: { message: outcome.message, contact: outcome.contact },
        })
      default:
        return outcome satisfies never
    }
  },
}
