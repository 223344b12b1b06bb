import { Arg, Ctx, Field, InputType, Mutation, Resolver } from 'type-graphql'
import { Auth } from '../runtime/auth.ts'
import type { Context } from '../runtime/context.ts'
import { idempotent } from '../runtime/idempotency.ts'
import { outcomes } from '../runtime/outcome.ts'
import { Role } from '../runtime/viewer.ts'
import { Appointment } from './appointment.entity.ts'
import { appointmentEvents, happenedTo } from './appointment-events.ts'
import { AppointmentNotFound } from './appointment-not-found.ts'
import { AppointmentRecordFlag } from './appointment-record-flag.ts'
import { AppointmentRecorded } from './appointment-recorded.ts'
import { AppointmentStatus } from './appointment-status.ts'
import { actsInBetween, contradiction, lateContradiction } from './conflicts/acts-in-between.ts'
import { flagContradiction, flagTooLate } from './conflicts/put-on-desk.ts'
import { settleContradiction } from './conflicts/settle-contradiction.ts'
import { heardOf } from './heard-of.ts'
import { HospitalWordInput } from './hospital-word.input.ts'
import { checkIdentifier } from './identifier.ts'
import { overtake } from './overtake.ts'
import { PatientDiffers } from './patient-differs.ts'
import { leaveSeat } from './slot-holding.ts'
import { takeCancellation } from './write-back/take-echo.ts'

@InputType({ description: 'That the hospital has cancelled an appointment.' })
export class RecordCancellationInput extends HospitalWordInput {
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
  const { eventAt } = input
  const appointment = await heardOf(context.em, input)
  if (!(appointment instanceof Appointment)) return appointment
  if (appointment.isNewerThan(eventAt))
    return new AppointmentRecorded(appointment, false, [AppointmentRecordFlag.OLDER_THAN_RECORD])
  appointment.hearFromHospital()
  if (appointment.status === AppointmentStatus.CANCELLED && appointment.undoUntil == null) {
    appointment.recordedAt = eventAt
    await takeCancellation(context, appointment, eventAt)
    return new AppointmentRecorded(appointment, false, [])
  }
  return new AppointmentRecorded(appointment, false, await cancel(context, appointment, input))
}

/** The hospital cancels it. Ends what the patient can undo, and overtakes what was done here and it did not know of. */
async function cancel(context: Context, appointment: Appointment, { eventAt, reason }: RecordCancellationInput) {
  const { em } = context
  const acts = await actsInBetween(em, appointment, eventAt)
  const agrees = acts.areNone || acts.cancelledIt
  if (!agrees && acts.wereTakenSince)
    return flagTooLate(context, appointment, lateContradiction(acts, 'cancelled the appointment'))
  const explanation = agrees ? undefined : contradiction(acts, 'cancelled the appointment')
  appointment.cancelByHospital(reason ?? null, eventAt)
  await leaveSeat(em, appointment)
  await overtake(context, appointment)
  if (!appointment.excluded)
    appointmentEvents.record(context, 'appointment.cancelled', happenedTo(appointment, 'HOSPITAL'))
  if (explanation !== undefined) return flagContradiction(context, appointment, explanation)
  await settleContradiction(context, appointment)
  return []
}

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
    checkIdentifier('hospitalId', input.hospitalId)
    return idempotent(context, input, recordCancellation)
  }
}
