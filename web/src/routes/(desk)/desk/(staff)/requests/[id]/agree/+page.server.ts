import { fail, redirect } from '@sveltejs/kit'
import { calendarDay } from '#lib/forms/calendar-day.ts'
import { FreeTimesDocument } from '#lib/graph/index.ts'
import { claimedRequest } from '#lib/server/claimed-request.ts'
import { found } from '#lib/server/found.ts'
import { chosenTime } from '#lib/server/free-time.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ locals, params, url, request: { method } }) => {
  const request = await claimedRequest(locals, params.id, method)
  if (request.kind === 'CANCELLATION') redirect(303, `/desk/requests/${request.id}/agree/check`)
  const from = calendarDay(url.searchParams.get('from'))
  const after = url.searchParams.get('after')
  const given = { appointmentId: request.appointment.id, from: from ?? null, after }
  const slots = found((await locals.graph.read(FreeTimesDocument, given)).availableSlots)
  return {
    request,
    from,
    slots: slots.nodes,
    pageInfo: slots.pageInfo,
    // A form that chose nothing comes back to the same times.
    choose: `/choose&${new URLSearchParams({ ...(from && { from }), ...(after && { after }) })}`,
    continued: after !== null,
    gone: url.searchParams.has('gone'),
  }
}

export const actions: Actions = {
  choose: async ({ request, params }) => {
    const chosen = chosenTime((await request.formData()).get('slot'))
    if (!chosen) return fail(400, { problem: 'Choose a time for the appointment' })
    const query = new URLSearchParams({ day: chosen.day, slot: chosen.slotId })
    redirect(303, `/desk/requests/${encodeURIComponent(params.id)}/agree/check?${query}`)
  },
}
