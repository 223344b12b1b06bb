import { createUnionType, Field, Int, ObjectType } from 'type-graphql'
import { Auth } from '../runtime/auth.ts'
import type { Context } from '../runtime/context.ts'
import { Role } from '../runtime/viewer.ts'
import type { Appointment } from './appointment.entity.ts'
import { ClinicMode } from './clinic-mode.ts'
import type { Clinic } from './clinic.entity.ts'
import { Closed } from './closed.ts'
import { Notice, noticeOf } from './notice.ts'
import { whyNotReschedule } from './why-not.ts'

const shown = { roles: [Role.PATIENT, Role.SYSTEM] }

@ObjectType({ description: 'The patient can change its time here, at once.' })
export class RescheduleOpen {
  @Auth(shown)
  @Field(() => Int, { description: 'How many more times.' })
  readonly remaining: number

  @Auth(shown)
  @Field(() => Int, { description: 'How many times in all. Moves by the hospital do not count.' })
  readonly limit: number

  @Auth(shown)
  @Field(() => Notice, { description: 'The notice the hospital asks for.' })
  readonly notice: Notice

  constructor(remaining: number, limit: number, notice: Notice) {
    this.remaining = remaining
    this.limit = limit
    this.notice = notice
  }
}

@ObjectType({ description: 'The patient can ask staff for another time.' })
export class RescheduleByRequest {
  @Auth(shown)
  @Field(() => Int, { description: 'Staff answer within so many working days.' })
  readonly answerWithinWorkingDays: number

  @Auth(shown)
  @Field(() => Notice, { description: 'The notice the hospital asks for.' })
  readonly notice: Notice

  constructor(answerWithinWorkingDays: number, notice: Notice) {
    this.answerWithinWorkingDays = answerWithinWorkingDays
    this.notice = notice
  }
}

@ObjectType({ description: 'The patient cannot change its time here: why, and the way on.' })
export class RescheduleClosed extends Closed {}

export const CanReschedule = createUnionType({
  name: 'CanReschedule',
  description: 'Whether the patient can change the time of an appointment, and how; never a bare no.',
  types: () => [RescheduleOpen, RescheduleByRequest, RescheduleClosed] as const,
})

/** What the page about an appointment says of changing it. */
export async function canReschedule(
  appointment: Appointment,
  clinic: Clinic,
  context: Context,
): Promise<typeof CanReschedule> {
  const refusal = await whyNotReschedule(context, appointment, clinic)
  if (refusal) return new RescheduleClosed(refusal)
  const { rescheduleLimit, requestAnswerWorkingDays } = context.trust
  const notice = noticeOf(appointment, clinic, context)
  if (clinic.mode === ClinicMode.REQUEST) return new RescheduleByRequest(requestAnswerWorkingDays, notice)
  return new RescheduleOpen(rescheduleLimit - appointment.timesRescheduled, rescheduleLimit, notice)
}
