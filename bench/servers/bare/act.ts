import { createHash, randomUUID } from 'node:crypto'
import type { Database } from 'better-sqlite3'

interface Input {
  readonly idempotencyKey: string
  readonly appointmentId: string
}

/** What a patient does, inside its transaction. What would be refused throws: here everything must succeed. */
export type Act<Asked extends Input> = (patientId: string, input: Asked, now: number) => void

/**
 * The transaction around an act, with the promises the portal makes: it takes its lock at once, a key is used once and its
 * outcome kept for a repeat, and everything is on the disk before the answer. The portal claims the key first and adds the
 * outcome later, so that two at once on PostgreSQL meet there; with the lock of SQLite one statement is enough.
 */
export function once<Asked extends Input>(
  database: Database,
  { field, outcome }: { field: string; outcome: string },
  act: Act<Asked>,
) {
  const known = database.prepare<[string, string]>(
    'select request_hash, outcome, facts from idempotent_request where actor_id = ? and key = ?',
  )
  const keep = database.prepare(
    'insert into idempotent_request (actor_id, key, request_hash, outcome, facts, at) values (?, ?, ?, ?, ?, ?)',
  )
  const transaction = database.transaction((patientId: string, input: Asked) => {
    const { idempotencyKey, ...asked } = input
    const actor = `patient:${patientId}`
    if (known.get(actor, idempotencyKey)) throw new Error(`${field}: the key ${idempotencyKey} was used before`)
    const now = Date.now()
    act(patientId, input, now)
    const hash = createHash('sha256')
      .update(JSON.stringify([field, asked]))
      .digest('base64url')
    const facts = { appointment: { entity: 'Appointment', id: asked.appointmentId } }
    keep.run(actor, idempotencyKey, hash, outcome, JSON.stringify(facts), now)
  })
  return (patientId: string, input: Asked): string => {
    transaction.immediate(patientId, input)
    const data = { [field]: { __typename: outcome, appointment: { id: input.appointmentId } } }
    return `${JSON.stringify({ data })}\n`
  }
}

/** Writes what happened, with a delivery for each who hears of it. */
export function outbox(database: Database) {
  const event = database.prepare('insert into outbox_event (id, kind, ids, at) values (?, ?, ?, ?)')
  const delivery = database.prepare(
    'insert into delivery (id, event_id, subscriber, attempts, not_before) values (?, ?, ?, 0, ?)',
  )
  return (kind: string, ids: Record<string, string>, now: number, subscribers: readonly string[] = []): void => {
    const id = randomUUID()
    event.run(id, kind, JSON.stringify(ids), now)
    for (const subscriber of subscribers) delivery.run(randomUUID(), id, subscriber, now)
  }
}
