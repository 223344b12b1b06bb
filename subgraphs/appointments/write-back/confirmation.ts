import type { EntityManager } from '@mikro-orm/sql'
import type { Appointment } from '../appointment.entity.ts'
import { HospitalConfirmation } from '../appointment-status.ts'
import { dropOwnSlot } from '../slot-holding.ts'
import { HospitalNotice } from './hospital-notice.entity.ts'
import { changes, HospitalNoticeStatus } from './hospital-notice-status.ts'

/**
 * The appointment is confirmed once nothing that was done to it waits to be acknowledged. It never goes back then: slots
 * of its own that it left go.
 */
export async function confirmWhenAllIsTold(em: EntityManager, appointment: Appointment): Promise<void> {
  if (appointment.hospitalConfirmation !== HospitalConfirmation.BEING_CONFIRMED) return
  const { id: appointmentId, slotId } = appointment
  const done = { appointmentId, kind: { $in: [...changes] } }
  if (await em.count(HospitalNotice, { ...done, status: HospitalNoticeStatus.WAITING })) return
  appointment.hospitalConfirmation = HospitalConfirmation.CONFIRMED
  for (const { previousSlotId } of await em.find(HospitalNotice, done))
    if (previousSlotId !== slotId) await dropOwnSlot(em, previousSlotId)
}
