import { LockMode } from '@mikro-orm/core'
import { Arg, Ctx, Field, ID, InputType, Int, Mutation, Resolver } from 'type-graphql'
import { Auth } from '../../runtime/auth.ts'
import type { Context } from '../../runtime/context.ts'
import { idempotent } from '../../runtime/idempotency.ts'
import { outcomes } from '../../runtime/outcome.ts'
import { Role } from '../../runtime/viewer.ts'
import { Appointment } from '../appointment.entity.ts'
import { AppointmentHasChanged } from '../appointment-has-changed.ts'
import { AppointmentNotFound } from '../appointment-not-found.ts'
import { CannotReschedule } from '../cannot.ts'
import { RescheduleReason, rescheduleReasonInWords } from '../change-reason.ts'
import { ClinicMode } from '../clinic-mode.ts'
import { Clinic } from '../clinic.entity.ts'
import { freeText } from '../../runtime/free-text.ts'
import { whyNotReschedule } from '../why-not.ts'
import { askStaff } from './ask-staff.ts'
import { ChangeRequestKind, TimeOfDay, Weekday } from './change-request-status.ts'
import { ChangeRequested } from './change-requested.ts'

@InputType({ description: 'That the patient asks staff for another time, and which times suit.' })
export class RequestAppointmentChangeInput {
  @Field(() => ID, { description: 'Made when the form is rendered: the same key is the same request.' })
  idempotencyKey!: string

  @Field(() => ID, { description: 'The appointment.' })
  appointmentId!: string

  @Field(() => Int, { description: 'Its version on the page that the patient acts from.' })
  version!: number

  @Field(() => RescheduleReason, { description: 'Why they need another time.' })
  reason!: RescheduleReason

  @Field(() => [Weekday], { description: 'Days that suit; none: any.' })
  preferredDays!: Weekday[]

  @Field(() => [TimeOfDay], { description: 'Times that suit; none: any.' })
  preferredTimes!: TimeOfDay[]

  @Field(() => String, {
    nullable: true,
    description: "Dates that do not suit, in the patient's own words: at most 500 characters.",
  })
  unavailable?: string | null

  @Field(() => String, { nullable: true, description: 'Anything else, at most 500 characters.' })
  detail?: string | null
}

export const RequestAppointmentChangeResult = outcomes(
  'RequestAppointmentChangeResult',
  'What asking staff for another time can come to.',
  [ChangeRequested, CannotReschedule, AppointmentHasChanged, AppointmentNotFound],
)

export async function requestAppointmentChange(
  context: Context,
  input: RequestAppointmentChangeInput,
): Promise<typeof RequestAppointmentChangeResult> {
  const { em } = context
  const wish = {
    kind: ChangeRequestKind.CHANGE,
    reason: rescheduleReasonInWords(input.reason),
    detail: freeText('detail', input.detail),
    preferredDays: inOrder(Weekday, input.preferredDays),
    preferredTimes: inOrder(TimeOfDay, input.preferredTimes),
    unavailable: freeText('unavailable', input.unavailable),
  }
  // Locked: of two requests at once the second finds the first, and the hospital may be moving it at this moment.
  const lock = { lockMode: LockMode.PESSIMISTIC_WRITE } as const
  const appointment = await em.findOne(Appointment, { id: input.appointmentId }, lock)
  if (!appointment) return new AppointmentNotFound()
  if (appointment.version !== input.version) return new AppointmentHasChanged(appointment)
  const clinic = await em.findOneOrFail(Clinic, { code: appointment.clinicCode })
  const refusal = await whyNotReschedule(context, appointment, clinic, ClinicMode.REQUEST)
  if (refusal) return new CannotReschedule(refusal)
  return new ChangeRequested(await askStaff(context, appointment, wish))
}

/** Each once, from Monday to Sunday and from morning to evening, however they were ticked. */
const inOrder = <Value extends string>(all: Record<string, Value>, chosen: Value[]) =>
  Object.values(all).filter((it) => chosen.includes(it))

@Resolver()
export class RequestAppointmentChange {
  @Auth({ roles: [Role.PATIENT] })
  @Mutation(() => RequestAppointmentChangeResult, {
    description: 'Asks the staff of the clinic for another time. The appointment keeps its own until they agree.',
  })
  requestAppointmentChange(
    @Arg('input', () => RequestAppointmentChangeInput, { description: 'Which appointment, and what suits.' })
    input: RequestAppointmentChangeInput,
    @Ctx() context: Context,
  ) {
    return idempotent(context, input, requestAppointmentChange)
  }
}
