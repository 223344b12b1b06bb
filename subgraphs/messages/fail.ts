import type { EntityManager } from '@mikro-orm/sql'
import type { MessagesChoreContext } from './context.ts'
import { otherContact } from './message-content.ts'
import { MessageState, type OutgoingMessage } from './outgoing-message.entity.ts'
import { queueMessage } from './queue-message.ts'

/** A message that cannot arrive: what it says goes by the next channel, if there is one. */
export async function fail(
  context: MessagesChoreContext,
  em: EntityManager,
  message: OutgoingMessage,
  errorCode: string,
): Promise<void> {
  const { log, clock } = context
  const other = await otherContact(message, context)
  const { kind, parameters, expiresAt, evenAtNight } = message
  const about = {
    patientId: message.patientId ?? null,
    appointmentId: message.appointmentId ?? null,
    appointmentVersion: message.appointmentVersion ?? null,
  }
  // Before this one ends: after a crash in between it is done again, and the dedupe key lets only one through.
  if (other) {
    const dedupeKey = `${message.dedupeKey}:${other.channel.toLowerCase()}`
    await queueMessage(em, { ...other, ...about, dedupeKey, kind, parameters, expiresAt, evenAtNight }, clock.now())
  } else log.warn({ messageId: message.id, kind, errorCode }, 'message failed, and there is no other way')
  message.end(MessageState.FAILED, errorCode)
}
