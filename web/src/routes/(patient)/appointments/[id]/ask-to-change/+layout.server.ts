import { redirect } from '@sveltejs/kit'
import { AppointmentToChangeDocument } from '#lib/graph/index.ts'
import { found } from '#lib/server/found.ts'
import type { LayoutServerLoad } from './$types'

export const load: LayoutServerLoad = async ({ locals, params }) => {
  const appointment = found((await locals.graph.read(AppointmentToChangeDocument, { id: params.id })).appointment)
  if (appointment.canReschedule.__typename === 'RescheduleOpen') redirect(303, `/appointments/${appointment.id}/change`)
  return { appointment }
}
