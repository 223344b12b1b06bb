import { Arg, Ctx, Field, ID, InputType, Mutation, ObjectType, Resolver } from 'type-graphql'
import { Acknowledgement } from '../../runtime/acknowledgement.ts'
import { Auth } from '../../runtime/auth.ts'
import type { Context } from '../../runtime/context.ts'
import { idempotent } from '../../runtime/idempotency.ts'
import { outcomes } from '../../runtime/outcome.ts'
import { badInput } from '../../runtime/problem.ts'
import { Role } from '../../runtime/viewer.ts'
import { confirmWhenAllIsTold } from './confirmation.ts'
import type { HospitalNotice } from './hospital-notice.entity.ts'
import { HospitalNoticeNotDue } from './hospital-notice-not-due.ts'
import { HospitalNoticeType } from './hospital-notice.type.ts'
import { lockedNotice } from './locked-notice.ts'
import { takeRefusal } from './take-refusal.ts'

@InputType({ description: "What the hospital's system answered to a notice." })
export class AnswerHospitalNoticeInput {
  @Field(() => ID, { description: 'A new one for each answer; a repeat with the same one does nothing.' })
  idempotencyKey!: string

  @Field(() => ID, { description: 'The notice.' })
  noticeId!: string

  @Field(() => Acknowledgement, { description: 'The answer; AR also when there was none.' })
  acknowledgement!: Acknowledgement

  @Field(() => String, {
    nullable: true,
    description: 'What the hospital said, for staff: at most 500 characters are kept. Or that it did not answer.',
  })
  reason?: string | null
}

@ObjectType({ description: 'The answer is kept.' })
export class HospitalNoticeAnswered {
  @Auth({ roles: [Role.SYSTEM] })
  @Field(() => HospitalNoticeType, { description: 'The notice as it is now.' })
  readonly notice: HospitalNotice

  constructor(notice: HospitalNotice) {
    this.notice = notice
  }
}

export const AnswerHospitalNoticeResult = outcomes(
  'AnswerHospitalNoticeResult',
  'What keeping the answer to a notice can come to.',
  [HospitalNoticeAnswered, HospitalNoticeNotDue],
)

const longestReason = 500

export async function answerHospitalNotice(
  context: Context,
  { noticeId, acknowledgement, reason }: AnswerHospitalNoticeInput,
): Promise<typeof AnswerHospitalNoticeResult> {
  const { em, clock } = context
  const found = await lockedNotice(em, noticeId)
  if (!found) throw badInput('noticeId: no notice has this id. Use one that dueHospitalNotices gave.')
  const { appointment, notice } = found
  const now = clock.now()
  if (!notice.isWaiting || notice.attempts === 0) return new HospitalNoticeNotDue()
  switch (acknowledgement) {
    case Acknowledgement.AA:
      notice.acknowledge(now)
      await em.flush()
      await confirmWhenAllIsTold(em, appointment)
      break
    case Acknowledgement.AE:
      notice.refuse(reason?.slice(0, longestReason) ?? null, now)
      await em.flush()
      await takeRefusal(context, appointment, notice)
      break
    case Acknowledgement.AR:
      // Said of a try that is over already: whoever tries now says what becomes of it.
      if (notice.leasedUntil == null) return new HospitalNoticeNotDue()
      notice.postpone(now)
      break
    default:
      return acknowledgement satisfies never
  }
  return new HospitalNoticeAnswered(notice)
}

@Resolver()
export class AnswerHospitalNotice {
  @Auth({ roles: [Role.SYSTEM] })
  @Mutation(() => AnswerHospitalNoticeResult, {
    description:
      "Keeps what the hospital's system answered: AA, it knows; AE, it refused for good; AR or silence, tried again later and later. A late or second answer changes nothing.",
  })
  answerHospitalNotice(
    @Arg('input', () => AnswerHospitalNoticeInput, { description: 'The answer.' }) input: AnswerHospitalNoticeInput,
    @Ctx() context: Context,
  ) {
    return idempotent(context, input, answerHospitalNotice)
  }
}
