import { isDeepStrictEqual } from 'node:util'
import { defineEntity, OptionalProps, p } from '@mikro-orm/core'
import { AppointmentKind, AppointmentStatus, CancelledBy, HospitalConfirmation, MovedBy } from './appointment-status.ts'
import type { Arrangement } from './arrangement.ts'
import type { Booking } from './booking.ts'
import { Clinic } from './clinic.entity.ts'
import { Medium } from './medium.ts'
import type { Place } from './place.ts'
import { RefusalReason } from './refusal.ts'
import { Slot } from './slot.entity.ts'
import type { Seating } from './slot-holding.ts'

const AppointmentTable = defineEntity({
  name: 'Appointment',
  properties: {
    id: p.string().primary(),
    /** The hospital's own identifier (SCH-1, SCH-2). */
    hospitalId: p.string(),
    patientId: p.string(),
    clinicCode: () => p.manyToOne(Clinic).mapToPk().joinColumn('clinic_code'),
    /** The slot of an outpatient appointment. It stays when the appointment is cancelled; the seat does not. */
    slotId: () => p.manyToOne(Slot).mapToPk().joinColumn('slot_id').nullable().deleteRule('no action'),
    /** Which of the slot's seats this appointment holds, 1 to its capacity. None: cancelled, or booked over the capacity. */
    seat: p.integer().nullable(),
    kind: p.enum(() => AppointmentKind),
    status: p.enum(() => AppointmentStatus),
    startsAt: p.datetime(3),
    endsAt: p.datetime(3),
    clinician: p.text().nullable(),
    /** Said for this booking; without them, the clinic's hold. */
    ownMedium: p.enum(() => Medium).nullable(),
    ownPlace: p.json<Place>().nullable(),
    arranged: p.json<Arrangement[]>(),
    acceptedAt: p.datetime(3).nullable(),
    cancelledAt: p.datetime(3).nullable(),
    cancelledBy: p.enum(() => CancelledBy).nullable(),
    cancellationReason: p.text().nullable(),
    /** Cancelled by the patient, who can undo it until then; the seat is held. Null: final. */
    undoUntil: p.datetime(3).nullable(),
    /** Times the patient changed it here. Moves by the hospital do not count. */
    timesRescheduled: p.integer().default(0),
    movedAt: p.datetime(3).nullable(),
    movedBy: p.enum(() => MovedBy).nullable(),
    movedFrom: p.datetime(3).nullable(),
    /** Its time was chosen here, by the patient or by staff for them: the database then refuses an overlap. */
    chosenHere: p.boolean().default(false),
    hospitalConfirmation: p.enum(() => HospitalConfirmation).default(HospitalConfirmation.CONFIRMED),
    /** Of an admission: when it began, and when the patient left. */
    admittedAt: p.datetime(3).nullable(),
    dischargedAt: p.datetime(3).nullable(),
    /** When the hospital's latest word on this appointment was said: an older one changes nothing. */
    recordedAt: p.datetime(3),
    /** Its clinic is kept out of the portal. Copied here, so that reading and changing need no second table. */
    excluded: p.boolean().default(false),
    version: p.integer().default(1),
  },
  uniques: [
    { name: 'appointment_hospital_id', properties: ['hospitalId'] },
    // The promise that a slot never has more holders than seats. A patient's change is refused by it; the hospital's
    // own booking over the capacity takes no seat.
    { name: 'one_holder_per_seat', properties: ['slotId', 'seat'], where: 'seat is not null' },
  ],
  indexes: [
    { name: 'appointment_of_patient', properties: ['patientId', 'endsAt', 'id'] },
    { name: 'appointment_of_clinician', properties: ['clinician', 'endsAt'] },
    { name: 'appointment_of_clinic', properties: ['clinicCode'] },
    { name: 'appointment_of_slot', properties: ['slotId'] },
    { name: 'appointment_to_release', properties: ['undoUntil'], where: 'undo_until is not null' },
  ],
})

/** What the hospital's word meant for the patient. */
export type Change = 'BOOKED' | 'MOVED' | 'AMENDED' | 'NONE'

/** A visit to a clinic or a stay in hospital, booked by the hospital for one patient. */
export class Appointment extends AppointmentTable.class {
  declare [OptionalProps]?: 'ownerId' | 'arrangements' | 'cancellation' | 'lastMove'

  get ownerId() {
    return this.patientId
  }

  get arrangements() {
    return this.arranged.map((it) => ({ ...it, ownerId: this.patientId }))
  }

  get cancellation() {
    const { cancelledAt: at, cancelledBy: by, cancellationReason: reason, undoUntil, kind, patientId: ownerId } = this
    return at && by ? { at, by, reason: reason ?? null, undoUntil: undoUntil ?? null, kind, ownerId } : null
  }

  get lastMove() {
    const { movedAt: at, movedBy: by, movedFrom: from, patientId: ownerId } = this
    return at && by && from ? { at, by, from, ownerId } : null
  }

