import { LockMode } from '@mikro-orm/core'
import { Arg, Ctx, Mutation, Resolver } from 'type-graphql'
import { Auth } from '../runtime/auth.ts'
import type { Context } from '../runtime/context.ts'
import { idempotent } from '../runtime/idempotency.ts'
import { outcomes } from '../runtime/outcome.ts'
import { Role } from '../runtime/viewer.ts'
import { Appointment } from './appointment.entity.ts'
import { AppointmentKeptOut } from './appointment-kept-out.ts'
import { AppointmentRecordFlag } from './appointment-record-flag.ts'
import { AppointmentRecorded } from './appointment-recorded.ts'
import { AppointmentStatus } from './appointment-status.ts'
import { book, rebook } from './book.ts'
import { AppointmentIncomplete, bookingFrom } from './booking.ts'
import { ClinicNotFound } from './clinic-not-found.ts'
import { Clinic } from './clinic.entity.ts'
import { judgeBooking } from './conflicts/judge-booking.ts'
import { flagTooLate } from './conflicts/put-on-desk.ts'
import { checkIdentifier } from './identifier.ts'
import { PatientDiffers } from './patient-differs.ts'
import { RecordAppointmentInput } from './record-appointment.input.ts'
import { takeEcho } from './write-back/take-echo.ts'

export const RecordAppointmentResult = outcomes('RecordAppointmentResult', "What the hospital's word can come to.", [
  AppointmentRecorded,
  AppointmentKeptOut,
  ClinicNotFound,
  AppointmentIncomplete,
  PatientDiffers,
])

export async function recordAppointment(
  context: Context,
  input: RecordAppointmentInput,
): Promise<typeof RecordAppointmentResult> {
  const { em } = context
  const { hospitalId, eventAt } = input
  const before = await em.findOne(Appointment, { hospitalId }, { lockMode: LockMode.PESSIMISTIC_WRITE })
  if (before && !before.isOf(input)) return new PatientDiffers()
  if (before?.isNewerThan(eventAt))
    return new AppointmentRecorded(before, false, [AppointmentRecordFlag.OLDER_THAN_RECORD])
  const code = input.clinicCode ?? before?.clinicCode
  if (!code) return new AppointmentIncomplete('clinicCode', 'clinicCode: say in which clinic the new appointment is.')
  // Its slots may not be published at this moment: a booking that meets them would be missed.
  const clinic = await em.findOne(Clinic, { code }, { lockMode: LockMode.PESSIMISTIC_READ })
  if (!clinic) return new ClinicNotFound(code)
  if (clinic.excluded && !before) return new AppointmentKeptOut()
  if (before) return recordAgain(context, before, input, clinic)
  const booking = bookingFrom(input, null, clinic)
  return booking instanceof AppointmentIncomplete ? booking : book(context, input, booking)
}

async function recordAgain(
  context: Context,
  appointment: Appointment,
  input: RecordAppointmentInput,
  clinic: Clinic,
): Promise<AppointmentRecorded | AppointmentIncomplete> {
  const verdict = await judgeBooking(context, appointment, input)
  if (verdict.is === 'TOO_LATE') {
    const flags = await flagTooLate(context, appointment, verdict.explanation)
    return new AppointmentRecorded(appointment, false, flags)
  }
  const said = verdict.is === 'NO_NEWS' ? withoutTime(input) : input
  const booking = bookingFrom(said, appointment, clinic)
  if (booking instanceof AppointmentIncomplete) return booking
  if (input.startsAt) appointment.hearFromHospital()
  if (verdict.is === 'NO_NEWS' && appointment.status === AppointmentStatus.CANCELLED) {
    appointment.recordDetails(booking)
    return new AppointmentRecorded(appointment, false, [])
  }
  const explanation = verdict.is === 'CONTRADICTION' ? verdict.explanation : undefined
  const flags = await rebook(context, appointment, booking, explanation)
  const { startsAt, eventAt } = input
  if (startsAt) await takeEcho(context, appointment, { eventAt, startsAt })
  return new AppointmentRecorded(appointment, false, flags)
}

/** What a schedule of before says of time, and of who has that time, is passed over. */
const withoutTime = ({
  startsAt,
  endsAt,
  clinician,
  kind,
  ...details
}: RecordAppointmentInput): RecordAppointmentInput => details

@Resolver()
export class RecordAppointment {
  @Auth({ roles: [Role.SYSTEM] })
  @Mutation(() => RecordAppointmentResult, {
    description:
      'Records what the hospital says of an appointment. Its word always stands: what conflicts is flagged. An older word changes nothing.',
  })
  recordAppointment(
    @Arg('input', () => RecordAppointmentInput, { description: "The hospital's word." }) input: RecordAppointmentInput,
    @Ctx() context: Context,
  ) {
    checkIdentifier('hospitalId', input.hospitalId)
    checkIdentifier('patientId', input.patientId)
    return idempotent(context, input, recordAppointment)
  }
}
