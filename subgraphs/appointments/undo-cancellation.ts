import { LockMode } from '@mikro-orm/core'
import { Arg, Ctx, Field, ID, InputType, Mutation, ObjectType, Resolver } from 'type-graphql'
import { Auth } from '../runtime/auth.ts'
import type { Context } from '../runtime/context.ts'
import { idempotent } from '../runtime/idempotency.ts'
import { outcomes } from '../runtime/outcome.ts'
import { Role } from '../runtime/viewer.ts'
import { Appointment } from './appointment.entity.ts'
import { appointmentEvents, happenedTo } from './appointment-events.ts'
import { AppointmentNotFound } from './appointment-not-found.ts'
import { AppointmentType } from './appointment.type.ts'
import { CannotUndo } from './cannot.ts'
import { Clinic } from './clinic.entity.ts'
import { whyNotUndo } from './why-not.ts'

@InputType({ description: 'Which cancellation the patient undoes.' })
export class UndoCancellationInput {
  @Field(() => ID, { description: 'Made when the form is rendered: the same key is the same request.' })
  idempotencyKey!: string

  @Field(() => ID, { description: 'The appointment that was cancelled.' })
  appointmentId!: string
}

@ObjectType({ description: 'The appointment is booked again, at the time and with the acceptance it had.' })
export class CancellationUndone {
  @Auth({ roles: [Role.PATIENT] })
  @Field(() => AppointmentType, { description: 'The appointment as it is now.' })
  readonly appointment: Appointment

  constructor(appointment: Appointment) {
    this.appointment = appointment
  }
}

export const UndoCancellationResult = outcomes('UndoCancellationResult', 'What undoing a cancellation can come to.', [
  CancellationUndone,
  CannotUndo,
  AppointmentNotFound,
])

export async function undoCancellation(
  context: Context,
  { appointmentId }: UndoCancellationInput,
): Promise<typeof UndoCancellationResult> {
  const { em } = context
  // Locked: its seat may be released at this moment.
  const appointment = await em.findOne(Appointment, { id: appointmentId }, { lockMode: LockMode.PESSIMISTIC_WRITE })
  if (!appointment) return new AppointmentNotFound()
  const clinic = await em.findOneOrFail(Clinic, { code: appointment.clinicCode })
  const refusal = whyNotUndo(context, appointment, clinic)
  if (refusal) return new CannotUndo(refusal)
  appointment.undoCancellation()
  appointmentEvents.record(context, 'appointment.cancellation-undone', happenedTo(appointment, 'PATIENT'))
  return new CancellationUndone(appointment)
}

@Resolver()
export class UndoCancellation {
  @Auth({ roles: [Role.PATIENT] })
  @Mutation(() => UndoCancellationResult, {
    description: 'Undoes a cancellation by the patient, for a while after it: the appointment is booked as before.',
  })
  undoCancellation(
    @Arg('input', () => UndoCancellationInput, { description: 'Which appointment.' }) input: UndoCancellationInput,
    @Ctx() context: Context,
  ) {
    return idempotent(context, input, undoCancellation)
  }
}
