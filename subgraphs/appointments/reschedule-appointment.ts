import { LockMode } from '@mikro-orm/core'
import { Arg, Ctx, Field, ID, InputType, Int, Mutation, ObjectType, Resolver } from 'type-graphql'
import { Auth } from '../runtime/auth.ts'
import type { Context } from '../runtime/context.ts'
import { idempotent } from '../runtime/idempotency.ts'
import { outcomes } from '../runtime/outcome.ts'
import { Role } from '../runtime/viewer.ts'
import { Appointment } from './appointment.entity.ts'
import { AppointmentHasChanged } from './appointment-has-changed.ts'
import { AppointmentNotFound } from './appointment-not-found.ts'
import { AppointmentType } from './appointment.type.ts'
import { CannotReschedule } from './cannot.ts'
import { RescheduleReason, rescheduleReasonInWords } from './change-reason.ts'
import { ClinicMode } from './clinic-mode.ts'
import { Clinic } from './clinic.entity.ts'
import { freeText } from '../runtime/free-text.ts'
import { moveForPatient } from './move-for-patient.ts'
import { SlotNotOffered, SlotTaken } from './slot-problems.ts'
import { whyNotReschedule } from './why-not.ts'

@InputType({ description: 'Which appointment the patient moves, to which time, and why.' })
export class RescheduleAppointmentInput {
  @Field(() => ID, { description: 'Made when the form is rendered: the same key is the same request.' })
  idempotencyKey!: string

  @Field(() => ID, { description: 'The appointment.' })
  appointmentId!: string

  @Field(() => Int, { description: 'Its version on the page the person acted from. Another one changes nothing.' })
  version!: number

  @Field(() => ID, { description: 'The time chosen, one of `availableSlots`.' })
  slotId!: string

  @Field(() => RescheduleReason, { description: 'Why.' })
  reason!: RescheduleReason

  @Field(() => String, { nullable: true, description: 'What they want to add, at most 500 characters.' })
  detail?: string | null
}

@ObjectType({ description: 'The appointment has the new time. The hospital is being told.' })
export class AppointmentRescheduled {
  @Auth({ roles: [Role.PATIENT] })
  @Field(() => AppointmentType, { description: 'The appointment as it is now.' })
  readonly appointment: Appointment

  constructor(appointment: Appointment) {
    this.appointment = appointment
  }
}

export const RescheduleAppointmentResult = outcomes(
  'RescheduleAppointmentResult',
  'What changing the time of an appointment can come to.',
  [AppointmentRescheduled, SlotTaken, SlotNotOffered, CannotReschedule, AppointmentHasChanged, AppointmentNotFound],
)

export async function rescheduleAppointment(
  context: Context,
  { appointmentId, version, slotId, reason, detail }: RescheduleAppointmentInput,
): Promise<typeof RescheduleAppointmentResult> {
  const { em } = context
  // Locked: another tab, or the hospital, may be changing it at this moment.
  const appointment = await em.findOne(Appointment, { id: appointmentId }, { lockMode: LockMode.PESSIMISTIC_WRITE })
  if (!appointment) return new AppointmentNotFound()
  if (appointment.version !== version) return new AppointmentHasChanged(appointment)
  const clinic = await em.findOneOrFail(Clinic, { code: appointment.clinicCode })
  const refusal = await whyNotReschedule(context, appointment, clinic, ClinicMode.DIRECT)
  if (refusal) return new CannotReschedule(refusal)
  const words = rescheduleReasonInWords(reason, detail)
  const moved = await moveForPatient(context, appointment, { slotId, reason: words })
  return moved instanceof SlotTaken || moved instanceof SlotNotOffered ? moved : new AppointmentRescheduled(appointment)
}

@Resolver()
export class RescheduleAppointment {
  @Auth({ roles: [Role.PATIENT] })
  @Mutation(() => RescheduleAppointmentResult, {
    description:
      'Changes the time of an appointment at once: time and date, never the clinician or the place. When the new time is not to be had, the old one is kept.',
  })
  rescheduleAppointment(
    @Arg('input', () => RescheduleAppointmentInput, { description: 'Which appointment, and to which time.' })
    input: RescheduleAppointmentInput,
    @Ctx() context: Context,
  ) {
    return idempotent(context, { ...input, detail: freeText('detail', input.detail) }, rescheduleAppointment)
  }
}
