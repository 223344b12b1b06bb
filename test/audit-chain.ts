import { AuditEntry } from '../subgraphs/runtime/audit.ts'
import type { AuditRow } from './rows-of.ts'

/** A row of the audit with the time of it, as either engine keeps it. */
export type Kept = AuditRow & { at: number | string | Date }

/** A row as the portal itself sees it. */
export const entryOf = (row: Kept) =>
  ({
    patientId: row.patient_id,
    sequence: row.sequence,
    at: new Date(row.at),
    role: row.role,
    actorId: row.actor_id,
    operation: row.operation,
    requestId: row.request_id,
    previousHash: row.previous_hash,
  }) as unknown as AuditEntry

/** The first number at which the chain of one patient does not hold, counted from 1. */
export function brokenAt(rows: Kept[]): number | undefined {
  let previous = 'start'
  for (const [index, row] of rows.entries()) {
    const holds =
      row.sequence === index + 1 && row.previous_hash === previous && row.hash === AuditEntry.fingerprint(entryOf(row))
    if (!holds) return index + 1
    previous = row.hash
  }
  return undefined
}