  whyNotAccept(now: Date): RefusalReason | undefined {
    if (this.status === AppointmentStatus.CANCELLED) return RefusalReason.ALREADY_CANCELLED
    if (this.status === AppointmentStatus.ADMITTED) return RefusalReason.ADMITTED
    if (this.status !== AppointmentStatus.BOOKED) return RefusalReason.NOT_BOOKED
    if (!this.acceptedAt && this.startsAt <= now) return RefusalReason.IN_THE_PAST
    return undefined
  }

  accept(now: Date): void {
    this.acceptedAt = now
    this.version += 1
  }

  /** Moves it to a seat that was chosen here. Where it is and who sees the patient stay; what moves must be accepted anew. */
  moveTo({ id, startsAt, endsAt }: Slot, seat: number, by: MovedBy, now: Date): void {
    const move = { movedAt: now, movedBy: by, movedFrom: this.startsAt, chosenHere: true, acceptedAt: null }
    Object.assign(this, { slotId: id, seat, startsAt, endsAt, ...move })
    if (by === MovedBy.PATIENT) this.timesRescheduled += 1
    this.version += 1
  }

  /** Cancels it for the patient. Until it can no longer be undone, the seat is held. */
  cancelByPatient(reason: string, now: Date, undoUntil: Date | null): void {
    this.status = AppointmentStatus.CANCELLED
    this.cancelledBy = CancelledBy.PATIENT
    this.cancellationReason = reason
    this.cancelledAt = now
    this.undoUntil = undoUntil
    this.version += 1
  }

  /** Booked as before, and accepted if it was. */
  undoCancellation(): void {
    const uncancelled = { cancelledAt: null, cancelledBy: null, cancellationReason: null, undoUntil: null }
    Object.assign(this, uncancelled, { status: AppointmentStatus.BOOKED })
    this.version += 1
  }

  /** The time to undo its cancellation is over. */
  release(): void {
    this.undoUntil = null
    this.version += 1
  }

  /** The hospital refused the time chosen here: it is where the hospital has it, and the try does not count to the limit. */
  moveBack(place: { slotId: string | null; seat: number; startsAt: Date; endsAt: Date }, now: Date): void {
    if (this.movedBy === MovedBy.PATIENT) this.timesRescheduled -= 1
    const move = { movedAt: now, movedBy: MovedBy.HOSPITAL, movedFrom: this.startsAt }
    Object.assign(this, place, move, { chosenHere: false, acceptedAt: null })
    this.version += 1
  }

  /** The hospital refused that it was cancelled. Without a seat it is booked over the capacity. */
  bookAgain({ slotId, seat }: { slotId: string | null; seat: number | null }): void {
    this.undoCancellation()
    Object.assign(this, { slotId, seat, chosenHere: false, acceptedAt: null })
  }

  /** Whether it is this patient's: under the id they have, or one that they had before records were merged. */
  isOf({ patientId, formerPatientIds }: { patientId: string; formerPatientIds?: string[] | null }): boolean {
    return this.patientId === patientId || (formerPatientIds?.includes(this.patientId) ?? false)
  }

  /** The hospital has said something later than this. */
  isNewerThan(eventAt: Date): boolean {
    return this.recordedAt > eventAt
  }

  /** Takes what the hospital says. What moves must be accepted anew; what was cancelled is booked again. */
  record(booking: Booking, seating: Seating | undefined): Change {
    const change = this.changeTo(booking)
    this.recordedAt = booking.recordedAt
    if (change === 'NONE') return change
    const uncancelled = {
      status: AppointmentStatus.BOOKED,
      cancelledAt: null,
      cancelledBy: null,
      cancellationReason: null,
    }
    const { flag: _, ...seat } = seating ?? {}
    Object.assign(this, booking, uncancelled, seat)
    if (change !== 'AMENDED') this.acceptedAt = null
    this.version += 1
    return change
  }

  /** Whether this booking needs another seat than the one it holds. */
  needsSeat(booking: Booking): boolean {
    if (this.status !== AppointmentStatus.BOOKED || this.seat == null) return true
    return seatedBy.some((name) => this.differs(booking, name))
  }

  cancelByHospital(reason: string | null, eventAt: Date): void {
    this.status = AppointmentStatus.CANCELLED
    this.cancelledBy = CancelledBy.HOSPITAL
    this.cancellationReason = reason
    this.cancelledAt = this.recordedAt = eventAt
    this.version += 1
  }

  private changeTo(booking: Booking): Change {
    // A clinic that was kept out until now: for the patient this is a new booking.
    if (this.status !== AppointmentStatus.BOOKED || (this.excluded && !booking.excluded)) return 'BOOKED'
    if (whenAndWhere.some((name) => this.differs(booking, name))) return 'MOVED'
    return details.some((name) => this.differs(booking, name)) ? 'AMENDED' : 'NONE'
  }

  private differs(booking: Booking, name: keyof Booking): boolean {
    return !isDeepStrictEqual(this[name] ?? null, booking[name])
  }
}
AppointmentTable.setClass(Appointment)

const whenAndWhere = ['startsAt', 'clinicCode', 'ownPlace', 'ownMedium'] as const
const details = ['kind', 'endsAt', 'clinician', 'arranged', 'excluded'] as const
const seatedBy = ['startsAt', 'clinicCode', 'clinician', 'kind'] as const
