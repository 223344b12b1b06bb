import type { EntityManager } from '@mikro-orm/sql'
import type { MessagesChoreContext } from './context.ts'
import { fail } from './fail.ts'
import { MessageState, type OutgoingMessage } from './outgoing-message.entity.ts'
import { nextStatusCheck } from './patience.ts'
import type { Known } from './providers/provider.ts'

/** Asks the provider what became of a message that was sent. A failure nobody hears of is a patient who was never told. */
export async function followUp(
  context: MessagesChoreContext,
  em: EntityManager,
  message: OutgoingMessage,
): Promise<void> {
  const now = context.clock.now()
  const later = nextStatusCheck(message.sentAt ?? now, now)
  const known = await asked(context, message)
  if (known?.delivery === 'DELIVERED') message.end(MessageState.DELIVERED)
  else if (known?.delivery === 'FAILED') await fail(context, em, message, known.status)
  else message.checkAgain(later)
}

async function asked({ providers }: MessagesChoreContext, message: OutgoingMessage): Promise<Known | undefined> {
  try {
    return await providers[message.channel].find(message.id)
  } catch {
    // Away: the next check is soon enough.
    return undefined
  }
}
