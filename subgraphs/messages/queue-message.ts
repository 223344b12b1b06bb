import { randomUUID } from 'node:crypto'
import type { EntityManager } from '@mikro-orm/sql'
import { newReference } from '../runtime/reference.ts'
import { type Channel, MessageKind, OutgoingMessage } from './outgoing-message.entity.ts'

export interface WantedMessage {
  readonly dedupeKey: string
  readonly patientId: string | null
  readonly appointmentId: string | null
  readonly appointmentVersion: number | null
  readonly kind: MessageKind
  readonly channel: Channel
  readonly to: string
  readonly parameters: Record<string, string>
  /** Left out: now. */
  readonly notBefore?: Date
  readonly expiresAt: Date
  readonly evenAtNight: boolean
}

/** Puts a message in the queue, unless what it says was said before. The database decides, also between two at once. */
export async function queueMessage(em: EntityManager, wanted: WantedMessage, now: Date): Promise<boolean> {
  const id = randomUUID()
  const kept = await em.upsert(
    OutgoingMessage,
    {
      notBefore: now,
      ...wanted,
      id,
      reference: newReference(),
      urgent: wanted.kind === MessageKind.LOGIN_CODE,
      createdAt: now,
    },
    { onConflictFields: ['dedupeKey'], onConflictAction: 'ignore' },
  )
  return kept.id === id
}
