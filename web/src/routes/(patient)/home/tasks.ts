import type { HomeQuery, UnreadDocumentsQuery } from '#lib/graph/index.ts'
import { dayAndDate } from '#lib/words/dates.ts'
import { documentPath, kindWords } from '#lib/words/documents.ts'
import { untilWords } from '#lib/words/times.ts'

type HomeAppointment = NonNullable<HomeQuery['me']>['appointments']['nodes'][number]
type UnreadDocument = UnreadDocumentsQuery['documents']['nodes'][number]

/** Something a person may want to do. */
export interface Task {
  href: string
  heading: string
}

/** What there is to do about appointments: first what goes wrong without it, then what runs out of time, then what can wait. */
export function tasksOf(appointments: readonly HomeAppointment[], now: Date): Task[] {
  const refused = appointments.filter(({ hospitalConfirmation }) => hospitalConfirmation === 'REFUSED')
  const toAccept = appointments.filter(
    ({ acceptance, hospitalConfirmation }) =>
      acceptance.__typename === 'AcceptanceOpen' && hospitalConfirmation !== 'REFUSED',
  )
  return [
    ...refused.map(({ id, startsAt }) => ({
      href: pageOf(id),
      heading: `The hospital could not confirm what you did about your appointment on ${dayAndDate(startsAt)}`,
    })),
    ...appointments.flatMap(({ id, startsAt, cancellation }) => {
      const until = cancellation?.undoUntil
      if (!until || Date.parse(until) <= now.getTime()) return []
      const heading = `You cancelled your appointment on ${dayAndDate(startsAt)}. You can undo this until ${untilWords(until, now)}`
      return [{ href: pageOf(id), heading }]
    }),
    ...toAccept.map(({ id, startsAt }) => ({
      href: pageOf(id),
      heading: `Accept your appointment on ${dayAndDate(startsAt)}`,
    })),
  ]
}

/** What there is to read, the newest first. The letter of an appointment that is to be looked at anyway is left to that. */
export function readingTasks(documents: readonly UnreadDocument[], others: readonly Task[]): Task[] {
  const looked = new Set(others.map(({ href }) => href))
  return documents
    .filter(({ appointment }) => appointment === null || !looked.has(pageOf(appointment.id)))
    .map((document) => ({ href: documentPath(document), heading: `Read your ${naming(document)}` }))
}

const pageOf = (appointmentId: string) => `/appointments/${appointmentId}`

function naming({ kind, title }: UnreadDocument): string {
  const words = kindWords[kind].toLowerCase()
  return title.toLowerCase() === words ? words : `${words}: ${title}`
}
