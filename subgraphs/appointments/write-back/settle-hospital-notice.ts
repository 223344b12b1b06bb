import { Arg, Ctx, Field, ID, InputType, Mutation, ObjectType, Resolver } from 'type-graphql'
import { Auth } from '../../runtime/auth.ts'
import type { Context } from '../../runtime/context.ts'
import { idempotent } from '../../runtime/idempotency.ts'
import { outcomes } from '../../runtime/outcome.ts'
import { Role } from '../../runtime/viewer.ts'
import { neededText } from '../../runtime/free-text.ts'
import { staffNameOf } from '../requests/staff-name.ts'
import type { HospitalNotice } from './hospital-notice.entity.ts'
import { HospitalNoticeNotFound } from './hospital-notice-not-found.ts'
import { HospitalNoticeStatus } from './hospital-notice-status.ts'
import { HospitalNoticeType } from './hospital-notice.type.ts'
import { lockedNotice } from './locked-notice.ts'

@InputType({ description: 'Which refused notice is settled, and how.' })
export class SettleHospitalNoticeInput {
  @Field(() => ID, { description: 'Made when the form is rendered: the same key is the same request.' })
  idempotencyKey!: string

  @Field(() => ID, { description: 'The notice.' })
  noticeId!: string

  @Field(() => String, { description: 'What was done: 1 to 500 characters.' })
  note!: string
}

@ObjectType({ description: 'The notice is settled, now or before.' })
export class HospitalNoticeSettled {
  @Auth({ roles: [Role.STAFF] })
  @Field(() => HospitalNoticeType, { description: 'The notice as it is now.' })
  readonly notice: HospitalNotice

  constructor(notice: HospitalNotice) {
    this.notice = notice
  }
}

export const SettleHospitalNoticeResult = outcomes(
  'SettleHospitalNoticeResult',
  'What settling a refused notice can come to.',
  [HospitalNoticeSettled, HospitalNoticeNotFound],
)

export async function settleHospitalNotice(
  { em, clock, viewer }: Context,
  { noticeId, note }: SettleHospitalNoticeInput,
): Promise<typeof SettleHospitalNoticeResult> {
  const { notice } = (await lockedNotice(em, noticeId)) ?? {}
  // A colleague was first: what they noted stands.
  if (notice?.status === HospitalNoticeStatus.SETTLED) return new HospitalNoticeSettled(notice)
  if (notice?.status !== HospitalNoticeStatus.REFUSED) return new HospitalNoticeNotFound()
  notice.settle(note, staffNameOf(viewer), clock.now())
  return new HospitalNoticeSettled(notice)
}

@Resolver()
export class SettleHospitalNotice {
  @Auth({ roles: [Role.STAFF] })
  @Mutation(() => SettleHospitalNoticeResult, {
    description: 'Says what was done about a notice that the hospital refused, and takes it off the desk.',
  })
  settleHospitalNotice(
    @Arg('input', () => SettleHospitalNoticeInput, { description: 'Which notice, and what was done.' })
    input: SettleHospitalNoticeInput,
    @Ctx() context: Context,
  ) {
    return idempotent(context, { ...input, note: neededText('note', input.note) }, settleHospitalNotice)
  }
}
