import { error, fail, redirect } from '@sveltejs/kit'
import { allChosen, answersIn, chosen, shownVersion, text } from '#lib/forms/answers.ts'
import { formKey, newFormKey } from '#lib/forms/form-key.ts'
import { RequestAppointmentChangeDocument } from '#lib/graph/index.ts'
import { forgetAnswers, keepAnswers, keptAnswers } from '#lib/server/unsent-answers.ts'
import { timesOfDay, weekdays } from '#lib/words/preferences.ts'
import { rescheduleReasons } from '#lib/words/reasons.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = ({ cookies, locals, params }) => {
  const answers = keptAnswers(cookies, locals.visit, params.id)
  const reason = chosen(rescheduleReasons, answers, 'reason')
  if (!reason) redirect(303, `/appointments/${encodeURIComponent(params.id)}/ask-to-change`)
  return { answers, asked: { reason, ...wishes(answers) }, formKey: newFormKey() }
}

export const actions: Actions = {
  default: async ({ request, cookies, locals, params }) => {
    const form = await request.formData()
    const answers = answersIn(form)
    keepAnswers(cookies, locals.visit, params.id, answers)
    const reason = chosen(rescheduleReasons, answers, 'reason')
    if (!reason) error(400, 'The form is incomplete')
    const input = {
      idempotencyKey: formKey(form),
      appointmentId: params.id,
      version: shownVersion(form),
      reason,
      ...wishes(answers),
    }
    const { requestAppointmentChange: outcome } = await locals.graph.write(RequestAppointmentChangeDocument, { input })
    switch (outcome.__typename) {
      case 'ChangeRequested':
        forgetAnswers(cookies, locals.visit)
        redirect(303, `/appointments/${encodeURIComponent(params.id)}/asked`)
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

function wishes(answers: URLSearchParams) {
  return {
    preferredDays: allChosen(weekdays, answers, 'days'),
    preferredTimes: allChosen(timesOfDay, answers, 'times'),
    unavailable: text(answers, 'unavailable'),
    detail: text(answers, 'detail'),
  }
}
