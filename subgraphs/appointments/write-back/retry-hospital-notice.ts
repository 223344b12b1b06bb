import { Arg, Ctx, Field, ID, InputType, Mutation, ObjectType, Resolver } from 'type-graphql'
import { Auth } from '../../runtime/auth.ts'
import type { Context } from '../../runtime/context.ts'
import { idempotent } from '../../runtime/idempotency.ts'
import { outcomes } from '../../runtime/outcome.ts'
import { Problem } from '../../runtime/problem.ts'
import { Role } from '../../runtime/viewer.ts'
import { staffNameOf } from '../requests/staff-name.ts'
import { doAgain } from './do-again.ts'
import type { HospitalNotice } from './hospital-notice.entity.ts'
import { HospitalNoticeNotFound } from './hospital-notice-not-found.ts'
import { HospitalNoticeStatus } from './hospital-notice-status.ts'
import { HospitalNoticeType } from './hospital-notice.type.ts'
import { lockedNotice } from './locked-notice.ts'

@InputType({ description: 'Which refused notice is to be sent once more.' })
export class RetryHospitalNoticeInput {
  @Field(() => ID, { description: 'Made when the form is rendered: the same key is the same request.' })
  idempotencyKey!: string

  @Field(() => ID, { description: 'The notice.' })
  noticeId!: string
}

@ObjectType({ description: 'It is done once more, and on its way to the hospital.' })
export class HospitalNoticeQueued {
  @Auth({ roles: [Role.STAFF] })
  @Field(() => HospitalNoticeType, {
    description: 'The notice that is sent now: a new one, for the hospital knows the old.',
  })
  readonly notice: HospitalNotice

  constructor(notice: HospitalNotice) {
    this.notice = notice
  }
}

@ObjectType({
  implements: Problem,
  description: 'It can no longer be sent: the time is taken, or the appointment has changed since. Says what to do.',
})
export class HospitalNoticeOvertaken extends Problem {
  @Auth({ roles: [Role.STAFF] })
  @Field(() => HospitalNoticeType, { description: 'The notice as it is.' })
  readonly notice: HospitalNotice

  constructor(notice: HospitalNotice, message: string) {
    super()
    this.notice = notice
    this.message = message
  }
}

export const RetryHospitalNoticeResult = outcomes(
  'RetryHospitalNoticeResult',
  'What sending a refused notice once more can come to.',
  [HospitalNoticeQueued, HospitalNoticeOvertaken, HospitalNoticeNotFound],
)

export async function retryHospitalNotice(
  context: Context,
  { noticeId }: RetryHospitalNoticeInput,
): Promise<typeof RetryHospitalNoticeResult> {
  const found = await lockedNotice(context.em, noticeId)
  if (!found) return new HospitalNoticeNotFound()
  const { appointment, notice } = found
  if (notice.status !== HospitalNoticeStatus.REFUSED) return new HospitalNoticeOvertaken(notice, notRefused)
  const again = await doAgain(context, appointment, notice)
  if (typeof again === 'string') return new HospitalNoticeOvertaken(notice, again)
  notice.settle('Sent again.', staffNameOf(context.viewer), context.clock.now())
  return new HospitalNoticeQueued(again)
}

const notRefused = 'This is no longer refused: it was sent again, settled or overtaken. Go back to the list.'

@Resolver()
export class RetryHospitalNotice {
  @Auth({ roles: [Role.STAFF] })
  @Mutation(() => RetryHospitalNoticeResult, {
    description:
      'Tries again: does once more what the patient did, when the old time had been restored, and tells the hospital.',
  })
  retryHospitalNotice(
    @Arg('input', () => RetryHospitalNoticeInput, { description: 'Which notice.' }) input: RetryHospitalNoticeInput,
    @Ctx() context: Context,
  ) {
    return idempotent(context, input, retryHospitalNotice)
  }
}
