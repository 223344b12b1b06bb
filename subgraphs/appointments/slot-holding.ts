import { randomUUID } from 'node:crypto'
import { LockMode } from '@mikro-orm/core'
import type { EntityManager } from '@mikro-orm/sql'
import { Appointment } from './appointment.entity.ts'
import { AppointmentRecordFlag } from './appointment-record-flag.ts'
import { AppointmentKind, AppointmentStatus } from './appointment-status.ts'
import type { Booking } from './booking.ts'
import { Slot } from './slot.entity.ts'

/** What a seat is looked for by. */
export type Wanted = Pick<Booking, 'clinicCode' | 'kind' | 'startsAt' | 'endsAt' | 'clinician'>

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
export async function seatFor(em: EntityManager, booking: Wanted): Promise<Seating> {
  const { clinician, kind } = booking
  if (kind === AppointmentKind.ADMISSION) return { slotId: null, seat: null, clinician }
  const suitable = await suitableSlots(em, booking)
  for (const slot of suitable) {
    const seat = await freeSeat(em, slot)
    if (seat !== undefined) return seated(booking, slot, seat)
  }
  const [full] = suitable
  if (full) return { ...seated(booking, full, null), flag: AppointmentRecordFlag.SLOT_CONFLICT }
  return { ...seated(booking, ownSlot(em, booking), 1), flag: AppointmentRecordFlag.SLOT_CREATED }
}

/** The published slots of that time, full or not, in which it can be. */
export async function suitableSlots(em: EntityManager, wanted: Wanted): Promise<Slot[]> {
  const published = await em.find(Slot, publishedAt(wanted), locked)
  return published.filter((slot) => slot.suits(wanted.clinician))
}

/** Gives the seat back: to the first who was booked over the capacity, or to whoever comes next. */
export async function leaveSeat(em: EntityManager, appointment: Appointment): Promise<void> {
  const { id, slotId, seat } = appointment
  if (slotId == null || seat == null) return
  await em.findOneOrFail(Slot, { id: slotId }, { lockMode: LockMode.PESSIMISTIC_WRITE })
  appointment.seat = null
  await em.flush()
  await handOn(em, { slotId, seat, leftBy: id })
}

/** What keeps its time: a cancellation that can still be undone does. */
export const keepsItsTime = { $or: [{ status: AppointmentStatus.BOOKED }, { undoUntil: { $ne: null } }] }

/**
 * A seat that was left goes to the first who was booked over the capacity, and stays: whoever is cancelled or moved at
 * this moment is passed over. Whose appointment that is does not matter to the viewer who leaves, so no row of it is
 * loaded: the filters do not apply, and nothing of it can be shown.
 */
export async function handOn(em: EntityManager, left: { slotId: string; seat: number; leftBy: string }): Promise<void> {
  const { slotId, seat, leftBy } = left
  const waiting = { slotId, seat: null, ...keepsItsTime }
  const others = em.createQueryBuilder(Appointment, 'a').select('a.id')
  const queue = others.where({ ...waiting, id: { $ne: leftBy } }).orderBy({ recordedAt: 'asc', id: 'asc' })
  for (const { id } of await queue.execute<{ id: string }[]>())
    if (await em.nativeUpdate(Appointment, { ...waiting, id }, { seat }, { filters: false })) return
}

/** A slot that a booking made for itself goes when the booking does. What the hospital published stays. */
export async function dropOwnSlot(em: EntityManager, slotId: string | null | undefined): Promise<void> {
  if (slotId) await em.nativeDelete(Slot, { id: slotId, hospitalId: null })
}

/**
 * Locks everywhere go from the appointment to its clinic to the slots, and from slot to slot by id, each act taking all
 * of its slots at once: so two acts never wait for each other.
 */
const locked = { lockMode: LockMode.PESSIMISTIC_WRITE, orderBy: { id: 'asc' } } as const

/** Locks those of these slots that there are, and with them the published ones in which a booking looks for its seat. */
export async function lockSlots(em: EntityManager, ids: (string | null | undefined)[], wanted?: Wanted): Promise<void> {
  const named = { id: { $in: ids.filter((id) => id != null) } }
  await em.find(Slot, wanted ? { $or: [named, publishedAt(wanted)] } : named, locked)
}

const publishedAt = ({ clinicCode, startsAt }: Wanted) => ({ clinicCode, startsAt, hospitalId: { $ne: null } })

/** The lowest seat of a locked slot that nobody holds. Seats are numbers: who holds them is neither asked nor loaded. */
export async function freeSeat(em: EntityManager, slot: Slot): Promise<number | undefined> {
  const held = em
    .createQueryBuilder(Appointment, 'a')
    .select('a.seat')
    .where({ slotId: slot.id, seat: { $ne: null } })
  const taken = new Set((await held.execute<{ seat: number }[]>()).map((it) => it.seat))
  for (let seat = 1; seat <= slot.capacity; seat++) if (!taken.has(seat)) return seat
  return undefined
}

const seated = ({ clinician }: Wanted, slot: Slot, seat: number | null): Seating => ({
  slotId: slot.id,
  seat,
  clinician: clinician ?? slot.clinician ?? null,
})

const ownSlot = (em: EntityManager, { clinicCode, startsAt, endsAt, clinician }: Wanted): Slot =>
  em.create(Slot, { id: randomUUID(), hospitalId: null, clinicCode, startsAt, endsAt, clinician, capacity: 1 })
