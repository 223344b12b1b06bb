import { LockMode } from '@mikro-orm/core'
import { Arg, Ctx, Field, ID, InputType, Mutation, Resolver } from 'type-graphql'
import { Auth } from '../runtime/auth.ts'
import type { Context } from '../runtime/context.ts'
import { idempotent } from '../runtime/idempotency.ts'
import { outcomes } from '../runtime/outcome.ts'
import { DateTime } from '../runtime/scalars.ts'
import { Role } from '../runtime/viewer.ts'
import { Appointment } from './appointment.entity.ts'
import { appointmentEvents } from './appointment-events.ts'
import { AppointmentNotFound } from './appointment-not-found.ts'
import { AppointmentRecordFlag } from './appointment-record-flag.ts'
import { AppointmentStatus } from './appointment-status.ts'
import { AppointmentRecorded, PatientDiffers } from './record-appointment.ts'
import { leaveSeat } from './slot-holding.ts'

@InputType({ description: 'That the hospital has cancelled an appointment.' })
export class RecordCancellationInput {
  @Field(() => ID, { description: 'The same key is the same message.' })
  idempotencyKey!: string

  @Field(() => DateTime, { description: 'When it happened at the hospital. This decides the order, not the arrival.' })
  eventAt!: Date

  @Field(() => String, { description: "The hospital's own identifier of the appointment (SCH-1, SCH-2)." })
  hospitalId!: string

  @Field(() => ID, { description: 'Whose appointment it is: the id in this portal.' })
  patientId!: string

  @Field(() => [ID], {
    nullable: true,
    description:
      "Ids that the person's record had before it was merged: what is under one of them is the same patient's.",
  })
  formerPatientIds?: string[] | null

  @Field(() => String, { nullable: true, description: 'Why, in words for the patient.' })
  reason?: string | null
}

export const RecordCancellationResult = outcomes(
  'RecordCancellationResult',
  "What the hospital's cancellation can come to.",
  [AppointmentRecorded, AppointmentNotFound, PatientDiffers],
)

export async function recordCancellation(
  context: Context,
  input: RecordCancellationInput,
): Promise<typeof RecordCancellationResult> {
  const { em } = context
  const { hospitalId, eventAt, reason } = input
  const appointment = await em.findOne(Appointment, { hospitalId }, { lockMode: LockMode.PESSIMISTIC_WRITE })
  if (!appointment) return new AppointmentNotFound(unknown)
  if (!appointment.isOf(input)) return new PatientDiffers()
  if (appointment.isNewerThan(eventAt))
    return new AppointmentRecorded(appointment, false, [AppointmentRecordFlag.OLDER_THAN_RECORD])
  if (appointment.status === AppointmentStatus.CANCELLED) appointment.recordedAt = eventAt
  else {
    await leaveSeat(em, appointment)
    appointment.cancelByHospital(reason ?? null, eventAt)
    const ids = { appointmentId: appointment.id, patientId: appointment.patientId }
    if (!appointment.excluded) appointmentEvents.record(context, 'appointment.cancelled', ids)
  }
  return new AppointmentRecorded(appointment, false, [])
}

const unknown = 'No appointment has this hospital id. Record the appointment first, if its message says enough.'

@Resolver()
export class RecordCancellation {
  @Auth({ roles: [Role.SYSTEM] })
  @Mutation(() => RecordCancellationResult, {
    description: 'Records that the hospital cancelled an appointment. An older word changes nothing.',
  })
  recordCancellation(
    @Arg('input', () => RecordCancellationInput, { description: "The hospital's word." })
    input: RecordCancellationInput,
    @Ctx() context: Context,
  ) {
    return idempotent(context, input, recordCancellation)
  }
}
