import type { SubgraphDefinition } from '../runtime/subgraph.ts'
import type { Trust } from '../runtime/trust.ts'
import { AnswerHospitalMessage } from './answer-hospital-message.ts'
import type { MessagesExtra } from './context.ts'
import type { MessagesSettings } from './environment.ts'
import { forgetMessages } from './forget-messages.ts'
import { handOver } from './hand-over.ts'
import { HospitalMessage } from './hospital-message.entity.ts'
import { HospitalMessagesToReplay } from './hospital-messages-to-replay.ts'
import { hospitalMessageById, HospitalMessageFields } from './hospital-message.type.ts'
import { Link } from './link.entity.ts'
import { LinkQuery } from './link.ts'
import { firstMessagesStep } from './migrations/first-step.ts'
import { secondMessagesStep } from './migrations/second-step.ts'
import { thirdMessagesStep } from './migrations/third-step.ts'
import { onAppointmentBooked } from './on-appointment-booked.ts'
import { onAppointmentCancelled } from './on-appointment-cancelled.ts'
import { onAppointmentMoved } from './on-appointment-moved.ts'
import { onAppointmentRescheduled } from './on-appointment-rescheduled.ts'
import { onCancellationUndone } from './on-cancellation-undone.ts'
import { onChangeRequestAnswered } from './on-change-request-answered.ts'
import { onChangeRequestReceived } from './on-change-request-received.ts'
import { onDocumentPublished } from './on-document-published.ts'
import { onHospitalNoticeRefused } from './on-hospital-notice-refused.ts'
import { onLoginCodeRequested } from './on-login-code-requested.ts'
import { OutgoingMessage } from './outgoing-message.entity.ts'
import { policy } from './policy.ts'
import { openProviders } from './providers/open-providers.ts'
import { ReceiveHospitalMessage } from './receive-hospital-message.ts'
import { RefusedHospitalMessages } from './refused-hospital-messages.ts'
import { RequestReplay } from './request-replay.ts'
import { SealedTexts } from './sealed-text.ts'
import { Wording } from './wording.ts'

export type { MessagesExtra } from './context.ts'
export { type MessagesSettings, readMessagesSettings } from './environment.ts'

/** Every text and e-mail to patients, the links in them, and the log of what the hospital's systems sent. */
export const messages: SubgraphDefinition = {
  name: 'messages',
  resolvers: [
    LinkQuery,
    HospitalMessageFields,
    ReceiveHospitalMessage,
    AnswerHospitalMessage,
    RefusedHospitalMessages,
    RequestReplay,
    HospitalMessagesToReplay,
  ],
  references: { HospitalMessage: ({ id }, context) => hospitalMessageById(context, String(id)) },
  entities: [OutgoingMessage, Link, HospitalMessage],
  policy,
  steps: [firstMessagesStep, secondMessagesStep, thirdMessagesStep],
  reactions: [
    onLoginCodeRequested,
    onAppointmentBooked,
    onAppointmentRescheduled,
    onAppointmentCancelled,
    onCancellationUndone,
    onAppointmentMoved,
    onChangeRequestReceived,
    onChangeRequestAnswered,
    onHospitalNoticeRefused,
    onDocumentPublished,
  ],
  chores: [handOver, forgetMessages],
}

/** What the subgraph needs beside what every subgraph gets: pass it as `extra`. Throws when a text would not fit. */
export function messagesExtra(settings: MessagesSettings, trust: Trust): MessagesExtra {
  return {
    providers: openProviders(settings),
    wording: new Wording(trust, settings.publicUrl),
    texts: new SealedTexts(settings.messagesKey),
  }
}
