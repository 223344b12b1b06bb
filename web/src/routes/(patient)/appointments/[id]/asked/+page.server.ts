import { redirect } from '@sveltejs/kit'
import { AskedAppointmentDocument } from '#lib/graph/index.ts'
import { found } from '#lib/server/found.ts'
import { openRequest } from '#lib/words/appointments.ts'
import type { PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ locals, params }) => {
  const appointment = found((await locals.graph.read(AskedAppointmentDocument, { id: params.id })).appointment)
  const request = openRequest(appointment.changeRequests)
  if (!request) redirect(303, `/appointments/${appointment.id}`)
  return { appointment, request }
}
