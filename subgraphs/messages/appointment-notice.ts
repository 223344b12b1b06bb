import type { Graph } from '../runtime/reaction.ts'
import { BookedAppointmentDocument, type BookedAppointmentQuery } from './graph/index.ts'
import { Channel } from './outgoing-message.entity.ts'

type Booked = NonNullable<BookedAppointmentQuery['appointment']>

/** A booked appointment and its patient, when there is something to tell them; otherwise the reason why not. */
export async function appointmentToTell(
  graph: Graph,
  appointmentId: string,
  now: Date,
): Promise<Booked | 'NOT_THERE' | 'NOT_AHEAD' | 'NOT_MESSAGEABLE'> {
  const { appointment } = await graph.ask(BookedAppointmentDocument, { appointmentId })
  if (!appointment) return 'NOT_THERE'
  if (appointment.status !== 'BOOKED' || new Date(appointment.startsAt) <= now) return 'NOT_AHEAD'
  return appointment.patient.messageable ? appointment : 'NOT_MESSAGEABLE'
}

/** A text when there is a mobile, otherwise an e-mail. */
export function firstContact({ mobile, email }: Booked['patient']): { channel: Channel; to: string } | undefined {
  if (mobile) return { channel: Channel.TEXT, to: mobile }
  return email ? { channel: Channel.EMAIL, to: email } : undefined
}
