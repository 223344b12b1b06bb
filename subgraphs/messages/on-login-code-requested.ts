import { reaction } from '../runtime/reaction.ts'
import { LoginCodeToSendDocument } from './graph/index.ts'
import { Channel, MessageKind } from './outgoing-message.entity.ts'
import { queueMessage } from './queue-message.ts'

/** A code was asked for: sends it. For a contact that nobody has there is no code, and nothing is made. */
export const onLoginCodeRequested = reaction({
  kind: 'login-code.requested',
  read: async ({ graph }, { challengeId = '' }) =>
    (await graph.ask(LoginCodeToSendDocument, { challengeId })).loginCode,
  async write({ em, clock }, loginCode, { challengeId = '' }) {
    if (!loginCode) return
    const wanted = {
      dedupeKey: `login-code:${challengeId}`,
      patientId: null,
      appointmentId: null,
      appointmentVersion: null,
      kind: MessageKind.LOGIN_CODE,
      channel: Channel[loginCode.channel],
      to: loginCode.contact,
      parameters: { challengeId },
      expiresAt: new Date(loginCode.expiresAt),
      evenAtNight: true,
    }
    await queueMessage(em, wanted, clock.now())
  },
})
