import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import pg from 'pg'
import type { World } from './world.ts'

type Subgraph = 'patients' | 'appointments' | 'documents' | 'messages'

/** Asks the database behind one subgraph, as somebody who has broken in: with `?` for values. */
export async function rowsOf<Found extends object>(
  { folder, databaseUrl }: Pick<World, 'folder' | 'databaseUrl'>,
  subgraph: Subgraph,
  statement: string,
  ...values: (string | number)[]
): Promise<Found[]> {
  if (databaseUrl === undefined) {
    const database = new DatabaseSync(join(folder, `${subgraph}.db`))
    try {
      database.exec('pragma busy_timeout = 5000')
      return database.prepare(statement).all(...values) as Found[]
    } finally {
      database.close()
    }
  }
  const client = new pg.Client({ connectionString: databaseUrl, options: `-c search_path=${subgraph}` })
  await client.connect()
  try {
    let count = 0
    const { rows } = await client.query(
      statement.replaceAll('?', () => `$${(count += 1)}`),
      values,
    )
    return rows as Found[]
  } finally {
    await client.end()
  }
}

export interface AuditRow {
  subgraph: Subgraph
  patient_id: string
  sequence: number
  role: string
  actor_id: string
  operation: string
  request_id: string
  previous_hash: string
  hash: string
}

/** What the audits of all four subgraphs say about one request. */
export async function auditOf(portal: Pick<World, 'folder' | 'databaseUrl'>, requestId: string): Promise<AuditRow[]> {
  const found = await Promise.all(
    (['patients', 'appointments', 'documents', 'messages'] as const).map(async (subgraph) =>
      (await rowsOf<AuditRow>(portal, subgraph, 'select * from audit_entry where request_id = ?', requestId)).map(
        (row) => ({ ...row, subgraph }),
      ),
    ),
  )
  return found.flat()
}
