import { defineEntity, OptionalProps, p } from '@mikro-orm/core'
import { Appointment } from '../appointment.entity.ts'
import { HospitalNoticeKind, HospitalNoticeStatus } from './hospital-notice-status.ts'

const HospitalNoticeTable = defineEntity({
  name: 'HospitalNotice',
  properties: {
    id: p.string().primary(),
    /** MSH-10 of its message, the same at every try: at most 20 characters. */
    controlId: p.string(),
    appointmentId: () => p.manyToOne(Appointment).mapToPk().joinColumn('appointment_id').index(false),
    patientId: p.string(),
    /** Copied from the appointment: staff see the notices of their clinics. */
    clinicCode: p.string(),
    /** Its place among the notices of the appointment: 1, 2, 3. They are sent in this order. */
    sequence: p.integer(),
    kind: p.enum(() => HospitalNoticeKind),
    status: p.enum(() => HospitalNoticeStatus).default(HospitalNoticeStatus.WAITING),
    occurredAt: p.datetime(3),
    /** The facts of the appointment then, and not now: what the message says. */
    hospitalId: p.string(),
    startsAt: p.datetime(3),
    endsAt: p.datetime(3),
    clinician: p.text().nullable(),
    slotHospitalId: p.string().nullable(),
    /** The appointment's version after the act: a later one has something newer to say. */
    appointmentVersion: p.integer(),
    /** Of a move: where the appointment was before, to be restored when the hospital refuses. */
    previousSlotId: p.string().nullable(),
    previousStartsAt: p.datetime(3).nullable(),
    previousEndsAt: p.datetime(3).nullable(),
    /** Why, in words. */
    reason: p.text().nullable(),
    requestReference: p.string().nullable(),
    attempts: p.integer().default(0),
    /** When there is next something to do. Null when there is nothing more to do. */
    notBefore: p.datetime(3).nullable(),
    leasedUntil: p.datetime(3).nullable(),
    answeredAt: p.datetime(3).nullable(),
    refusal: p.text().nullable(),
    settledAt: p.datetime(3).nullable(),
    settledByName: p.text().nullable(),
    settlement: p.text().nullable(),
    version: p.integer().version(),
  },
  uniques: [
    { name: 'hospital_notice_control_id', properties: ['controlId'] },
    { name: 'hospital_notice_order', properties: ['appointmentId', 'sequence'] },
  ],
  indexes: [{ name: 'hospital_notice_due', properties: ['status', 'notBefore', 'id'] }],
})

/** What happened here and the hospital's system is told of: in order for each appointment, until it is acknowledged. */
export class HospitalNotice extends HospitalNoticeTable.class {
  declare [OptionalProps]?: 'ownerId'

  get ownerId() {
    return this.patientId
  }
}
HospitalNoticeTable.setClass(HospitalNotice)
