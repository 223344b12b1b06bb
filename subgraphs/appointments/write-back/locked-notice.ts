import { LockMode } from '@mikro-orm/core'
import type { EntityManager } from '@mikro-orm/sql'
import { Appointment } from '../appointment.entity.ts'
import { HospitalNotice } from './hospital-notice.entity.ts'

/**
 * A notice and its appointment, both locked and as they are now. The appointment comes first, as everywhere: whoever
 * changes it changes its notices after it. Null when the viewer may not see them.
 */
export async function lockedNotice(em: EntityManager, noticeId: string) {
  const found = await em.findOne(HospitalNotice, { id: noticeId })
  if (!found) return null
  const locked = { lockMode: LockMode.PESSIMISTIC_WRITE, refresh: true } as const
  const appointment = await em.findOne(Appointment, { id: found.appointmentId }, locked)
  const notice = await em.findOne(HospitalNotice, { id: noticeId }, locked)
  return appointment && notice && { appointment, notice }
}
