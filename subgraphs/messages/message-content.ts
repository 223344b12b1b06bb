import type { MessagesChoreContext } from './context.ts'
import { askForAppointment, type NoticeKind, sayingOf } from './appointment-notice.ts'
import { LoginCodeToSendDocument } from './graph/index.ts'
import { Channel, MessageKind, OutgoingMessage } from './outgoing-message.entity.ts'
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
  const { kind } = message
  return kind === MessageKind.LOGIN_CODE ? codeContent(message, context) : noticeContent(message, kind, context)
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

async function noticeContent(message: OutgoingMessage, kind: NoticeKind, context: MessagesChoreContext) {
  const { graph, clock, wording } = context
  const { appointmentId, parameters, reference } = message
  if (await hasLaterNotice(message, context)) return 'NOTHING_TO_SAY'
  const appointment = await askForAppointment(graph, appointmentId ?? '')
  const saying = sayingOf(kind, appointment, parameters, clock.now())
  if (!appointment || typeof saying === 'string') return 'NOTHING_TO_SAY'
  const { mobile, email, name } = appointment.patient
  const isText = message.channel === Channel.TEXT
  const to = isText ? mobile : email
  if (!to) return 'NO_CONTACT'
  const givenName = name.given[0] ?? ''
  const notice = { givenName, link: wording.linkTo(parameters.linkReference ?? ''), reference }
  return { to, words: isText ? wording.noticeText(saying, notice) : wording.noticeEmail(saying, notice) }
}

/** The same appointment changed again, and that is told: two messages at once would leave open which of them holds. */
async function hasLaterNotice({ appointmentId, appointmentVersion }: OutgoingMessage, { fork }: MessagesChoreContext) {
  if (!appointmentId || appointmentVersion == null) return false
  return (await fork().count(OutgoingMessage, { appointmentId, appointmentVersion: { $gt: appointmentVersion } })) > 0
}

/** Where a text that cannot arrive goes instead. A code goes nowhere else: its person is asked to choose e-mail. */
export async function otherContact(
  { kind, channel, appointmentId, parameters }: OutgoingMessage,
  { graph, clock }: MessagesChoreContext,
): Promise<{ channel: Channel; to: string } | undefined> {
  if (kind === MessageKind.LOGIN_CODE || channel !== Channel.TEXT) return undefined
  const appointment = await askForAppointment(graph, appointmentId ?? '')
  if (!appointment?.patient.email || typeof sayingOf(kind, appointment, parameters, clock.now()) === 'string')
    return undefined
  return { channel: Channel.EMAIL, to: appointment.patient.email }
}
