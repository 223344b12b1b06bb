import type { EntityManager } from '@mikro-orm/sql'
import type { Appointment } from '../appointment.entity.ts'
import { HospitalConfirmation } from '../appointment-status.ts'
import { HospitalNotice, type PreviousPlace } from './hospital-notice.entity.ts'
import { changes, HospitalNoticeStatus } from './hospital-notice-status.ts'

/**
 * Where the hospital has an appointment whose last change it refused and which stayed there all the same, since the time
 * before was gone: still where it was before that. Asked when it was changed once more, from where it stayed.
 */
export async function placeBeforeRefusal(
  em: EntityManager,
  { id: appointmentId, hospitalConfirmation }: Appointment,
  stayedAt: Date,
): Promise<PreviousPlace | undefined> {
  if (hospitalConfirmation !== HospitalConfirmation.REFUSED) return undefined
  const last = await em.findOne(
    HospitalNotice,
    { appointmentId, kind: { $in: [...changes] } },
    { orderBy: { sequence: 'desc' } },
  )
  const stands = last?.status === HospitalNoticeStatus.REFUSED && +last.startsAt === +stayedAt
  return stands ? last.previousPlace : undefined
}
