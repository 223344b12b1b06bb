import { redirect } from '@sveltejs/kit'
import { newFormKey } from '#lib/forms/form-key.ts'
import { CancelledAppointmentDocument } from '#lib/graph/index.ts'
import { found } from '#lib/server/found.ts'
import type { PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ locals, params }) => {
  const appointment = found((await locals.graph.read(CancelledAppointmentDocument, { id: params.id })).appointment)
  const { status, cancellation } = appointment
  // The panel says what is true now, not what was true when someone kept the address.
  if (status !== 'CANCELLED' || cancellation?.by !== 'PATIENT') redirect(303, `/appointments/${appointment.id}`)
  return { appointment, cancellation, formKey: newFormKey() }
}
