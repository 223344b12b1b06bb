import { LockMode } from '@mikro-orm/core'
import { Arg, Ctx, Field, ID, InputType, Mutation, ObjectType, Resolver } from 'type-graphql'
import { Auth } from '../runtime/auth.ts'
import type { Context } from '../runtime/context.ts'
import { idempotent } from '../runtime/idempotency.ts'
import { outcomes } from '../runtime/outcome.ts'
import { Role } from '../runtime/viewer.ts'
import { whyNotAccept } from './acceptance.ts'
import { Appointment } from './appointment.entity.ts'
import { appointmentEvents } from './appointment-events.ts'
import { AppointmentNotFound } from './appointment-not-found.ts'
import { AppointmentType } from './appointment.type.ts'
import { CannotAccept } from './cannot.ts'
import { Clinic } from './clinic.entity.ts'

@InputType({ description: 'Which appointment the patient says they will come to.' })
export class AcceptAppointmentInput {
  @Field(() => ID, { description: 'Made when the form is rendered: the same key is the same request.' })
  idempotencyKey!: string

  @Field(() => ID, { description: 'The appointment.' })
  appointmentId!: string
}

@ObjectType({ description: 'The appointment is accepted, now or before: accepting twice is harmless.' })
export class AppointmentAccepted {
  @Auth({ roles: [Role.PATIENT] })
  @Field(() => AppointmentType, { description: 'The appointment as it is now.' })
  readonly appointment: Appointment

  constructor(appointment: Appointment) {
    this.appointment = appointment
  }
}

export const AcceptAppointmentResult = outcomes(
  'AcceptAppointmentResult',
  'What accepting an appointment can come to.',
  [AppointmentAccepted, AppointmentNotFound, CannotAccept],
)

export async function acceptAppointment(
  context: Context,
  { appointmentId }: AcceptAppointmentInput,
): Promise<typeof AcceptAppointmentResult> {
  const { em, clock } = context
  // Locked: the hospital may be cancelling it at this moment.
  const appointment = await em.findOne(Appointment, { id: appointmentId }, { lockMode: LockMode.PESSIMISTIC_WRITE })
  if (!appointment) return new AppointmentNotFound()
  const clinic = await em.findOneOrFail(Clinic, { code: appointment.clinicCode })
  const refusal = whyNotAccept(appointment, clinic, context)
  if (refusal) return new CannotAccept(refusal)
  if (!appointment.acceptedAt) {
    appointment.accept(clock.now())
    const { id, patientId } = appointment
    appointmentEvents.record(context, 'appointment.accepted', { appointmentId: id, patientId })
  }
  return new AppointmentAccepted(appointment)
}

@Resolver()
export class AcceptAppointment {
  @Auth({ roles: [Role.PATIENT] })
  @Mutation(() => AcceptAppointmentResult, {
    description: 'Says that the patient will come. Accepting twice is harmless.',
  })
  acceptAppointment(
    @Arg('input', () => AcceptAppointmentInput, { description: 'Which appointment.' }) input: AcceptAppointmentInput,
    @Ctx() context: Context,
  ) {
    return idempotent(context, input, acceptAppointment)
  }
}
