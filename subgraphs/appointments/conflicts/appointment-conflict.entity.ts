import { defineEntity, OptionalProps, p } from '@mikro-orm/core'
import { Appointment } from '../appointment.entity.ts'
import { AppointmentRecordFlag } from '../appointment-record-flag.ts'

const AppointmentConflictTable = defineEntity({
  name: 'AppointmentConflict',
  properties: {
    id: p.string().primary(),
    appointmentId: () => p.manyToOne(Appointment).mapToPk().joinColumn('appointment_id').index(false),
    patientId: p.string(),
    /** Copied from the appointment: staff see the conflicts of their clinics. */
    clinicCode: p.string(),
    reason: p.enum(() => AppointmentRecordFlag),
    /** What happened, in words for staff. */
    explanation: p.text(),
    foundAt: p.datetime(3),
    settledAt: p.datetime(3).nullable(),
    settledByName: p.text().nullable(),
    settlement: p.text().nullable(),
    version: p.integer().version(),
  },
  uniques: [
    // What is open already is not put on the desk twice.
    { name: 'one_open_conflict', properties: ['appointmentId', 'reason'], where: 'settled_at is null' },
  ],
  indexes: [{ name: 'appointment_conflict_open', properties: ['settledAt', 'foundAt', 'id'] }],
})

/** What the hospital said that does not fit what the portal knew: recorded all the same, and put before staff. */
export class AppointmentConflict extends AppointmentConflictTable.class {
  declare [OptionalProps]?: 'ownerId'

  get ownerId() {
    return this.patientId
  }

  /** By a member of staff; or by itself, when it no longer conflicts. */
  settle(settlement: string, settledByName: string | null, now: Date): void {
    Object.assign(this, { settlement, settledByName, settledAt: now })
  }
}
AppointmentConflictTable.setClass(AppointmentConflict)
