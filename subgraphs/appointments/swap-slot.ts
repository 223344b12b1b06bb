import { DriverException } from '@mikro-orm/core'
import type { Context } from '../runtime/context.ts'
import { MetAnother } from '../runtime/idempotency.ts'
import type { Appointment } from './appointment.entity.ts'
import type { MovedBy } from './appointment-status.ts'
import { freshSlots } from './available-slots.ts'
import { offered } from './offered-slots.ts'
import { Slot } from './slot.entity.ts'
import { freeSeat, handOn, lockSlots } from './slot-holding.ts'
import { SlotNotOffered, SlotTaken } from './slot-problems.ts'

/** Where an appointment is now, and where it was before. */
export interface Swapped {
  readonly slot: Slot
  readonly previous: { slotId: string | null; startsAt: Date; endsAt: Date }
}

/**
 * Moves a locked appointment to a published slot of its clinic and clinician: slot, seat and time, and nothing else. When
 * the slot is not to be had, the appointment keeps its place. A slot of its own that it leaves stays: should the
 * hospital refuse, it goes back there.
 */
export async function swapSlot(
  context: Context,
  appointment: Appointment,
  slotId: string,
  by: MovedBy,
): Promise<Swapped | SlotTaken | SlotNotOffered> {
  const { em, clock } = context
  const { slotId: previousSlotId = null, seat: previousSeat, startsAt, endsAt } = appointment
  await lockSlots(em, [slotId, previousSlotId])
  const slot = await em.findOne(Slot, { $and: [{ id: slotId }, offered(context, appointment, by)] })
  if (!slot) return new SlotNotOffered(await freshSlots(context, appointment, by))
  const seat = await freeSeat(em, slot)
  if (seat === undefined) return new SlotTaken(await freshSlots(context, appointment, by))
  appointment.moveTo(slot, seat, by, clock.now())
  await em.flush().catch(meet)
  if (previousSlotId !== null && previousSeat != null)
    await handOn(em, { slotId: previousSlotId, seat: previousSeat, leftBy: appointment.id })
  return { slot, previous: { slotId: previousSlotId, startsAt, endsAt } }
}

/** We have looked: only somebody who came between can have made the database refuse the time. Looking again finds them. */
function meet(error: unknown): never {
  if (error instanceof DriverException && error.message.includes('overlaps another appointment')) throw new MetAnother()
  throw error
}
