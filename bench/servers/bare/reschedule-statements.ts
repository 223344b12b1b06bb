import type { Database } from 'better-sqlite3'

export interface AppointmentRow {
  readonly id: string
  readonly hospital_id: string
  readonly patient_id: string
  readonly clinic_code: string
  readonly slot_id: string | null
  readonly seat: number | null
  readonly kind: string
  readonly status: string
  readonly starts_at: number
  readonly ends_at: number
  readonly clinician: string | null
  readonly arranged: string
  readonly times_rescheduled: number
  readonly version: number
}
export interface SlotRow {
  readonly id: string
  readonly hospital_id: string
  readonly starts_at: number
  readonly ends_at: number
  readonly capacity: number
}

export type RescheduleStatements = ReturnType<typeof rescheduleStatements>

/** The statements of a move, each as the portal sends it, but with the columns that are needed and prepared once. */
export const rescheduleStatements = (database: Database) => ({
  ...whatIsRead(database),
  move: database.prepare(move),
  seatIt: database.prepare('update appointment set seat = ? where id = ?'),
  notice: database.prepare(notice),
})

const whatIsRead = (database: Database) => ({
  find: database.prepare<[string, string], AppointmentRow>(
    `select id, hospital_id, patient_id, clinic_code, slot_id, seat, kind, status, starts_at, ends_at, clinician,
       arranged, times_rescheduled, version
     from appointment where id = ? and patient_id = ? and excluded = 0`,
  ),
  clinic: database.prepare<[string], { mode: string }>('select mode from clinic where code = ? and excluded = 0'),
  openRequest: database.prepare<[string, string]>(
    `select 1 from change_request where appointment_id = ? and patient_id = ? and status = 'OPEN'`,
  ),
  offered: database.prepare<[object], SlotRow>(offered),
  seats: database
    .prepare<[string], number>('select seat from appointment where slot_id = ? and seat is not null')
    .pluck(),
  waiting: database
    .prepare<[string, string], string>(
      `select id from appointment where slot_id = ? and seat is null and id <> ?
         and (status = 'BOOKED' or undo_until is not null) order by recorded_at, id limit 1`,
    )
    .pluck(),
  notices: database.prepare<[string], number>('select count(*) from hospital_notice where appointment_id = ?').pluck(),
})

const meanwhile = `o.id <> :id and o.starts_at < s.ends_at and o.ends_at > s.starts_at
  and (o.status in ('BOOKED', 'ADMITTED') or o.undo_until is not null)`

const offered = `select id, hospital_id, starts_at, ends_at, capacity from slot s
  where s.id = :slotId and s.clinic_code = :clinic_code and s.hospital_id is not null
    and (s.clinician is null or s.clinician = :clinician) and s.starts_at <> :starts_at
    and s.starts_at >= :earliest and s.starts_at < :latest
    and not exists (select 1 from appointment o where o.patient_id = :patient_id and ${meanwhile})
    and not exists (select 1 from appointment o where o.clinician = :clinician and o.kind = 'OUTPATIENT'
      and o.slot_id is not s.id and ${meanwhile} and o.ends_at < s.ends_at + 86400000)`

const move = `update appointment set slot_id = :slotId, seat = :seat, starts_at = :starts_at, ends_at = :ends_at,
    times_rescheduled = times_rescheduled + 1, moved_at = :now, moved_by = 'PATIENT', moved_from = :from,
    accepted_at = null, chosen_here = 1, hospital_confirmation = 'BEING_CONFIRMED', version = version + 1
  where id = :id`

const notice = `insert into hospital_notice (id, control_id, appointment_id, patient_id, clinic_code, sequence, kind,
    status, occurred_at, hospital_id, starts_at, ends_at, clinician, slot_hospital_id,
    previous_slot_id, previous_starts_at, previous_ends_at, reason, attempts, not_before)
  values (:noticeId, :controlId, :id, :patient_id, :clinic_code, :sequence, 'RESCHEDULED',
    'WAITING', :now, :hospital_id, :startsAt, :endsAt, :clinician, :slotHospitalId,
    :slot_id, :starts_at, :ends_at, :reason, 0, :now)`
