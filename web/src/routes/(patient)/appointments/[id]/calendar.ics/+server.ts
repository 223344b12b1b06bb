import { CalendarAppointmentDocument } from '#lib/graph/index.ts'
import { appointmentCalendar } from '#lib/server/calendar.ts'
import { found } from '#lib/server/found.ts'
import type { RequestHandler } from './$types'

export const GET: RequestHandler = async ({ locals, params }) => {
  const { appointment } = await locals.graph.read(CalendarAppointmentDocument, { id: params.id })
  const { serviceName, shortName } = await locals.trust()
  const calendar = appointmentCalendar(
    found(appointment),
    { publicUrl: locals.visit.settings.publicUrl, serviceName, shortName },
    new Date(),
  )
  return new Response(calendar, {
    headers: {
      'content-type': 'text/calendar; charset=utf-8; method=PUBLISH',
      'content-disposition': 'attachment; filename="appointment.ics"',
    },
  })
}
