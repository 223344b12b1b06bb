import { randomUUID } from 'node:crypto'
import type { EntityManager } from '@mikro-orm/sql'
import type { Context } from '../runtime/context.ts'
import { Appointment, type Change } from './appointment.entity.ts'
import { appointmentEvents, happenedTo } from './appointment-events.ts'
import { AppointmentRecordFlag } from './appointment-record-flag.ts'
import { AppointmentRecorded } from './appointment-recorded.ts'
import { AppointmentStatus } from './appointment-status.ts'
import type { Booking } from './booking.ts'
import { putConflictsOnDesk } from './conflicts/put-on-desk.ts'
import { settleContradiction } from './conflicts/settle-contradiction.ts'
import { overtake } from './overtake.ts'
import { dropOwnSlot, leaveSeat, lockSlots, seatFor } from './slot-holding.ts'

/** Books what the hospital booked and nobody here knew of. */
export async function book(
  context: Context,
  { hospitalId, patientId }: { hospitalId: string; patientId: string },
  booking: Booking,
): Promise<AppointmentRecorded> {
  const { em } = context
  const { flag, ...seat } = await seatFor(em, booking)
  const facts = { id: randomUUID(), hospitalId, patientId, status: AppointmentStatus.BOOKED }
  const appointment = em.create(Appointment, { ...facts, ...booking, ...seat })
  await em.flush()
  tell(context, appointment, 'BOOKED')
  return new AppointmentRecorded(appointment, true, await flagsOf(context, appointment, flag))
}

/** Takes what the hospital says of an appointment that is known. What it contradicts stays on the desk in these words. */
export async function rebook(
  context: Context,
  appointment: Appointment,
  booking: Booking,
  contradiction?: string,
): Promise<AppointmentRecordFlag[]> {
  const { em } = context
  const { slotId } = appointment
  const isMoved = appointment.isMovedBy(booking)
  const seating = appointment.needsSeat(booking) ? await reseat(em, appointment, booking) : undefined
  const change = appointment.record(booking, seating)
  if (change === 'NONE') return []
  await em.flush()
  if (isMoved) {
    await overtake(context, appointment)
    if (contradiction === undefined) await settleContradiction(context, appointment)
  }
  const flags = await flagsOf(context, appointment, seating?.flag, contradiction)
  if (slotId !== appointment.slotId) await dropOwnSlot(em, slotId)
  tell(context, appointment, change)
  return flags
}

async function reseat(em: EntityManager, appointment: Appointment, booking: Booking) {
  await lockSlots(em, [appointment.slotId], booking)
  await leaveSeat(em, appointment)
  return seatFor(em, booking)
}

async function flagsOf(
  context: Context,
  appointment: Appointment,
  flag: AppointmentRecordFlag | undefined,
  contradiction?: string,
): Promise<AppointmentRecordFlag[]> {
  const conflicts = await putConflictsOnDesk(context, appointment, contradiction)
  return flag === AppointmentRecordFlag.SLOT_CREATED ? [flag, ...conflicts] : conflicts
}

/** Nothing is told of what the trust keeps out of the portal. */
function tell(context: Context, appointment: Appointment, change: Change): void {
  const { id, excluded, version } = appointment
  if (excluded) return
  // Booked again after it was cancelled, it is the same appointment and another booking.
  const ids = { ...happenedTo(appointment, 'HOSPITAL'), bookingId: `${id}.${version}` }
  if (change === 'BOOKED') appointmentEvents.record(context, 'appointment.booked', ids)
  if (change === 'MOVED') appointmentEvents.record(context, 'appointment.moved', ids)
}
