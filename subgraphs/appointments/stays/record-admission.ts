import { randomUUID } from 'node:crypto'
import { LockMode } from '@mikro-orm/core'
import { Arg, Ctx, Mutation, Resolver } from 'type-graphql'
import { Auth } from '../../runtime/auth.ts'
import type { Context } from '../../runtime/context.ts'
import { idempotent } from '../../runtime/idempotency.ts'
import { outcomes } from '../../runtime/outcome.ts'
import { Role } from '../../runtime/viewer.ts'
import { Appointment } from '../appointment.entity.ts'
import { appointmentEvents, happenedTo } from '../appointment-events.ts'
import { AppointmentKeptOut } from '../appointment-kept-out.ts'
import { AppointmentNotFound } from '../appointment-not-found.ts'
import { AppointmentRecordFlag } from '../appointment-record-flag.ts'
import { AppointmentRecorded } from '../appointment-recorded.ts'
import { AppointmentKind, AppointmentStatus } from '../appointment-status.ts'
import { book, rebook } from '../book.ts'
import { AppointmentIncomplete, type Booking } from '../booking.ts'
import { putConflictsOnDesk } from '../conflicts/put-on-desk.ts'
import { checkIdentifier } from '../identifier.ts'
import { takeAlong } from '../overtake.ts'
import { PatientDiffers } from '../patient-differs.ts'
import { AdmissionStep } from './admission-step.ts'
import { clinicOfStay } from './clinic-of-stay.ts'
import { RecordAdmissionInput } from './record-admission.input.ts'
import { stayAfter } from './stay.ts'
import { stayBooking } from './stay-booking.ts'

export const RecordAdmissionResult = outcomes(
  'RecordAdmissionResult',
  "What the hospital's word on a stay can come to.",
  [AppointmentRecorded, AppointmentKeptOut, AppointmentNotFound, AppointmentIncomplete, PatientDiffers],
)

/** The steps that say enough of a stay nobody here knows yet. */
const begins: readonly AdmissionStep[] = [AdmissionStep.PLANNED, AdmissionStep.ADMITTED, AdmissionStep.DISCHARGED]
const unknown = 'No stay has this visit number, and its message says nothing of when it is. There is nothing to undo.'
const noStay =
  'hospitalId: a clinic appointment has this number, and is no stay. Send the visit with a number of its own.'

export async function recordAdmission(
  context: Context,
  input: RecordAdmissionInput,
): Promise<typeof RecordAdmissionResult> {
  const { em } = context
  const { hospitalId, eventAt, step } = input
  const before = await em.findOne(Appointment, { hospitalId }, { lockMode: LockMode.PESSIMISTIC_WRITE })
  if (before?.kind === AppointmentKind.OUTPATIENT) return new AppointmentIncomplete('hospitalId', noStay)
  if (before && !before.isOf(input)) return new PatientDiffers()
  if (!before && !begins.includes(step)) return new AppointmentNotFound(unknown)
  if (before?.isNewerThan(eventAt)) {
    before.fillInAdmission(step === AdmissionStep.ADMITTED ? (input.at ?? eventAt) : null)
    return new AppointmentRecorded(before, false, [AppointmentRecordFlag.OLDER_THAN_RECORD])
  }
  const clinic = await clinicOfStay(em, input.clinicCodes ?? [], before)
  if (clinic.excluded && !before) return new AppointmentKeptOut()
  const booking = stayBooking(input, before, clinic)
  if (booking instanceof AppointmentIncomplete) return booking
  if (!before) return begin(context, input, booking)
  return new AppointmentRecorded(before, false, await goOn(context, before, input, booking))
}

/** A stay that is planned is booked, and told of. One that has begun already is known to its patient. */
async function begin(context: Context, input: RecordAdmissionInput, booking: Booking): Promise<AppointmentRecorded> {
  if (input.step === AdmissionStep.PLANNED) return book(context, input, booking)
  const { em } = context
  const { hospitalId, patientId } = input
  const identity = { id: randomUUID(), hospitalId, patientId, slotId: null, seat: null }
  const planned = { ...identity, ...booking, status: AppointmentStatus.BOOKED, admittedAt: null }
  const stay = em.create(Appointment, { ...planned, ...stayAfter(planned, input) })
  await em.flush()
  return new AppointmentRecorded(stay, true, await putConflictsOnDesk(context, stay))
}

async function goOn(context: Context, stay: Appointment, input: RecordAdmissionInput, booking: Booking) {
  const isPlan = input.step === AdmissionStep.PLANNED
  if (isPlan && (stay.status === AppointmentStatus.BOOKED || stay.status === AppointmentStatus.CANCELLED))
    return rebook(context, stay, booking)
  const after = stayAfter(stay, input)
  const { startsAt: _start, endsAt: _end, kind: _kind, ...details } = booking
  if (!stay.takeStep({ ...details, ...after })) return []
  await takeAlong(context, stay)
  if (stay.status === AppointmentStatus.CANCELLED && !stay.excluded)
    appointmentEvents.record(context, 'appointment.cancelled', happenedTo(stay, 'HOSPITAL'))
  return putConflictsOnDesk(context, stay)
}

@Resolver()
export class RecordAdmission {
  @Auth({ roles: [Role.SYSTEM] })
  @Mutation(() => RecordAdmissionResult, {
    description:
      'Records what the hospital says of a stay, from planned to discharged. An older word changes nothing, whatever order they come in.',
  })
  recordAdmission(
    @Arg('input', () => RecordAdmissionInput, { description: "The hospital's word." }) input: RecordAdmissionInput,
    @Ctx() context: Context,
  ) {
    checkIdentifier('hospitalId', input.hospitalId)
    checkIdentifier('patientId', input.patientId)
    return idempotent(context, input, recordAdmission)
  }
}
