import { setImmediate } from 'node:timers/promises'
import type { Database } from 'better-sqlite3'

interface PersonRow {
  readonly given: string
  readonly family: string
  readonly title: string | null
}
interface AppointmentRow {
  readonly id: string
  readonly starts_at: number
  readonly status: string
  readonly accepted_at: number | null
  readonly hospital_confirmation: string
  readonly cancelled_at: number | null
  readonly undo_until: number | null
}

/** What the home page asks, and what one answer costs without a server. */
export function bareHome(patients: Database, appointments: Database) {
  const person = patients.prepare<[string], PersonRow>('select given, family, title from patient where id = ?')
  // Who is in hospital longer than planned is shown too. Nobody here is.
  const stays = appointments.prepare<[string, number]>(
    `select 1 from appointment where patient_id = ? and status = 'ADMITTED' and excluded = 0 and ends_at <= ?`,
  )
  const page = appointments.prepare<[string, number], AppointmentRow>(
    `select id, starts_at, status, accepted_at, hospital_confirmation, cancelled_at, undo_until from appointment
     where patient_id = ? and excluded = 0 and ends_at > ? order by starts_at, id limit 20`,
  )

  function home(id: string): string {
    const now = Date.now()
    const found = person.get(id)
    if (stays.get(id, now)) throw new Error('there are no stays in this world')
    const given = JSON.parse(found?.given ?? '[]') as string[]
    const full = [found?.title, ...given, found?.family].filter(Boolean).join(' ')
    const nodes = page.all(id, now).map((row) => nodeOf(row, now))
    return `${JSON.stringify({ data: { me: { name: { given, full }, appointments: { nodes } } } })}\n`
  }

  /** CPU ms for each answer, over everybody several times. */
  async function alone(): Promise<string> {
    const ids = patients.prepare('select id from patient').pluck().all() as string[]
    const rounds = 3
    const started = process.cpuUsage()
    for (let round = 0; round < rounds; round += 1) {
      for (const id of ids) home(id)
      await setImmediate()
    }
    const { user, system } = process.cpuUsage(started)
    return String((user + system) / 1000 / (ids.length * rounds))
  }

  return { home, alone }
}

const nodeOf = (row: AppointmentRow, now: number) => ({
  id: row.id,
  startsAt: new Date(row.starts_at).toISOString(),
  status: row.status,
  acceptance: { __typename: acceptanceOf(row, now) },
  hospitalConfirmation: row.hospital_confirmation,
  cancellation: row.cancelled_at === null ? null : { undoUntil: instant(row.undo_until) },
})

const instant = (at: number | null) => (at === null ? null : new Date(at).toISOString())

function acceptanceOf({ status, accepted_at, starts_at }: AppointmentRow, now: number): string {
  if (status !== 'BOOKED' || (accepted_at === null && starts_at <= now)) return 'AcceptanceClosed'
  return accepted_at === null ? 'AcceptanceOpen' : 'AlreadyAccepted'
}
