import { error, fail, isRedirect, redirect } from '@sveltejs/kit'
import { formKey, newFormKey } from '#lib/forms/form-key.ts'
import {
  AcceptAppointmentDocument,
  AppointmentDocument,
  DocumentsOfAppointmentDocument,
  UndoCancellationDocument,
} from '#lib/graph/index.ts'
import { found } from '#lib/server/found.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ locals, params }) => {
  const [{ answer, hasGaps }, documents] = await Promise.all([
    locals.graph.readWithGaps(AppointmentDocument, { id: params.id }),
    documentsAbout(locals, params.id),
  ])
  // Away is not the same as not there.
  if (!answer.appointment && hasGaps) error(503, 'The service is not available')
  return { appointment: found(answer.appointment), letterIsAway: hasGaps, documents, formKey: newFormKey() }
}

/**
 * A question of its own: the appointment is shown whatever becomes of the letters and results about it. Undefined when they
 * cannot be had just now.
 */
async function documentsAbout({ graph }: App.Locals, id: string) {
  const asked = graph.read(DocumentsOfAppointmentDocument, { id })
  const answer = await asked.catch((problem: unknown) => {
    if (isRedirect(problem)) throw problem
  })
  return answer?.appointment?.documents
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
