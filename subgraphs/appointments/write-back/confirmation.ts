import type { EntityManager } from '@mikro-orm/sql'
import type { Appointment } from '../appointment.entity.ts'
import { HospitalConfirmation } from '../appointment-status.ts'
import { HospitalNotice } from './hospital-notice.entity.ts'
import { changes, HospitalNoticeStatus } from './hospital-notice-status.ts'

/** The appointment is confirmed once nothing that was done to it waits to be acknowledged. */
export async function confirmWhenAllIsTold(em: EntityManager, appointment: Appointment): Promise<void> {
  if (appointment.hospitalConfirmation !== HospitalConfirmation.BEING_CONFIRMED) return
  const waiting = { appointmentId: appointment.id, status: HospitalNoticeStatus.WAITING, kind: { $in: [...changes] } }
  if ((await em.count(HospitalNotice, waiting)) === 0) appointment.hospitalConfirmation = HospitalConfirmation.CONFIRMED
}
