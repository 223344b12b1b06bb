import type { MessagesChoreContext } from './context.ts'
import { askForAppointment, sayingOf } from './appointment-notice.ts'
import { newsOf } from './document-notice.ts'
import { LoginCodeToSendDocument } from './graph/index.ts'
import { Channel, MessageKind, OutgoingMessage } from './outgoing-message.entity.ts'
import type { Words } from './wording.ts'

export interface Content {
  readonly to: string
  readonly words: Words
}

/** Everything that is told, and not handed over as codes are. */
type TellingKind = Exclude<MessageKind, MessageKind.LOGIN_CODE>

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

async function noticeContent(message: OutgoingMessage, kind: TellingKind, context: MessagesChoreContext) {
  const { parameters, reference } = message
  const notice = await noticeNow(message, kind, context)
  if (!notice) return 'NOTHING_TO_SAY'
  const { saying, patient } = notice
  const isText = message.channel === Channel.TEXT
  const to = isText ? patient.mobile : patient.email
  if (!to) return 'NO_CONTACT'
  const { wording } = context
  const givenName = patient.name.given[0] ?? ''
  const words = { givenName, link: wording.linkTo(parameters.linkReference ?? ''), reference }
  return { to, words: isText ? wording.noticeText(saying, words) : wording.noticeEmail(saying, words) }
}

/** What is said to whom at this moment: undefined when there is nothing to say any more. */
async function noticeNow(message: OutgoingMessage, kind: TellingKind, context: MessagesChoreContext) {
  const { graph, clock } = context
  if (kind === MessageKind.DOCUMENT_PUBLISHED) return newsOf(message, graph)
  if (await hasLaterNotice(message, context)) return undefined
  const appointment = await askForAppointment(graph, message.appointmentId ?? '')
  const saying = sayingOf(kind, appointment, message.parameters, clock.now())
  return appointment && typeof saying !== 'string' ? { saying, patient: appointment.patient } : undefined
}

/** The same appointment changed again, and that is told: two messages at once would leave open which of them holds. */
async function hasLaterNotice({ appointmentId, appointmentVersion }: OutgoingMessage, { fork }: MessagesChoreContext) {
  if (!appointmentId || appointmentVersion == null) return false
  return (await fork().count(OutgoingMessage, { appointmentId, appointmentVersion: { $gt: appointmentVersion } })) > 0
}

/** Where a text that cannot arrive goes instead. A code goes nowhere else: its person is asked to choose e-mail. */
export async function otherContact(
  message: OutgoingMessage,
  context: MessagesChoreContext,
): Promise<{ channel: Channel; to: string } | undefined> {
  const { kind, channel } = message
  if (kind === MessageKind.LOGIN_CODE || channel !== Channel.TEXT) return undefined
  const email = (await noticeNow(message, kind, context))?.patient.email
  return email ? { channel: Channel.EMAIL, to: email } : undefined
}
