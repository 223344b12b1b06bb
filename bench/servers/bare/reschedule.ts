import { randomBytes, randomUUID } from 'node:crypto'
import type { Database } from 'better-sqlite3'
import { once, outbox } from './act.ts'
import {
  type AppointmentRow,
  rescheduleStatements,
  type RescheduleStatements,
  type SlotRow,
} from './reschedule-statements.ts'

interface Input {
  readonly idempotencyKey: string
  readonly appointmentId: string
  readonly version: number
  readonly slotId: string
}

const day = 24 * 60 * 60 * 1000
/** What this trust says: so often, and so far ahead. */
const [rescheduleLimit, rescheduleWeeks] = [2, 13]
const reason = 'Work, school or study'

/**
 * A move to a free slot: the same rules, rows, event and notice to the hospital as the portal's. Left out is what
 * `begin immediate` makes needless (locking both slots in an order), and the midnights of London: the window of days is
 * counted in UTC.
 */
export function bareReschedule(database: Database) {
  const sql = rescheduleStatements(database)
  const record = outbox(database)
  const names = { field: 'rescheduleAppointment', outcome: 'AppointmentRescheduled' }
  return once<Input>(database, names, (patientId, { appointmentId, version, slotId }, now) => {
    const row = sql.find.get(appointmentId, patientId)
    if (row?.version !== version) throw new Error('there is no such appointment in this version')
    mustBeMovable(sql, row, patientId, now)
    const slot = freeSlot(sql, row, slotId, now)
    const seat = freeSeat(sql, slot)
    sql.move.run({ ...slot, id: row.id, slotId, seat, now, from: row.starts_at })
    handOn(sql, row)
    tellHospital(sql, row, slot, now)
    const ids = { appointmentId, patientId, version: String(version + 1), by: 'PATIENT' }
    record('appointment.rescheduled', ids, now, ['messages'])
  })
}

function mustBeMovable(sql: RescheduleStatements, row: AppointmentRow, patientId: string, now: number): void {
  const clinic = sql.clinic.get(row.clinic_code)
  const arranged = JSON.parse(row.arranged) as { kind: string }[]
  const byItself = row.status === 'BOOKED' && row.kind === 'OUTPATIENT' && row.starts_at > now && !arranged.length
  if (!byItself || clinic?.mode !== 'DIRECT' || row.times_rescheduled >= rescheduleLimit)
    throw new Error('it cannot be moved')
  if (sql.openRequest.get(row.id, patientId)) throw new Error('a request is open')
}

function freeSlot(sql: RescheduleStatements, row: AppointmentRow, slotId: string, now: number): SlotRow {
  const today = Math.floor(now / day) * day
  const window = { earliest: today + day, latest: today + (rescheduleWeeks * 7 + 1) * day }
  const slot = sql.offered.get({ ...row, ...window, slotId })
  if (!slot) throw new Error('the time is not offered')
  return slot
}

function freeSeat(sql: RescheduleStatements, slot: SlotRow): number {
  const taken = new Set(sql.seats.all(slot.id))
  for (let seat = 1; seat <= slot.capacity; seat += 1) if (!taken.has(seat)) return seat
  throw new Error('the time is taken')
}

/** The seat that is left goes to whoever was booked over the capacity. */
function handOn(sql: RescheduleStatements, { id, slot_id, seat }: AppointmentRow): void {
  if (slot_id === null || seat === null) return
  const next = sql.waiting.get(slot_id, id)
  if (next !== undefined) sql.seatIt.run(seat, next)
}

function tellHospital(sql: RescheduleStatements, row: AppointmentRow, slot: SlotRow, now: number): void {
  sql.notice.run({
    ...row,
    noticeId: randomUUID(),
    controlId: `P${randomBytes(9).toString('hex').toUpperCase()}`,
    sequence: (sql.notices.get(row.id) ?? 0) + 1,
    now,
    startsAt: slot.starts_at,
    endsAt: slot.ends_at,
    slotHospitalId: slot.hospital_id,
    reason,
  })
}
