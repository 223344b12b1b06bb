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
import { CannotCancel } from '../cannot.ts'
import { CancellationReason, cancellationReasonInWords } from '../change-reason.ts'
import { ClinicMode } from '../clinic-mode.ts'
import { Clinic } from '../clinic.entity.ts'
import { freeText } from '../../runtime/free-text.ts'
import { whyNotCancel } from '../why-not.ts'
import { askStaff } from './ask-staff.ts'
import { ChangeRequestKind } from './change-request-status.ts'
import { ChangeRequested } from './change-requested.ts'

@InputType({ description: 'That the patient asks staff to cancel an appointment.' })
export class RequestAppointmentCancellationInput {
  @Field(() => ID, { description: 'Made when the form is rendered: the same key is the same request.' })
  idempotencyKey!: string

  @Field(() => ID, { description: 'The appointment.' })
  appointmentId!: string

  @Field(() => Int, { description: 'Its version on the page that the patient acts from.' })
  version!: number

  @Field(() => CancellationReason, { description: 'Why they no longer want to come.' })
  reason!: CancellationReason

  @Field(() => String, { nullable: true, description: 'Anything else, at most 500 characters.' })
  detail?: string | null
}

export const RequestAppointmentCancellationResult = outcomes(
  'RequestAppointmentCancellationResult',
  'What asking staff to cancel can come to.',
  [ChangeRequested, CannotCancel, AppointmentHasChanged, AppointmentNotFound],
)

export async function requestAppointmentCancellation(
  context: Context,
  input: RequestAppointmentCancellationInput,
): Promise<typeof RequestAppointmentCancellationResult> {
  const { em } = context
  const wish = {
    kind: ChangeRequestKind.CANCELLATION,
    reason: cancellationReasonInWords(input.reason),
    detail: freeText('detail', input.detail),
    preferredDays: [],
    preferredTimes: [],
    unavailable: null,
  }
  // Locked: of two requests at once the second finds the first, and the hospital may be moving it at this moment.
  const lock = { lockMode: LockMode.PESSIMISTIC_WRITE } as const
  const appointment = await em.findOne(Appointment, { id: input.appointmentId }, lock)
  if (!appointment) return new AppointmentNotFound()
  if (appointment.version !== input.version) return new AppointmentHasChanged(appointment)
  const clinic = await em.findOneOrFail(Clinic, { code: appointment.clinicCode })
  const refusal = await whyNotCancel(context, appointment, clinic, ClinicMode.REQUEST)
  if (refusal) return new CannotCancel(refusal)
  return new ChangeRequested(await askStaff(context, appointment, wish))
}

@Resolver()
export class RequestAppointmentCancellation {
  @Auth({ roles: [Role.PATIENT] })
  @Mutation(() => RequestAppointmentCancellationResult, {
    description: 'Asks the staff of the clinic to cancel. The appointment stays booked until they agree.',
  })
  requestAppointmentCancellation(
    @Arg('input', () => RequestAppointmentCancellationInput, { description: 'Which appointment, and why.' })
    input: RequestAppointmentCancellationInput,
    @Ctx() context: Context,
  ) {
    return idempotent(context, input, requestAppointmentCancellation)
  }
}
