import type { EntityManager } from '@mikro-orm/sql'
import type { Context } from '../../runtime/context.ts'
import type { Appointment } from '../appointment.entity.ts'
import { AppointmentStatus, CancelledBy } from '../appointment-status.ts'
import { Slot } from '../slot.entity.ts'
import {
  dropOwnSlot,
  freeSeat,
  handOn,
  lockSlots,
  type Seating,
  seatFor,
  suitableSlots,
  type Wanted,
} from '../slot-holding.ts'
import type { HospitalNotice } from './hospital-notice.entity.ts'

/** Moves the appointment back to where the hospital has it. False when that time is over, or somebody else has it now. */
export async function moveBack(
  { em, clock }: Context,
  appointment: Appointment,
  { previousSlotId, previousStartsAt: startsAt, previousEndsAt: endsAt }: HospitalNotice,
): Promise<boolean> {
  const now = clock.now()
  if (!startsAt || !endsAt || startsAt <= now) return false
  const wanted = wantedBy(appointment, { startsAt, endsAt })
  await lockSlots(em, [appointment.slotId, previousSlotId], wanted)
  const { slotId, seat } = await placeAt(em, wanted, previousSlotId)
  if (previousSlotId !== slotId && previousSlotId !== appointment.slotId) await dropOwnSlot(em, previousSlotId)
  if (seat === null) return false
  const { id: leftBy, slotId: leftSlotId, seat: leftSeat } = appointment
  appointment.moveBack({ slotId, seat, startsAt, endsAt }, now)
  await em.flush()
  if (leftSlotId != null && leftSeat != null) await handOn(em, { slotId: leftSlotId, seat: leftSeat, leftBy })
  return true
}

/** A cancellation that the hospital refused: the appointment is booked again, over the capacity when its seat is gone. */
export async function bookAgain(context: Context, appointment: Appointment, notice: HospitalNotice): Promise<boolean> {
  const { em } = context
  if (appointment.status !== AppointmentStatus.CANCELLED || appointment.cancelledBy !== CancelledBy.PATIENT)
    return false
  const { startsAt, endsAt, slotId } = appointment
  const wanted = wantedBy(appointment, { startsAt, endsAt })
  await lockSlots(em, [slotId], wanted)
  const place = await placeAt(em, wanted, slotId)
  appointment.bookAgain(place)
  await em.flush()
  if (place.slotId !== slotId) await dropOwnSlot(em, slotId)
  // It had been moved before it was cancelled, and the hospital knew of neither.
  await moveBack(context, appointment, notice)
  return true
}

const wantedBy = (
  { clinicCode, kind, clinician }: Appointment,
  { startsAt, endsAt }: { startsAt: Date; endsAt: Date },
): Wanted => ({ clinicCode, kind, clinician: clinician ?? null, startsAt, endsAt })

/**
 * A seat in that slot. When it is gone, or the booking's own and the time was published since, wherever the hospital's
 * booking finds one: two slots of one time would be two appointments.
 */
async function placeAt(
  em: EntityManager,
  wanted: Wanted,
  slotId: string | null | undefined,
): Promise<Pick<Seating, 'slotId' | 'seat'>> {
  const slot = slotId == null ? null : await em.findOne(Slot, { id: slotId })
  const stands = slot && (slot.hospitalId != null || (await suitableSlots(em, wanted)).length === 0)
  return stands ? { slotId: slot.id, seat: (await freeSeat(em, slot)) ?? null } : seatFor(em, wanted)
}
