import { redirect } from '@sveltejs/kit'
import { ChangedAppointmentDocument } from '#lib/graph/index.ts'
import { found } from '#lib/server/found.ts'
import type { PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ locals, params }) => {
  const appointment = found((await locals.graph.read(ChangedAppointmentDocument, { id: params.id })).appointment)
  // The panel says what is true now, not what was true when someone kept the address.
  const { status, lastMove, hospitalConfirmation } = appointment
  if (status !== 'BOOKED' || lastMove?.by !== 'PATIENT' || hospitalConfirmation === 'REFUSED')
    redirect(303, `/appointments/${appointment.id}`)
  return { appointment, lastMove }
}
