import type { EntityManager } from '@mikro-orm/sql'
import type { Context } from '../../runtime/context.ts'
import type { Appointment } from '../appointment.entity.ts'
import { AppointmentStatus, CancelledBy } from '../appointment-status.ts'
import { Slot } from '../slot.entity.ts'
import { freeSeat, leaveSeat, lockSlots, type Seating, seatFor } from '../slot-holding.ts'
import type { HospitalNotice } from './hospital-notice.entity.ts'

/** Moves the appointment back to where the hospital has it. False when that time is over, or somebody else has it now. */
export async function moveBack(
  { em, clock }: Context,
  appointment: Appointment,
  { previousSlotId, previousStartsAt: startsAt, previousEndsAt: endsAt }: HospitalNotice,
): Promise<boolean> {
  const now = clock.now()
  if (!startsAt || !endsAt || startsAt <= now) return false
  await lockSlots(em, [appointment.slotId ?? null, previousSlotId ?? null])
  const place = await placeAt(em, appointment, previousSlotId ?? null, { startsAt, endsAt })
  if (place.seat === null) return false
  await leaveSeat(em, appointment)
  appointment.moveBack({ slotId: place.slotId, seat: place.seat, startsAt, endsAt }, now)
  await em.flush()
  return true
}

/** A cancellation that the hospital refused: the appointment is booked again, over the capacity when its seat is gone. */
export async function bookAgain(context: Context, appointment: Appointment, notice: HospitalNotice): Promise<boolean> {
  const { em } = context
  if (appointment.status !== AppointmentStatus.CANCELLED || appointment.cancelledBy !== CancelledBy.PATIENT)
    return false
  const { startsAt, endsAt, slotId } = appointment
  await lockSlots(em, [slotId ?? null])
  const place = await placeAt(em, appointment, slotId ?? null, { startsAt, endsAt })
  appointment.bookAgain(place)
  await em.flush()
  // It had been moved before it was cancelled, and the hospital knew of neither.
  await moveBack(context, appointment, notice)
  return true
}

/** A seat in that slot; when the slot itself is gone, wherever the hospital's booking finds one. */
async function placeAt(
  em: EntityManager,
  appointment: Appointment,
  slotId: string | null,
  times: { startsAt: Date; endsAt: Date },
): Promise<Pick<Seating, 'slotId' | 'seat'>> {
  const slot = slotId === null ? null : await em.findOne(Slot, { id: slotId })
  if (slot) return { slotId, seat: (await freeSeat(em, slot)) ?? null }
  const { clinicCode, kind, clinician } = appointment
  return seatFor(em, { clinicCode, kind, clinician: clinician ?? null, ...times })
}
