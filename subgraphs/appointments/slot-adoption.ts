import { LockMode } from '@mikro-orm/core'
import type { EntityManager } from '@mikro-orm/sql'
import { Appointment } from './appointment.entity.ts'
import { Slot } from './slot.entity.ts'
import { dropOwnSlot, keepsItsTime } from './slot-holding.ts'

/** Slots that bookings made for themselves, before any of that time was published. */
const ownSlots = (clinicCode: string, times: Date[]) => ({ clinicCode, hospitalId: null, startsAt: { $in: times } })
const locked = { lockMode: LockMode.PESSIMISTIC_WRITE, orderBy: { id: 'asc' } } as const

/**
 * Locks the bookings that will be adopted, before the clinic and before their slots, as whoever changes one of them does:
 * then nobody waits for each other, and nothing that is done to them at this moment is overwritten.
 */
export async function lockBookings(em: EntityManager, clinicCode: string, times: Date[]): Promise<void> {
  await bookingsIn(em, await em.find(Slot, ownSlots(clinicCode, times)))
}

/**
 * Bookings that came before their slots were published sit in slots of their own. They move into the published ones, so
 * that a time which is taken is not offered to patients.
 */
export async function adoptBookings(em: EntityManager, clinicCode: string, published: Slot[]): Promise<void> {
  const times = published.map((slot) => slot.startsAt)
  // Whoever goes back into one of them at this moment is seen when they are there.
  const bookings = await bookingsIn(em, await em.find(Slot, ownSlots(clinicCode, times), locked))
  const holders = new Map(published.map((slot) => [slot.id, 0]))
  const left: (string | null | undefined)[] = []
  for (const booking of bookings.sort(firstRecorded)) {
    const slot = roomiest(published, booking, holders)
    if (!slot) continue
    left.push(booking.slotId)
    const holder = (holders.get(slot.id) ?? 0) + 1
    holders.set(slot.id, holder)
    booking.slotId = slot.id
    booking.seat = holder <= slot.capacity ? holder : null
  }
  await em.flush()
  for (const ownSlotId of left) await dropOwnSlot(em, ownSlotId)
}

const bookingsIn = async (em: EntityManager, own: Slot[]): Promise<Appointment[]> =>
  own.length ? em.find(Appointment, { slotId: { $in: own.map((slot) => slot.id) }, ...keepsItsTime }, locked) : []

const firstRecorded = (one: Appointment, other: Appointment) =>
  +one.recordedAt - +other.recordedAt || (one.id < other.id ? -1 : 1)

/** Of the slots at this booking's time, one with a free seat, or else the first. */
function roomiest(published: Slot[], { startsAt, clinician }: Appointment, holders: Map<string, number>) {
  const suitable = published.filter((slot) => +slot.startsAt === +startsAt && slot.suits(clinician ?? null))
  return suitable.find((slot) => (holders.get(slot.id) ?? 0) < slot.capacity) ?? suitable[0]
}
