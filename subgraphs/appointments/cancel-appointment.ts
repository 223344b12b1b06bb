import { LockMode } from '@mikro-orm/core'
import { Arg, Ctx, Field, ID, InputType, Int, Mutation, ObjectType, Resolver } from 'type-graphql'
import { Auth } from '../runtime/auth.ts'
import type { Context } from '../runtime/context.ts'
import { idempotent } from '../runtime/idempotency.ts'
import { outcomes } from '../runtime/outcome.ts'
import { Role } from '../runtime/viewer.ts'
import { Appointment } from './appointment.entity.ts'
import { appointmentEvents, happenedTo } from './appointment-events.ts'
import { AppointmentHasChanged } from './appointment-has-changed.ts'
import { AppointmentNotFound } from './appointment-not-found.ts'
import { AppointmentType } from './appointment.type.ts'
import { CannotCancel } from './cannot.ts'
import { CancellationReason, cancellationReasonInWords } from './change-reason.ts'
import { ClinicMode } from './clinic-mode.ts'
import { Clinic } from './clinic.entity.ts'
import { freeText } from '../runtime/free-text.ts'
import { whyNotCancel } from './why-not.ts'

@InputType({ description: 'Which appointment the patient cancels, and why.' })
export class CancelAppointmentInput {
  @Field(() => ID, { description: 'Made when the form is rendered: the same key is the same request.' })
  idempotencyKey!: string

  @Field(() => ID, { description: 'The appointment.' })
  appointmentId!: string

  @Field(() => Int, { description: 'Its version on the page the person acted from. Another one changes nothing.' })
  version!: number

  @Field(() => CancellationReason, { description: 'Why.' })
  reason!: CancellationReason

  @Field(() => String, { nullable: true, description: 'What they want to add, at most 500 characters.' })
  detail?: string | null
}

@ObjectType({ description: 'The appointment is cancelled. Until the time in its cancellation, that can be undone.' })
export class AppointmentCancelled {
  @Auth({ roles: [Role.PATIENT] })
  @Field(() => AppointmentType, { description: 'The appointment as it is now.' })
  readonly appointment: Appointment

  constructor(appointment: Appointment) {
    this.appointment = appointment
  }
}

export const CancelAppointmentResult = outcomes(
  'CancelAppointmentResult',
  'What cancelling an appointment can come to.',
  [AppointmentCancelled, CannotCancel, AppointmentHasChanged, AppointmentNotFound],
)

export async function cancelAppointment(
  context: Context,
  { appointmentId, version, reason, detail }: CancelAppointmentInput,
): Promise<typeof CancelAppointmentResult> {
  const { em, clock, trust } = context
  // Locked: another tab, or the hospital, may be changing it at this moment.
  const appointment = await em.findOne(Appointment, { id: appointmentId }, { lockMode: LockMode.PESSIMISTIC_WRITE })
  if (!appointment) return new AppointmentNotFound()
  if (appointment.version !== version) return new AppointmentHasChanged(appointment)
  const clinic = await em.findOneOrFail(Clinic, { code: appointment.clinicCode })
  const refusal = await whyNotCancel(context, appointment, clinic, ClinicMode.DIRECT)
  if (refusal) return new CannotCancel(refusal)
  // The hospital is told when it can no longer be undone.
  const undoUntil = Math.min(clock.now().getTime() + trust.undoMinutes * 60_000, appointment.startsAt.getTime())
  appointment.cancelByPatient(cancellationReasonInWords(reason, detail), clock.now(), new Date(undoUntil))
  appointmentEvents.record(context, 'appointment.cancelled', happenedTo(appointment, 'PATIENT'))
  return new AppointmentCancelled(appointment)
}

@Resolver()
export class CancelAppointment {
  @Auth({ roles: [Role.PATIENT] })
  @Mutation(() => CancelAppointmentResult, {
    description:
      'Cancels an appointment at once. Its time is held while it can be undone; then it is released, the hospital is told, and, by the rules of some trusts, the patient is discharged.',
  })
  cancelAppointment(
    @Arg('input', () => CancelAppointmentInput, { description: 'Which appointment, and why.' })
    input: CancelAppointmentInput,
    @Ctx() context: Context,
  ) {
    return idempotent(context, { ...input, detail: freeText('detail', input.detail) }, cancelAppointment)
  }
}
