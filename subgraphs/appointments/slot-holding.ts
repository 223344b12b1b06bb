import { randomUUID } from 'node:crypto'
import { LockMode } from '@mikro-orm/core'
import type { EntityManager } from '@mikro-orm/sql'
import { Appointment } from './appointment.entity.ts'
import { AppointmentRecordFlag } from './appointment-record-flag.ts'
import { AppointmentKind, AppointmentStatus } from './appointment-status.ts'
import type { Booking } from './booking.ts'
import { Slot } from './slot.entity.ts'

/** Where an appointment sits in the clinic's time. */
export interface Seating {
  readonly slotId: string | null
  readonly seat: number | null
  readonly clinician: string | null
  readonly flag?: AppointmentRecordFlag
}

/**
 * Finds a seat for what the hospital booked: in a published slot of that time with a free seat; over the capacity of a
 * full one; or in a slot of its own. The hospital's word always stands: what conflicts is flagged, never refused.
 */
export async function seatFor(em: EntityManager, booking: Booking): Promise<Seating> {
  const { clinicCode, startsAt, clinician, kind } = booking
  if (kind === AppointmentKind.ADMISSION) return { slotId: null, seat: null, clinician }
  const published = await em.find(Slot, { clinicCode, startsAt, hospitalId: { $ne: null } }, locked)
  const suitable = published.filter((slot) => slot.suits(clinician))
  for (const slot of suitable) {
    const seat = await freeSeat(em, slot)
    if (seat !== undefined) return seated(booking, slot, seat)
  }
  const [full] = suitable
  if (full) return { ...seated(booking, full, null), flag: AppointmentRecordFlag.SLOT_CONFLICT }
  return { ...seated(booking, ownSlot(em, booking), 1), flag: AppointmentRecordFlag.SLOT_CREATED }
}

/** Gives the seat back: to the first who was booked over the capacity, or to whoever comes next. */
export async function leaveSeat(em: EntityManager, appointment: Appointment): Promise<void> {
  const { id, slotId, seat } = appointment
  if (slotId == null || seat == null) return
  await em.findOneOrFail(Slot, { id: slotId }, { lockMode: LockMode.PESSIMISTIC_WRITE })
  appointment.seat = null
  await em.flush()
  const waiting = { slotId, seat: null, status: AppointmentStatus.BOOKED, id: { $ne: id } }
  const next = await em.findOne(Appointment, waiting, { orderBy: { recordedAt: 'asc', id: 'asc' } })
  if (next) next.seat = seat
  await em.flush()
}

/** A slot that a booking made for itself goes when the booking does. What the hospital published stays. */
export async function dropOwnSlot(em: EntityManager, slotId: string | null | undefined): Promise<void> {
  if (slotId) await em.nativeDelete(Slot, { id: slotId, hospitalId: null })
}

/** Slots are locked in one order everywhere, so that two bookings never wait for each other. */
const locked = { lockMode: LockMode.PESSIMISTIC_WRITE, orderBy: { id: 'asc' } } as const

/** The lowest seat of a slot that nobody holds. */
async function freeSeat(em: EntityManager, slot: Slot): Promise<number | undefined> {
  const holders = await em.find(Appointment, { slotId: slot.id, seat: { $ne: null } })
  const taken = new Set(holders.map((it) => it.seat))
  for (let seat = 1; seat <= slot.capacity; seat++) if (!taken.has(seat)) return seat
  return undefined
}

const seated = ({ clinician }: Booking, slot: Slot, seat: number | null): Seating => ({
  slotId: slot.id,
  seat,
  clinician: clinician ?? slot.clinician ?? null,
})

const ownSlot = (em: EntityManager, { clinicCode, startsAt, endsAt, clinician }: Booking): Slot =>
  em.create(Slot, { id: randomUUID(), hospitalId: null, clinicCode, startsAt, endsAt, clinician, capacity: 1 })
