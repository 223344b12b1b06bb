import { redirect } from '@sveltejs/kit'
import { AskedAppointmentDocument } from '#lib/graph/index.ts'
import { found } from '#lib/server/found.ts'
import type { PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ locals, params }) => {
  const appointment = found((await locals.graph.read(AskedAppointmentDocument, { id: params.id })).appointment)
  const [request] = appointment.changeRequests
  // The panel says what is true now, not what was true when someone kept the address.
  if (request?.status !== 'WITHDRAWN' || appointment.status !== 'BOOKED')
    redirect(303, `/appointments/${appointment.id}`)
  return { appointment, request }
}
