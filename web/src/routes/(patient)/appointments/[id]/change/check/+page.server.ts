import { error, fail, redirect } from '@sveltejs/kit'
import { answersIn, chosen, shownVersion, text } from '#lib/forms/answers.ts'
import { formKey, newFormKey } from '#lib/forms/form-key.ts'
import { FreeTimesDocument, RescheduleAppointmentDocument } from '#lib/graph/index.ts'
import { chosenTime, freeTime } from '#lib/server/free-time.ts'
import { forgetAnswers, keepAnswers, keptAnswers } from '#lib/server/unsent-answers.ts'
import { rescheduleReasons } from '#lib/words/reasons.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ cookies, locals, params }) => {
  const answers = keptAnswers(cookies, locals.visit, params.id)
  const time = chosenTime(answers.get('slot'))
  if (!chosen(rescheduleReasons, answers, 'reason') || !time)
    redirect(303, `/appointments/${encodeURIComponent(params.id)}/change/time`)
  const slot = await freeTime(locals, params.id, time)
  // Taken while they read the page before: other times stand on this one.
  const given = { appointmentId: params.id, from: null, after: null }
  const others = slot ? undefined : (await locals.graph.read(FreeTimesDocument, given)).availableSlots?.nodes
  return { answers, slot, others: others ?? [], formKey: newFormKey() }
}

export const actions: Actions = {
  default: async ({ request, cookies, locals, params }) => {
    const form = await request.formData()
    const answers = answersIn(form)
    keepAnswers(cookies, locals.visit, params.id, answers)
    const time = chosenTime(answers.get('slot'))
    const reason = chosen(rescheduleReasons, answers, 'reason')
    if (!time || !reason) error(400, 'The form is incomplete')
    const input = {
      idempotencyKey: formKey(form),
      appointmentId: params.id,
      version: shownVersion(form),
      slotId: time.slotId,
      reason,
      detail: text(answers, 'detail'),
    }
    const { rescheduleAppointment: outcome } = await locals.graph.write(RescheduleAppointmentDocument, { input })
    switch (outcome.__typename) {
      case 'AppointmentRescheduled':
        forgetAnswers(cookies, locals.visit)
        redirect(303, `/appointments/${outcome.appointment.id}/changed`)
      case 'SlotTaken':
      case 'SlotNotOffered':
        return fail(409, { problem: outcome.message, others: outcome.freshSlots })
      case 'CannotReschedule':
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
