import { createHash, randomBytes } from 'node:crypto'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { people } from '../plan.ts'
import { freeSlotOf } from './first-person.ts'

/** Somebody who is logged in, with their appointments. */
export interface Person {
  readonly id: string
  readonly token: string
  readonly visits: readonly Visit[]
}

/** An appointment that can be accepted, and be moved to a slot that nobody else wants. */
export interface Visit {
  readonly id: string
  readonly freeSlotId: string
}

/** Columns that differ from copy to copy, as SQL: `copies.n` is the number of the copy. */
type Changes = Record<string, string>

const another = (...columns: string[]): Changes =>
  Object.fromEntries(columns.map((column) => [column, `"${column}" || '-' || copies.n`]))

/**
 * Makes everybody else out of the first person: their rows again and again, under other ids, as many as a hospital has.
 * Each has a clinician of their own, so that nobody's times clash with anybody's.
 */
export function copyFirstPerson(folder: string): Person[] {
  inDatabase(folder, 'appointments', (database) => {
    copy(database, 'slot', another('id', 'hospital_id', 'clinician'))
    copy(database, 'appointment', another('id', 'hospital_id', 'patient_id', 'slot_id', 'clinician'))
  })
  inDatabase(folder, 'documents', (database) => {
    copy(database, 'document', another('id', 'hospital_id', 'appointment_id', 'patient_id'))
    copy(database, 'test_observation', another('id', 'result_id', 'patient_id'))
  })
  const ids = inDatabase(folder, 'patients', (database) => {
    // One NHS number is one person's: a partner is asked for the first one's records alone.
    copy(database, 'patient', { ...another('id', 'hospital_number'), nhs_number: 'null' })
    return database.prepare('select id from patient order by id').pluck().all() as string[]
  })
  const loggedIn = logIn(folder, ids)
  return inDatabase(folder, 'appointments', (database) => {
    const theirs = database.prepare<[string], Visit>(
      `select a.id, s.id as freeSlotId from appointment a join slot s on s.hospital_id = '${freeSlotOf('')}' || a.hospital_id
       where a.patient_id = ? order by a.id`,
    )
    return loggedIn.map(({ id, token }) => ({ id, token, visits: theirs.all(id) }))
  })
}

function copy(database: Sqlite.Database, table: string, changes: Changes): void {
  const columns = database.prepare('select name from pragma_table_info(?)').pluck().all(table) as string[]
  const values = columns.map((column) => changes[column] ?? `"${column}"`)
  const count = people - 1
  database.exec(`
    with recursive copies(n) as (select 1 union all select n + 1 from copies where n < ${count})
    insert into "${table}" (${columns.map((it) => `"${it}"`).join(', ')})
    select ${values.join(', ')} from (select * from "${table}"), copies`)
}

/** A session for each, as the log in would write it: 2,000 codes by text would take longer than the measuring. */
function logIn(folder: string, ids: readonly string[]): { id: string; token: string }[] {
  return inDatabase(folder, 'patients', (database) => {
    const insert = database.prepare(
      'insert into session (id, patient_id, token_hash, device, started_at, last_seen_at) values (?, ?, ?, ?, ?, ?)',
    )
    return ids.map((id) => {
      const token = randomBytes(32).toString('base64url')
      const hash = createHash('sha256').update(token).digest('base64url')
      const now = Date.now()
      insert.run(`session-${id}`, id, hash, 'Bench', now, now)
      return { id, token }
    })
  })
}

function inDatabase<Result>(folder: string, name: string, work: (database: Sqlite.Database) => Result): Result {
  const database = new Sqlite(join(folder, `${name}.db`))
  try {
    return database.transaction(() => work(database))()
  } finally {
    database.close()
  }
}
