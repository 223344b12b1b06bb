import type { EntityManager } from '@mikro-orm/sql'
import { Appointment } from './appointment.entity.ts'
import { AppointmentStatus } from './appointment-status.ts'
import { Slot } from './slot.entity.ts'
import { dropOwnSlot } from './slot-holding.ts'

/**
 * Bookings that came before their slots were published sit in slots of their own. They move into the published ones, so
 * that a time which is taken is not offered to patients.
 */
export async function adoptBookings(em: EntityManager, clinicCode: string, published: Slot[]): Promise<void> {
  const startsAt = { $in: published.map((slot) => slot.startsAt) }
  const own = await em.find(Slot, { clinicCode, hospitalId: null, startsAt })
  if (!own.length) return
  const bookings = await em.find(
    Appointment,
    { slotId: { $in: own.map((slot) => slot.id) }, status: AppointmentStatus.BOOKED },
    { orderBy: { recordedAt: 'asc', id: 'asc' } },
  )
  const holders = new Map(published.map((slot) => [slot.id, 0]))
  for (const booking of bookings) {
    const slot = roomiest(published, booking, holders)
    if (!slot) continue
    const ownSlotId = booking.slotId
    const holder = (holders.get(slot.id) ?? 0) + 1
    holders.set(slot.id, holder)
    booking.slotId = slot.id
    booking.seat = holder <= slot.capacity ? holder : null
    await em.flush()
    await dropOwnSlot(em, ownSlotId)
  }
}

/** Of the slots at this booking's time, one with a free seat, or else the first. */
function roomiest(published: Slot[], { startsAt, clinician }: Appointment, holders: Map<string, number>) {
  const suitable = published.filter((slot) => +slot.startsAt === +startsAt && slot.suits(clinician ?? null))
  return suitable.find((slot) => (holders.get(slot.id) ?? 0) < slot.capacity) ?? suitable[0]
}
