import type { EntryFacts, Head, SealFacts } from './audit-fingerprint.ts'
import type { Engine } from './database.ts'
import type { Execute } from './migration.ts'

/** A row of the audit as it lies in the database, and the fingerprint that was kept of it. */
export type KeptEntry = EntryFacts & { readonly hash: unknown }
export type KeptSeal = SealFacts & { readonly hash: unknown }

/** The audit of one subgraph, read row by row: nothing of it is taken for granted, not even that it can be read. */
export interface AuditSource {
  /** By patient, and of each in the order of their numbers. */
  entries(): AsyncIterable<KeptEntry>
  seals(): AsyncIterable<KeptSeal>
  unsealed(): AsyncIterable<Head>
}

const atOnce = 1000

export const auditSource = (engine: Engine, execute: Execute): AuditSource => ({
  entries: () => allOf(execute, entriesFrom(engine), (row) => [row.patientId, row.sequence, row.id], readEntry),
  seals: () => allOf(execute, sealsFrom(engine), (row) => [row.number], readSeal),
  unsealed: () =>
    allOf(
      execute,
      { columns: 'patient_id as "patientId", sequence, hash', table: 'audit_unsealed', key: 'patient_id, sequence' },
      (row) => [row.patientId, row.sequence],
      ({ patientId, sequence, hash }): Head => [String(patientId), Number(sequence), String(hash)],
    ),
})

interface Listing {
  readonly columns: string
  readonly table: string
  /** What it is ordered by: a key, so that no two rows are the same. */
  readonly key: string
}

/** In ISO's words, whatever the database's own are. SQLite holds milliseconds. */
const instant = (engine: Engine) =>
  engine === 'sqlite' ? 'at' : `to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as at`

const entriesFrom = (engine: Engine): Listing => ({
  columns: `id, patient_id as "patientId", sequence, ${instant(engine)}, role, actor_id as "actorId", operation,
    request_id as "requestId", organisation_code as "organisationCode", organisation_name as "organisationName", person,
    person_role as "personRole", things, continues, previous_hash as "previousHash", hash`,
  table: 'audit_entry',
  key: 'patient_id, sequence, id',
})

const sealsFrom = (engine: Engine): Listing => ({
  columns: `number, ${instant(engine)}, heads, previous_hash as "previousHash", hash`,
  table: 'audit_seal',
  key: 'number',
})

type Row = Readonly<Record<string, unknown>>

/** All rows in the order of their key, some at once, so that a large table is never held whole. */
async function* allOf<Kept>(
  execute: Execute,
  { columns, table, key }: Listing,
  keyOf: (row: Row) => unknown[],
  read: (row: Row) => Kept,
): AsyncGenerator<Kept> {
  let last: unknown[] | undefined
  for (;;) {
    const after = last ? `where (${key}) > (${last.map(() => '?').join(', ')})` : ''
    const statement = `select ${columns} from ${table} ${after} order by ${key} limit ${atOnce}`
    const rows: Row[] = await execute<Row>(statement, last ?? [])
    for (const row of rows) yield read(row)
    const end = rows.at(-1)
    if (!end || rows.length < atOnce) return
    last = keyOf(end)
  }
}

const readEntry = ({ things, at, ...row }: Row): KeptEntry =>
  ({ ...row, at: readInstant(at), things: readJson(things) }) as unknown as KeptEntry

const readSeal = ({ heads, at, ...row }: Row): KeptSeal =>
  ({ ...row, at: readInstant(at), heads: readJson(heads) }) as unknown as KeptSeal

/** Whatever could not have been written by the portal is left as it is: then it fits no fingerprint. */
function readInstant(at: unknown): unknown {
  if (!Number.isInteger(at)) return at
  const instant = new Date(at as number)
  return Number.isNaN(instant.getTime()) ? at : instant.toISOString()
}

function readJson(text: unknown): unknown {
  if (typeof text !== 'string') return text
  try {
    const value: unknown = JSON.parse(text)
    return JSON.stringify(value) === text ? value : text
  } catch {
    return text
  }
}
