import type { Context } from '../runtime/context.ts'
import type { Appointment } from './appointment.entity.ts'
import { HospitalConfirmation } from './appointment-status.ts'
import { AppointmentConflict } from './conflicts/appointment-conflict.entity.ts'
import { overtakeRequest } from './requests/overtake-request.ts'
import { dropOwnSlot } from './slot-holding.ts'
import { HospitalNotice } from './write-back/hospital-notice.entity.ts'
import { HospitalNoticeStatus } from './write-back/hospital-notice-status.ts'

/**
 * The hospital moved, cancelled or closed the appointment itself: what it was still to be told of it is no longer sent,
 * and what its patient asks for is no longer open. Called with the appointment locked, and as it is from now on.
 */
export async function overtake(context: Context, appointment: Appointment): Promise<void> {
  const { em } = context
  const { id: appointmentId, slotId } = appointment
  appointment.hospitalConfirmation = HospitalConfirmation.CONFIRMED
  const waiting = await em.find(HospitalNotice, { appointmentId, status: HospitalNoticeStatus.WAITING })
  for (const notice of waiting) notice.overtake()
  await em.flush()
  for (const { previousSlotId } of waiting) if (previousSlotId !== slotId) await dropOwnSlot(em, previousSlotId)
  await takeAlong(context, appointment)
  await overtakeRequest(context, appointment)
}

/** Staff who may see the appointment see what stands on the desk about it: that follows it to another clinic. */
export async function takeAlong({ em }: Context, { id: appointmentId, clinicCode }: Appointment): Promise<void> {
  const elsewhere = { appointmentId, clinicCode: { $ne: clinicCode } }
  await em.nativeUpdate(HospitalNotice, elsewhere, { clinicCode })
  await em.nativeUpdate(AppointmentConflict, elsewhere, { clinicCode })
}
