import { fail, redirect } from '@sveltejs/kit'
import { answersIn, chosen } from '#lib/forms/answers.ts'
import { calendarDay } from '#lib/forms/calendar-day.ts'
import { FreeTimesDocument } from '#lib/graph/index.ts'
import { found } from '#lib/server/found.ts'
import { chosenTime } from '#lib/server/free-time.ts'
import { keepAnswers, keptAnswers } from '#lib/server/unsent-answers.ts'
import { rescheduleReasons } from '#lib/words/reasons.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ cookies, locals, params, url }) => {
  const answers = keptAnswers(cookies, locals.visit, params.id)
  if (!chosen(rescheduleReasons, answers, 'reason'))
    redirect(303, `/appointments/${encodeURIComponent(params.id)}/change`)
  const from = calendarDay(url.searchParams.get('from'))
  const after = url.searchParams.get('after')
  const given = { appointmentId: params.id, from: from ?? null, after }
  const slots = found((await locals.graph.read(FreeTimesDocument, given)).availableSlots)
  return { answers, from, slots: slots.nodes, pageInfo: slots.pageInfo, isFirstPage: after === null }
}

export const actions: Actions = {
  default: async ({ request, cookies, locals, params }) => {
    const answers = answersIn(await request.formData())
    keepAnswers(cookies, locals.visit, params.id, answers)
    if (!chosenTime(answers.get('slot')))
      return fail(400, { problems: [{ field: 'slot', message: 'Select a new date and time' }] })
    redirect(303, `/appointments/${encodeURIComponent(params.id)}/change/check`)
  },
}
