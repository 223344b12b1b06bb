import type { Engine } from './alone.ts'
import type { Audited } from './audited.ts'

/** A row of the audit as the database holds it. */
export interface Row {
  id: string
  patient_id: string
  sequence: number
  at: string | number
  role: string
  actor_id: string
  operation: string
  request_id: string
  organisation_code: string | null
  organisation_name: string | null
  person: string | null
  person_role: string | null
  things: unknown
  continues: number | null
  previous_hash: string
  hash: string
}

export const columns = [
  'id',
  'patient_id',
  'sequence',
  'at',
  'role',
  'actor_id',
  'operation',
  'request_id',
  'organisation_code',
  'organisation_name',
  'person',
  'person_role',
  'things',
  'continues',
  'previous_hash',
  'hash',
] as const

/** Which byte of which column, and what it becomes: numbers of any size, brought to what the column has. */
export interface Change {
  readonly column: (typeof columns)[number]
  readonly at: number
  readonly to: number
}

/** Changes one byte of a row, behind the portal's back. */
export async function changeByte({ sql }: Audited, engine: Engine, row: Row, change: Change): Promise<void> {
  const { column } = change
  const set = (value: unknown) => sql(`update audit_entry set ${column} = ? where id = ?`, value, row.id)
  switch (column) {
    case 'at':
      if (engine === 'sqlite') return void (await set(Number(row.at) + 2 ** (change.at % 40)))
      return void (await sql(
        `update audit_entry set at = at + interval '1 millisecond' * ? where id = ?`,
        2 ** (change.at % 30),
        row.id,
      ))
    case 'patient_id':
      // The database refuses the same number twice in the chain of somebody else.
      return void (await set(otherText(row.patient_id.slice(0, 6), change) + row.patient_id.slice(6)))
    case 'sequence':
      // The lowest byte would be the number of another row, which the database refuses.
      return void (await set(row.sequence ^ (1 << (8 + (change.at % 22)))))
    case 'continues':
      return void (await set((row.continues ?? 0) ^ (1 << (change.at % 30))))
    case 'things':
      return void (await set(engine === 'sqlite' ? otherText(String(row.things), change) : otherThings(row, change)))
    default:
      return void (await set(otherText(row[column] ?? '', change, engine === 'postgresql' && column === 'id')))
  }
}

function otherText(text: string, { at, to }: Change, isUuid = false): string {
  if (!text) return 'x'
  const signs = isUuid ? '0123456789abcdef' : 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
  const places = Array.from(text, (_, place) => place).filter((place) => !isUuid || text[place] !== '-')
  const place = places[at % places.length] ?? 0
  const others = [...signs].filter((sign) => sign !== text[place])
  return `${text.slice(0, place)}${others[to % others.length] ?? ''}${text.slice(place + 1)}`
}

/** PostgreSQL takes nothing that is not JSON. */
function otherThings({ things }: Row, change: Change): string {
  const [first = '', ...more] = things as string[]
  return JSON.stringify([otherText(first, change), ...more])
}
