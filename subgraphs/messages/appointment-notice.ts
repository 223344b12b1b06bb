import type { Graph } from '../runtime/reaction.ts'
import { AppointmentToTellDocument, type AppointmentToTellQuery } from './graph/index.ts'
import { Channel, MessageKind } from './outgoing-message.entity.ts'
import * as sayings from './sayings.ts'

/** An appointment and its patient, as the graph tells them. */
export type AppointmentToTell = NonNullable<AppointmentToTellQuery['appointment']>
/** What a message about an appointment can be. */
export type NoticeKind = Exclude<MessageKind, MessageKind.LOGIN_CODE | MessageKind.DOCUMENT_PUBLISHED>
/** Why a patient is not told. */
export type Silence = 'NOT_THERE' | 'NOT_AHEAD' | 'NOT_SO' | 'NOT_MESSAGEABLE'

export async function askForAppointment(graph: Graph, appointmentId: string): Promise<AppointmentToTell | null> {
  return (await graph.ask(AppointmentToTellDocument, { appointmentId })).appointment ?? null
}

/** What a notice says, if what it announces is so at this moment and its patient wants to hear it; otherwise why not. */
export function sayingOf(
  kind: NoticeKind,
  appointment: AppointmentToTell | null,
  { requestId }: Record<string, string>,
  now: Date,
): sayings.Saying | Silence {
  if (!appointment) return 'NOT_THERE'
  if (new Date(appointment.startsAt) <= now) return 'NOT_AHEAD'
  if (!appointment.patient.messageable) return 'NOT_MESSAGEABLE'
  return sayIfSo(kind, appointment, requestId, now) ?? 'NOT_SO'
}

function sayIfSo(
  kind: NoticeKind,
  { status, cancellation, lastMove, hospitalConfirmation, changeRequests }: AppointmentToTell,
  requestId: string | undefined,
  now: Date,
): sayings.Saying | undefined {
  const isBooked = status === 'BOOKED'
  const isRefused = hospitalConfirmation === 'REFUSED'
  const request = changeRequests.find(({ id }) => id === requestId)
  switch (kind) {
    case MessageKind.APPOINTMENT_BOOKED:
      return isBooked ? sayings.newAppointment : undefined
    case MessageKind.APPOINTMENT_RESCHEDULED:
      return isBooked && lastMove?.by === 'PATIENT' && !isRefused ? sayings.rescheduled : undefined
    case MessageKind.APPOINTMENT_CANCELLED:
      return cancellation?.by === 'PATIENT' ? sayings.cancelled(ahead(cancellation.undoUntil, now)) : undefined
    case MessageKind.APPOINTMENT_CANCELLED_BY_HOSPITAL:
      return cancellation?.by === 'HOSPITAL' ? sayings.cancelledByHospital : undefined
    case MessageKind.APPOINTMENT_BOOKED_AGAIN:
      return isBooked ? sayings.bookedAgain : undefined
    case MessageKind.APPOINTMENT_MOVED:
      return isBooked ? sayings.moved : undefined
    case MessageKind.CHANGE_REQUEST_RECEIVED:
      return request?.status === 'OPEN' ? sayings.requestReceived(request) : undefined
    case MessageKind.CHANGE_REQUEST_ANSWERED:
      return request?.status === 'AGREED' || request?.status === 'REFUSED' ? sayings.requestAnswered : undefined
    case MessageKind.CHANGE_NOT_CONFIRMED:
      return isRefused ? sayings.notConfirmed : undefined
    default:
      return kind satisfies never
  }
}

function ahead(instant: string | null, now: Date): Date | null {
  const at = instant === null ? null : new Date(instant)
  return at && at > now ? at : null
}

/** A text when there is a mobile, otherwise an e-mail. */
export function firstContact({ mobile, email }: Pick<AppointmentToTell['patient'], 'mobile' | 'email'>) {
  if (mobile) return { channel: Channel.TEXT, to: mobile }
  return email ? { channel: Channel.EMAIL, to: email } : undefined
}
