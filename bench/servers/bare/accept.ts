import type { Database } from 'better-sqlite3'
import { once, outbox } from './act.ts'

interface AppointmentRow {
  readonly status: string
  readonly starts_at: number
  readonly accepted_at: number | null
  readonly clinic_code: string
}
interface Input {
  readonly idempotencyKey: string
  readonly appointmentId: string
}

/** An accept: the same rules, rows and event as the portal's, by the statements they need. */
export function bareAccept(database: Database) {
  const record = outbox(database)
  const find = database.prepare<[string, string], AppointmentRow>(
    `select status, starts_at, accepted_at, clinic_code from appointment
     where id = ? and patient_id = ? and excluded = 0`,
  )
  // Whom to contact when it is refused: the portal reads it before it knows.
  const clinic = database.prepare<[string]>('select name, contact from clinic where code = ? and excluded = 0')
  const accept = database.prepare('update appointment set accepted_at = ?, version = version + 1 where id = ?')
  const names = { field: 'acceptAppointment', outcome: 'AppointmentAccepted' }
  return once<Input>(database, names, (patientId, { appointmentId }, now) => {
    const row = find.get(appointmentId, patientId)
    if (!row || !clinic.get(row.clinic_code)) throw new Error('there is no such appointment')
    if (row.status !== 'BOOKED' || row.starts_at <= now || row.accepted_at !== null)
      throw new Error('it cannot be accepted')
    accept.run(now, appointmentId)
    record('appointment.accepted', { appointmentId, patientId }, now)
  })
}
