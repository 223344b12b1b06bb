import { auditEntities, AuditEntry } from '../subgraphs/runtime/audit.ts'
import { type Database, openDatabase } from '../subgraphs/runtime/database.ts'
import { rows } from '../subgraphs/runtime/rows.ts'
import { system } from './alone.ts'
import type { World } from './world.ts'

type Subgraph = 'patients' | 'appointments' | 'documents' | 'messages'
type Place = Pick<World, 'folder' | 'databaseUrl'>

const opened = new Map<string, Promise<Database>>()

/** The database behind one subgraph, as somebody who has broken in has it. Opened once for each portal. */
function behind({ folder, databaseUrl }: Place, name: Subgraph): Promise<Database> {
  const key = `${folder} ${name}`
  const known = opened.get(key)
  if (known) return known
  // By the library that the portal itself uses: with two of them in one process, SQLite's locks do not hold.
  const settings = { name, folder, ...(databaseUrl !== undefined && { url: databaseUrl }) }
  const database = openDatabase(settings, { entities: auditEntities, policy: rows([AuditEntry, {}]), steps: [] })
  opened.set(key, database)
  return database
}

/** What a statement finds in the database behind one subgraph, with `?` for values. */
export async function rowsOf<Found extends object>(
  place: Place,
  subgraph: Subgraph,
  statement: string,
  ...values: (string | number)[]
): Promise<Found[]> {
  const database = await behind(place, subgraph)
  return database.forkFor(system).getConnection().execute<Found[]>(statement, values)
}

export interface AuditRow {
  subgraph: Subgraph
  id: string
  patient_id: string
  sequence: number
  role: string
  actor_id: string
  operation: string
  request_id: string
  /** The row of the same request that this one adds to; null of the first. */
  continues: number | null
  /** As JSON, or as the database gives JSON. */
  things: string | string[]
  previous_hash: string
  hash: string
}

/** What the audits of all four subgraphs say about one request. The gateway adds to the id it was given. */
export async function auditOf(place: Place, requestId: string): Promise<AuditRow[]> {
  const found = await Promise.all(
    (['patients', 'appointments', 'documents', 'messages'] as const).map(async (subgraph) =>
      (
        await rowsOf<AuditRow>(
          place,
          subgraph,
          'select * from audit_entry where request_id = ? or request_id like ?',
          requestId,
          `${requestId}.%`,
        )
      ).map((row) => ({ ...row, subgraph })),
    ),
  )
  return found.flat()
}
