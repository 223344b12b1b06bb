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
    /** When the hospital's latest word on that was said. Null: none. */
    arrangedAt: p.datetime(3).nullable(),
    acceptedAt: p.datetime(3).nullable(),
    cancelledAt: p.datetime(3).nullable(),
    cancelledBy: p.enum(() => CancelledBy).nullable(),
    cancellationReason: p.text().nullable(),
    /** Cancelled by the patient, who can undo it until then; the seat is held. Null: final. */
    undoUntil: p.datetime(3).nullable(),
    /** Times the patient changed it here. Moves by the hospital do not count, nor do those that it refused. */
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
    { name: 'appointment_of_patient_now', properties: ['patientId', 'status'] },
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
  declare [OptionalProps]?:
    'ownerId' | 'sharedAs' | 'isCancelledByPatient' | 'arrangements' | 'cancellation' | 'lastMove'

  get sharedAs() {
    return 'APPOINTMENTS'
  }

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
    this.noteMove(by, now)
    Object.assign(this, { slotId: id, seat, startsAt, endsAt, chosenHere: true, acceptedAt: null })
    this.awaitHospital()
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
    if (!undoUntil) this.awaitHospital()
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
    this.awaitHospital()
    this.version += 1
  }

  /** The hospital refused the time chosen here: it is where the hospital has it. */
  moveBack(place: { slotId: string | null; seat: number; startsAt: Date; endsAt: Date }, now: Date): void {
    this.noteMove(MovedBy.HOSPITAL, now)
    Object.assign(this, place, { chosenHere: false, acceptedAt: null })
    this.hospitalConfirmation = HospitalConfirmation.REFUSED
    this.version += 1
  }

  /** The hospital refused that it was cancelled. Without a seat it is booked over the capacity. */
  bookAgain({ slotId, seat }: { slotId: string | null; seat: number | null }): void {
    this.undoCancellation()
    Object.assign(this, { slotId, seat, chosenHere: false, acceptedAt: null })
  }

  /** Whether it is this patient's: under this id, or another of the same person, of records merged with it. */
  isOf({ patientId, formerPatientIds }: { patientId: string; formerPatientIds?: string[] | null }): boolean {
    return this.patientId === patientId || (formerPatientIds?.includes(this.patientId) ?? false)
  }

  /** The hospital has said something later than this. */
  isNewerThan(eventAt: Date): boolean {
    return this.recordedAt > eventAt
  }

  /** The hospital said when, or whether, it takes place: what was refused before is not the last that is known any more. */
  hearFromHospital(): void {
    if (this.hospitalConfirmation === HospitalConfirmation.REFUSED)
      this.hospitalConfirmation = HospitalConfirmation.CONFIRMED
  }

  /** Takes what the hospital says. What moves must be accepted anew; what was cancelled is booked again. */
  record(booking: Booking, seating: Seating | undefined): Change {
    const change = this.changeTo(booking)
    this.recordedAt = booking.recordedAt
    this.arrangedAt = booking.arrangedAt
    if (change === 'NONE') return change
    const { flag: _, ...seat } = seating ?? {}
    if (change === 'BOOKED') Object.assign(this, bookedAnew)
    else if (change === 'MOVED' && this.differs(booking, 'startsAt'))
      this.noteMove(MovedBy.HOSPITAL, booking.recordedAt)
    Object.assign(this, booking, seat)
    if (seating) this.chosenHere = false
    if (change !== 'AMENDED') this.acceptedAt = null
    this.version += 1
    return change
  }

  /** Takes from the hospital what it says of place, medium and arrangements, and nothing of when and whether it takes place. */
  recordDetails({ ownPlace, ownMedium, arranged, arrangedAt, recordedAt }: Booking): void {
    const before = [this.ownPlace ?? null, this.ownMedium ?? null, this.arranged]
    if (!isDeepStrictEqual(before, [ownPlace, ownMedium, arranged])) this.version += 1
    Object.assign(this, { ownPlace, ownMedium, arranged, arrangedAt, recordedAt })
  }

  /** Whether this booking needs another seat than the one it holds. */
  needsSeat(booking: Booking): boolean {
    if (this.changeTo(booking) === 'BOOKED') return true
    if (this.status !== AppointmentStatus.BOOKED) return false
    return this.seat == null || seatedBy.some((name) => this.differs(booking, name))
  }

  /** Whether the booking takes it to another time or clinic, or brings it back. */
  isMovedBy(booking: Booking): boolean {
    return (
      this.changeTo(booking) === 'BOOKED' || this.differs(booking, 'startsAt') || this.differs(booking, 'clinicCode')
    )
  }

  cancelByHospital(reason: string | null, eventAt: Date): void {
    this.status = AppointmentStatus.CANCELLED
    this.cancelledBy = CancelledBy.HOSPITAL
    this.cancellationReason = reason
    this.cancelledAt = this.recordedAt = eventAt
    this.undoUntil = null
    this.chosenHere = false
    this.hospitalConfirmation = HospitalConfirmation.CONFIRMED
    this.version += 1
  }

  /** Replaces what the hospital has arranged for it. Answers whether that is something else than before. */
  arrange(arranged: Arrangement[], eventAt: Date): boolean {
    this.arrangedAt = eventAt
    if (isDeepStrictEqual(this.arranged, arranged)) return false
    this.arranged = arranged
    this.version += 1
    return true
  }

  /** The hospital says that it took place, or that the patient did not come. Answers whether that is news. */
  attend(status: AppointmentStatus.COMPLETED | AppointmentStatus.DID_NOT_ATTEND, eventAt: Date): boolean {
    this.recordedAt = eventAt
    if (this.status === status) return false
    this.status = status
    this.version += 1
    return true
  }

  /** A step of a stay, and what its message says beside. Answers whether that changes anything. */
  takeStep({
    recordedAt,
    arrangedAt,
    ...facts
  }: Partial<Appointment> & Pick<Booking, 'recordedAt' | 'arrangedAt'>): boolean {
    Object.assign(this, { recordedAt, arrangedAt })
    const isNews = Object.entries(facts).some(
      ([name, fact]) => !isDeepStrictEqual(this[name as keyof this] ?? null, fact),
    )
    if (isNews) Object.assign(this, facts, { version: this.version + 1 })
    return isNews
  }

  /** The word of the admission came after that of the discharge. */
  fillInAdmission(admittedAt: Date | null): void {
    if (!admittedAt || this.admittedAt || this.status !== AppointmentStatus.COMPLETED) return
    this.admittedAt = admittedAt
    this.version += 1
  }

  get isCancelledByPatient(): boolean {
    return this.status === AppointmentStatus.CANCELLED && this.cancelledBy === CancelledBy.PATIENT
  }

  /** In the same update as what was done. That the last change was refused is known until it is told where this one starts. */
  private awaitHospital(): void {
    if (this.hospitalConfirmation === HospitalConfirmation.CONFIRMED)
      this.hospitalConfirmation = HospitalConfirmation.BEING_CONFIRMED
  }

  private noteMove(by: MovedBy, at: Date): void {
    Object.assign(this, { movedAt: at, movedBy: by, movedFrom: this.startsAt })
  }

  private changeTo(booking: Booking): Change {
    if (this.status === AppointmentStatus.BOOKED) {
      // A clinic that was kept out until now: for the patient this is a new booking.
      if (this.excluded && !booking.excluded) return 'BOOKED'
      if (whenAndWhere.some((name) => this.differs(booking, name))) return 'MOVED'
    } else if (this.status === AppointmentStatus.CANCELLED) return 'BOOKED'
    // It took place, or was missed: another time is another visit, all else is told of the one that was.
    else if (this.status !== AppointmentStatus.ADMITTED && this.differs(booking, 'startsAt')) return 'BOOKED'
    return [...details, ...whenAndWhere].some((name) => this.differs(booking, name)) ? 'AMENDED' : 'NONE'
  }

  private differs(booking: Booking, name: keyof Booking): boolean {
    return !isDeepStrictEqual(this[name] ?? null, booking[name])
  }
}
AppointmentTable.setClass(Appointment)

const whenAndWhere = ['startsAt', 'clinicCode', 'ownPlace', 'ownMedium'] as const
const details = ['kind', 'endsAt', 'clinician', 'arranged', 'excluded'] as const
const seatedBy = ['startsAt', 'clinicCode', 'clinician', 'kind'] as const
const bookedAnew = {
  status: AppointmentStatus.BOOKED,
  cancelledAt: null,
  cancelledBy: null,
  cancellationReason: null,
  undoUntil: null,
  movedAt: null,
  movedBy: null,
  movedFrom: null,
}
