import type { EntityManager } from '@mikro-orm/sql'
import { HospitalNotice } from './hospital-notice.entity.ts'
import { changes, HospitalNoticeStatus } from './hospital-notice-status.ts'

/** What was done to the appointment after this and is still to be told, the first of it. */
export const laterChange = (em: EntityManager, { appointmentId, sequence }: HospitalNotice) =>
  em.findOne(
    HospitalNotice,
    { appointmentId, sequence: { $gt: sequence }, kind: { $in: [...changes] }, status: HospitalNoticeStatus.WAITING },
    { orderBy: { sequence: 'asc' } },
  )

/** The hospital still has the appointment where it was before the refused change: there the later one starts, or goes back to. */
export function handOverTo(later: HospitalNotice, refused: HospitalNotice): void {
  refused.overtake()
  if (refused.previousStartsAt == null) return
  const { previousSlotId, previousStartsAt, previousEndsAt } = refused
  Object.assign(later, { previousSlotId, previousStartsAt, previousEndsAt })
}
