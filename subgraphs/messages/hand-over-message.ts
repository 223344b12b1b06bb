import type { EntityManager } from '@mikro-orm/sql'
import { kindOf } from '../runtime/log.ts'
import type { MessagesChoreContext } from './context.ts'
import { fail } from './fail.ts'
import { HandOverLoginCodeDocument } from './graph/index.ts'
import { type Content, contentOf } from './message-content.ts'
import { MessageKind, MessageState, type OutgoingMessage } from './outgoing-message.entity.ts'
import { mostTries, nextStatusCheck, nextTry } from './patience.ts'

/** Gives one message to its provider: at most once where the provider answers, and never what is too late or no longer true. */
export async function handOverMessage(
  context: MessagesChoreContext,
  em: EntityManager,
  message: OutgoingMessage,
): Promise<void> {
  const { clock } = context
  let content: Content | 'NOTHING_TO_SAY' | 'NO_CONTACT'
  try {
    const known = message.mayBeWithProvider && (await context.providers[message.channel].find(message.id))
    if (known) return await accepted(context, em, message, known.providerId)
    if (message.isTooLate(clock.now())) return message.end(MessageState.EXPIRED)
    if (message.attempts >= mostTries(message.kind)) return await fail(context, em, message, 'TRIED_LONG_ENOUGH')
    content = await contentOf(message, context)
  } catch (error) {
    // The provider or the graph is away: nothing was sent, and it does not count as a try.
    const soon = Math.max(message.attempts, 1)
    return message.tryAgain(nextTry(soon, clock.now()), kindOf(error).code ?? 'AWAY')
  }
  if (content === 'NOTHING_TO_SAY') return message.end(MessageState.SUPERSEDED)
  if (content === 'NO_CONTACT') return fail(context, em, message, content)
  if (message.isTooLate(clock.now())) return message.end(MessageState.EXPIRED)
  await send(context, em, message, content)
}

async function send(
  context: MessagesChoreContext,
  em: EntityManager,
  message: OutgoingMessage,
  { to, words }: Content,
): Promise<void> {
  message.to = to
  message.attempts += 1
  // Written before it leaves: after a crash from here on, the provider is asked first.
  await em.flush()
  const handed = await context.providers[message.channel].send({ reference: message.id, to, words })
  switch (handed.outcome) {
    case 'ACCEPTED':
      return accepted(context, em, message, handed.providerId)
    case 'REFUSED':
      return fail(context, em, message, handed.errorCode)
    case 'NOT_NOW':
      return message.tryAgain(nextTry(message.attempts, context.clock.now(), handed.retryAfter), handed.errorCode)
    default:
      return handed satisfies never
  }
}

async function accepted(
  context: MessagesChoreContext,
  em: EntityManager,
  message: OutgoingMessage,
  providerId: string | null,
): Promise<void> {
  const now = context.clock.now()
  message.sent(providerId, now, context.providers[message.channel].remembers ? nextStatusCheck(now, now) : null)
  await em.flush()
  if (message.kind === MessageKind.LOGIN_CODE) await wipeCode(context, message)
}

/** Where the code is kept, it is wiped now that it is on its way. If that cannot be said, it lapses there within two minutes. */
async function wipeCode({ graph, log }: MessagesChoreContext, message: OutgoingMessage): Promise<void> {
  const { challengeId = '' } = message.parameters
  try {
    await graph.ask(HandOverLoginCodeDocument, { input: { idempotencyKey: message.id, challengeId } })
  } catch (error) {
    log.warn({ ...kindOf(error), messageId: message.id }, 'a code that was sent could not be wiped, and lapses')
  }
}
