import type { HomeQuery } from '#lib/graph/index.ts'
import { dayAndDate } from '#lib/words/dates.ts'
import { untilWords } from '#lib/words/times.ts'

type HomeAppointment = NonNullable<HomeQuery['me']>['appointments']['nodes'][number]

/** Something a person may want to do about an appointment. */
export interface Task {
  id: string
  heading: string
}

/** What there is to do: first what goes wrong without it, then what runs out of time, then what can wait. */
export function tasksOf(appointments: readonly HomeAppointment[], now: Date): Task[] {
  const refused = appointments.filter(({ hospitalConfirmation }) => hospitalConfirmation === 'REFUSED')
  const toAccept = appointments.filter(
    ({ acceptance, hospitalConfirmation }) =>
      acceptance.__typename === 'AcceptanceOpen' && hospitalConfirmation !== 'REFUSED',
  )
  return [
    ...refused.map(({ id, startsAt }) => ({
      id,
      heading: `The hospital could not confirm what you did about your appointment on ${dayAndDate(startsAt)}`,
    })),
    ...appointments.flatMap(({ id, startsAt, cancellation }) => {
      const until = cancellation?.undoUntil
      if (!until || Date.parse(until) <= now.getTime()) return []
      const heading = `You cancelled your appointment on ${dayAndDate(startsAt)}. You can undo this until ${untilWords(until, now)}`
      return [{ id, heading }]
    }),
    ...toAccept.map(({ id, startsAt }) => ({ id, heading: `Accept your appointment on ${dayAndDate(startsAt)}` })),
  ]
}
