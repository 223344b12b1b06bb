import { createHash, randomBytes } from 'node:crypto'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { people } from '../plan.ts'

/** Somebody who is logged in, with the appointments they can accept. */
export interface Person {
  readonly id: string
  readonly token: string
  readonly appointmentIds: readonly string[]
}

/** Columns that differ from copy to copy, as SQL: `copies.n` is the number of the copy. */
type Changes = Record<string, string>

const another = (column: string) => ({ [column]: `"${column}" || '-' || copies.n` })

/** Makes everybody else out of the first person: their rows again and again, under other ids, as many as a hospital has. */
export function copyFirstPerson(folder: string): Person[] {
  inDatabase(folder, 'appointments', (database) => {
    const noSlot = { slot_id: 'null', seat: 'null' }
    copy(database, 'appointment', { ...another('id'), ...another('hospital_id'), ...another('patient_id'), ...noSlot })
  })
  inDatabase(folder, 'documents', (database) => {
    copy(database, 'appointment_letter', { ...another('id'), ...another('appointment_id'), ...another('patient_id') })
  })
  const ids = inDatabase(folder, 'patients', (database) => {
    copy(database, 'patient', { ...another('id'), ...another('hospital_number') })
    return database.prepare('select id from patient order by id').pluck().all() as string[]
  })
  const loggedIn = logIn(folder, ids)
  return inDatabase(folder, 'appointments', (database) => {
    const theirs = database.prepare('select id from appointment where patient_id = ? order by id').pluck()
    return loggedIn.map(({ id, token }) => ({ id, token, appointmentIds: theirs.all(id) as string[] }))
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
