import { createUnionType, Field, Int, ObjectType } from 'type-graphql'
import { Auth } from '../runtime/auth.ts'
import type { Context } from '../runtime/context.ts'
import { Role } from '../runtime/viewer.ts'
import type { Appointment } from './appointment.entity.ts'
import { ClinicMode } from './clinic-mode.ts'
import type { Clinic } from './clinic.entity.ts'
import { Closed } from './closed.ts'
import { Notice, noticeOf } from './notice.ts'
import { whyNotCancel } from './why-not.ts'

const shown = { roles: [Role.PATIENT, Role.SYSTEM] }
const discharging = 'True when, by the rules of the trust, cancelling discharges the patient.'

@ObjectType({ description: 'The patient can cancel it here, at once.' })
export class CancelOpen {
  @Auth(shown)
  @Field(() => Boolean, { description: discharging })
  readonly discharges: boolean

  @Auth(shown)
  @Field(() => Int, { description: 'For how many minutes it can be undone.' })
  readonly undoMinutes: number

  @Auth(shown)
  @Field(() => Notice, { description: 'The notice the hospital asks for.' })
  readonly notice: Notice

  constructor(discharges: boolean, undoMinutes: number, notice: Notice) {
    this.discharges = discharges
    this.undoMinutes = undoMinutes
    this.notice = notice
  }
}

@ObjectType({ description: 'The patient can ask staff to cancel it.' })
export class CancelByRequest {
  @Auth(shown)
  @Field(() => Boolean, { description: discharging })
  readonly discharges: boolean

  @Auth(shown)
  @Field(() => Int, { description: 'Staff answer within so many working days.' })
  readonly answerWithinWorkingDays: number

  @Auth(shown)
  @Field(() => Notice, { description: 'The notice the hospital asks for.' })
  readonly notice: Notice

  constructor(discharges: boolean, answerWithinWorkingDays: number, notice: Notice) {
    this.discharges = discharges
    this.answerWithinWorkingDays = answerWithinWorkingDays
    this.notice = notice
  }
}

@ObjectType({ description: 'The patient cannot cancel it here: why, and the way on.' })
export class CancelClosed extends Closed {}

export const CanCancel = createUnionType({
  name: 'CanCancel',
  description: 'Whether the patient can cancel an appointment, and how; never a bare no.',
  types: () => [CancelOpen, CancelByRequest, CancelClosed] as const,
})

/** What the page about an appointment says of cancelling it. */
export async function canCancel(appointment: Appointment, clinic: Clinic, context: Context): Promise<typeof CanCancel> {
  const refusal = await whyNotCancel(context, appointment, clinic)
  if (refusal) return new CancelClosed(refusal)
  const { cancellationDischarges, undoMinutes, requestAnswerWorkingDays } = context.trust
  const notice = noticeOf(appointment, clinic, context)
  return clinic.mode === ClinicMode.REQUEST
    ? new CancelByRequest(cancellationDischarges, requestAnswerWorkingDays, notice)
    : new CancelOpen(cancellationDischarges, undoMinutes, notice)
}
