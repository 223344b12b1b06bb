import type { MessagesChoreContext } from './context.ts'
import { appointmentToTell } from './appointment-notice.ts'
import { LoginCodeToSendDocument } from './graph/index.ts'
import { Channel, MessageKind, type OutgoingMessage } from './outgoing-message.entity.ts'
import type { Words } from './wording.ts'

export interface Content {
  readonly to: string
  readonly words: Words
}

/**
 * What a message says, and to which contact, by what is true at this moment: between the booking and 8 in the morning an
 * appointment is cancelled, a number changes, a patient dies.
 */
export function contentOf(
  message: OutgoingMessage,
  context: MessagesChoreContext,
): Promise<Content | 'NOTHING_TO_SAY' | 'NO_CONTACT'> {
  switch (message.kind) {
    case MessageKind.LOGIN_CODE:
      return codeContent(message, context)
    case MessageKind.APPOINTMENT_BOOKED:
      return newAppointmentContent(message, context)
    default:
      return message.kind satisfies never
  }
}

async function codeContent(message: OutgoingMessage, { graph, wording }: MessagesChoreContext) {
  const { challengeId = '' } = message.parameters
  const { loginCode } = await graph.ask(LoginCodeToSendDocument, { challengeId })
  if (!loginCode) return 'NOTHING_TO_SAY'
  const { code } = loginCode
  const { reference, expiresAt } = message
  const isText = message.channel === Channel.TEXT
  const words = isText ? wording.codeText({ code }) : wording.codeEmail({ code, expiresAt, reference })
  return { to: loginCode.contact, words }
}

async function newAppointmentContent(message: OutgoingMessage, { graph, clock, wording }: MessagesChoreContext) {
  const { appointmentId = '', linkReference = '' } = message.parameters
  const appointment = await appointmentToTell(graph, appointmentId, clock.now())
  if (typeof appointment === 'string') return 'NOTHING_TO_SAY'
  const { mobile, email, name } = appointment.patient
  const isText = message.channel === Channel.TEXT
  const to = isText ? mobile : email
  if (!to) return 'NO_CONTACT'
  const notice = {
    givenName: name.given[0] ?? '',
    link: wording.linkTo(linkReference),
    reference: message.reference,
  }
  return { to, words: isText ? wording.newAppointmentText(notice) : wording.newAppointmentEmail(notice) }
}

/** Where a text that cannot arrive goes instead. A code goes nowhere else: its person is asked to choose e-mail. */
export async function otherContact(
  message: OutgoingMessage,
  { graph, clock }: MessagesChoreContext,
): Promise<{ channel: Channel; to: string } | undefined> {
  if (message.kind === MessageKind.LOGIN_CODE || message.channel !== Channel.TEXT) return undefined
  const appointment = await appointmentToTell(graph, message.parameters.appointmentId ?? '', clock.now())
  if (typeof appointment === 'string' || !appointment.patient.email) return undefined
  return { channel: Channel.EMAIL, to: appointment.patient.email }
}
