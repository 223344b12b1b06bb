import { defineEntity, OptionalProps, p } from '@mikro-orm/core'
import { Appointment } from '../appointment.entity.ts'
import { HospitalNoticeKind, HospitalNoticeStatus } from './hospital-notice-status.ts'
import { nextTry } from './next-try.ts'

/** Longer than feeds waits for an answer: nobody else sends it meanwhile. */
const leaseMilliseconds = 60_000

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

/** Where an appointment was before a change. */
export interface PreviousPlace {
  readonly slotId: string | null
  readonly startsAt: Date
  readonly endsAt: Date
}

/** What happened here and the hospital's system is told of: in order for each appointment, until it is acknowledged. */
export class HospitalNotice extends HospitalNoticeTable.class {
  declare [OptionalProps]?: 'ownerId' | 'isWaiting' | 'isMoveByPatient' | 'previousPlace'

  get ownerId() {
    return this.patientId
  }

  get isWaiting(): boolean {
    return this.status === HospitalNoticeStatus.WAITING
  }

  /** It counts to what the patient may change by themselves. What they had asked staff for does not. */
  get isMoveByPatient(): boolean {
    return this.kind === HospitalNoticeKind.RESCHEDULED && this.requestReference == null
  }

  /** Where the hospital had the appointment before. */
  get previousPlace(): PreviousPlace | undefined {
    const { previousSlotId: slotId, previousStartsAt: startsAt, previousEndsAt: endsAt } = this
    return startsAt && endsAt ? { slotId: slotId ?? null, startsAt, endsAt } : undefined
  }

  /** It may be sent now, by whoever takes it first. A lease that is over counts for nothing. */
  isDue(now: Date): boolean {
    return this.isWaiting && isOver(this.notBefore, now) && isOver(this.leasedUntil, now)
  }

  claim(now: Date): void {
    this.attempts += 1
    this.leasedUntil = new Date(now.getTime() + leaseMilliseconds)
  }

  /** The hospital's system took it. */
  acknowledge(now: Date): void {
    this.close(HospitalNoticeStatus.ACKNOWLEDGED)
    this.answeredAt = now
  }

  /** Sent again after a pause, later and later, for as long as it takes. */
  postpone(now: Date): void {
    this.leasedUntil = null
    this.notBefore = nextTry(this.attempts, now)
  }

  /** The hospital's system finally refused it: it waits for staff. */
  refuse(reason: string | null, now: Date): void {
    this.close(HospitalNoticeStatus.REFUSED)
    this.refusal = reason
    this.answeredAt = now
  }

  /** The hospital changed the appointment itself, or something later is told instead. */
  overtake(): void {
    this.close(HospitalNoticeStatus.OVERTAKEN)
  }

  settle(settlement: string, settledByName: string, now: Date): void {
    this.close(HospitalNoticeStatus.SETTLED)
    Object.assign(this, { settlement, settledByName, settledAt: now })
  }

  private close(status: HospitalNoticeStatus): void {
    this.status = status
    this.notBefore = this.leasedUntil = null
  }
}
HospitalNoticeTable.setClass(HospitalNotice)

const isOver = (at: Date | null | undefined, now: Date) => at == null || at <= now
