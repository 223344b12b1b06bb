import { LockMode } from '@mikro-orm/core'
import { Arg, Ctx, Field, ID, InputType, Mutation, ObjectType, Resolver } from 'type-graphql'
import { Auth, everyone } from '../runtime/auth.ts'
import { ContactCard } from '../runtime/contact-card.ts'
import type { Context } from '../runtime/context.ts'
import { idempotent } from '../runtime/idempotency.ts'
import { outcomes } from '../runtime/outcome.ts'
import { Problem } from '../runtime/problem.ts'
import { Role } from '../runtime/viewer.ts'
import { whyNotAccept } from './acceptance.ts'
import { Appointment } from './appointment.entity.ts'
import { appointmentEvents } from './appointment-events.ts'
import { AppointmentNotFound } from './appointment-not-found.ts'
import { AppointmentType } from './appointment.type.ts'
import { Clinic } from './clinic.entity.ts'
import { type Refusal, RefusalReason } from './refusal.ts'

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

@ObjectType({ implements: Problem, description: 'The appointment cannot be accepted: why, and whom to contact.' })
export class CannotAccept extends Problem implements Omit<Refusal, 'link'> {
  @Auth(everyone)
  @Field(() => RefusalReason, { description: 'Why, for machines.' })
  readonly reason: RefusalReason

  @Auth(everyone)
  @Field(() => ContactCard, { description: 'Whom to contact about it.' })
  readonly contact: ContactCard

  constructor({ reason, message, contact }: Refusal) {
    super()
    this.reason = reason
    this.message = message
    this.contact = contact
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
