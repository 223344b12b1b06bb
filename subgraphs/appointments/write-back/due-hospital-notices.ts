import { raw } from '@mikro-orm/core'
import { Arg, Ctx, Int, Query, Resolver } from 'type-graphql'
import { Auth } from '../../runtime/auth.ts'
import type { Context } from '../../runtime/context.ts'
import { pageSize } from '../../runtime/page.ts'
import { Role } from '../../runtime/viewer.ts'
import { HospitalNotice } from './hospital-notice.entity.ts'
import { HospitalNoticeStatus } from './hospital-notice-status.ts'
import { HospitalNoticeType } from './hospital-notice.type.ts'

/** The notices of an appointment are sent in their order: a later one waits until those before it are answered. */
const firstOfItsAppointment = raw(
  (alias) => `not exists (select 1 from hospital_notice earlier
    where earlier.appointment_id = ${alias}.appointment_id and earlier.sequence < ${alias}.sequence
      and earlier.status = 'WAITING')`,
)

export async function dueHospitalNotices({ em, clock }: Context, first: number): Promise<HospitalNotice[]> {
  const now = clock.now()
  return em.find(
    HospitalNotice,
    {
      status: HospitalNoticeStatus.WAITING,
      notBefore: { $lte: now },
      $or: [{ leasedUntil: null }, { leasedUntil: { $lte: now } }],
      [firstOfItsAppointment]: [],
    },
    { orderBy: { occurredAt: 'asc', sequence: 'asc', id: 'asc' }, limit: pageSize(first) },
  )
}

@Resolver()
export class DueHospitalNotices {
  @Auth({ roles: [Role.SYSTEM] })
  @Query(() => [HospitalNoticeType], {
    description: 'The notices to send now: the first unanswered of each appointment, the oldest first.',
  })
  dueHospitalNotices(
    @Arg('first', () => Int, { defaultValue: 20, description: 'How many: 1 to 50.' }) first: number,
    @Ctx() context: Context,
  ) {
    return dueHospitalNotices(context, first)
  }
}
