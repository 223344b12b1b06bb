import { LockMode } from '@mikro-orm/core'
import { Arg, Ctx, Field, ID, InputType, Mutation, ObjectType, Resolver } from 'type-graphql'
import { Auth } from '../../runtime/auth.ts'
import type { Context } from '../../runtime/context.ts'
import { idempotent } from '../../runtime/idempotency.ts'
import { outcomes } from '../../runtime/outcome.ts'
import { Role } from '../../runtime/viewer.ts'
import { HospitalNotice } from './hospital-notice.entity.ts'
import { HospitalNoticeNotDue } from './hospital-notice-not-due.ts'
import { HospitalNoticeStatus } from './hospital-notice-status.ts'
import { HospitalNoticeType } from './hospital-notice.type.ts'

@InputType({ description: 'Which notice is to be sent.' })
export class ClaimHospitalNoticeInput {
  @Field(() => ID, { description: 'A new one for each try: the same key is the same try.' })
  idempotencyKey!: string

  @Field(() => ID, { description: 'The notice.' })
  noticeId!: string
}

@ObjectType({ description: 'The notice is yours to send for 60 seconds.' })
export class HospitalNoticeClaimed {
  @Auth({ roles: [Role.SYSTEM] })
  @Field(() => HospitalNoticeType, { description: 'The notice.' })
  readonly notice: HospitalNotice

  constructor(notice: HospitalNotice) {
    this.notice = notice
  }
}

export const ClaimHospitalNoticeResult = outcomes(
  'ClaimHospitalNoticeResult',
  'What taking a notice to send it can come to.',
  [HospitalNoticeClaimed, HospitalNoticeNotDue],
)

export async function claimHospitalNotice(
  { em, clock }: Context,
  { noticeId }: ClaimHospitalNoticeInput,
): Promise<typeof ClaimHospitalNoticeResult> {
  const now = clock.now()
  // Locked: of two who would send it, the second looks again when the first has it.
  const notice = await em.findOne(HospitalNotice, { id: noticeId }, { lockMode: LockMode.PESSIMISTIC_WRITE })
  if (!notice?.isDue(now)) return new HospitalNoticeNotDue()
  const { appointmentId, sequence } = notice
  const earlier = { appointmentId, sequence: { $lt: sequence }, status: HospitalNoticeStatus.WAITING }
  if (await em.count(HospitalNotice, earlier)) return new HospitalNoticeNotDue()
  notice.claim(now)
  return new HospitalNoticeClaimed(notice)
}

@Resolver()
export class ClaimHospitalNotice {
  @Auth({ roles: [Role.SYSTEM] })
  @Mutation(() => ClaimHospitalNoticeResult, {
    description: 'Takes a notice for 60 seconds: nobody else sends it meanwhile.',
  })
  claimHospitalNotice(
    @Arg('input', () => ClaimHospitalNoticeInput, { description: 'Which notice.' }) input: ClaimHospitalNoticeInput,
    @Ctx() context: Context,
  ) {
    return idempotent(context, input, claimHospitalNotice)
  }
}
