import { randomUUID } from 'node:crypto'
import { LockMode } from '@mikro-orm/core'
import type { EntityManager } from '@mikro-orm/sql'
import { Arg, Ctx, Field, Mutation, ObjectType, Resolver } from 'type-graphql'
import { Auth } from '../runtime/auth.ts'
import type { Context } from '../runtime/context.ts'
import { idempotent } from '../runtime/idempotency.ts'
import { outcomes } from '../runtime/outcome.ts'
import { Problem } from '../runtime/problem.ts'
import { Role } from '../runtime/viewer.ts'
import { Appointment, type Change } from './appointment.entity.ts'
import { appointmentEvents } from './appointment-events.ts'
import { AppointmentRecordFlag } from './appointment-record-flag.ts'
import { AppointmentStatus } from './appointment-status.ts'
import { AppointmentType } from './appointment.type.ts'
import { AppointmentIncomplete, type Booking, bookingFrom } from './booking.ts'
import { ClinicNotFound } from './clinic-not-found.ts'
import { Clinic } from './clinic.entity.ts'
import { checkIdentifier } from './identifier.ts'
import { overlapsAnother } from './overlap.ts'
import { RecordAppointmentInput } from './record-appointment.input.ts'
import { dropOwnSlot, leaveSeat, seatFor } from './slot-holding.ts'

@ObjectType({ description: "The hospital's word on an appointment was taken." })
export class AppointmentRecorded {
  @Auth({ roles: [Role.SYSTEM] })
  @Field(() => AppointmentType, { description: 'The appointment as it is now.' })
  readonly appointment: Appointment

  @Auth({ roles: [Role.SYSTEM] })
  @Field(() => Boolean, { description: 'True when it was not known before.' })
  readonly created: boolean

  @Auth({ roles: [Role.SYSTEM] })
  @Field(() => [AppointmentRecordFlag], { description: 'What staff should know about it.' })
  readonly flags: AppointmentRecordFlag[]

  constructor(appointment: Appointment, created: boolean, flags: AppointmentRecordFlag[]) {
    this.appointment = appointment
    this.created = created
    this.flags = flags
  }
}

@ObjectType({
  implements: Problem,
  description: 'An appointment with this hospital identifier belongs to another patient.',
})
export class PatientDiffers extends Problem {
  override message =
    'The appointment with this hospital id belongs to another patient. Nothing was changed. Check the id, and whether the two records should be merged.'
}

@ObjectType({
  implements: Problem,
  description: 'The trust keeps this clinic out of the portal: the booking was understood, and not taken in.',
})
export class AppointmentKeptOut extends Problem {
  override message = 'The trust keeps this clinic out of the portal. Nothing was stored, and nothing needs to be done.'
}

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
  const booking = bookingFrom(input, before, clinic)
  if (booking instanceof AppointmentIncomplete) return booking
  const { appointment, flags } = before ? await rebook(context, before, booking) : await book(context, input, booking)
  return new AppointmentRecorded(appointment, !before, flags)
}

async function book(context: Context, { hospitalId, patientId }: RecordAppointmentInput, booking: Booking) {
  const { em } = context
  const { flag, ...seat } = await seatFor(em, booking)
  const facts = { id: randomUUID(), hospitalId, patientId, status: AppointmentStatus.BOOKED }
  const appointment = em.create(Appointment, { ...facts, ...booking, ...seat })
  const flags = await conflictsOf(context, appointment, flag)
  tell(context, appointment, 'BOOKED')
  return { appointment, flags }
}

async function rebook(context: Context, appointment: Appointment, booking: Booking) {
  const { em } = context
  const { slotId } = appointment
  const seating = appointment.needsSeat(booking) ? await reseat(em, appointment, booking) : undefined
  const change = appointment.record(booking, seating)
  if (change === 'NONE') return { appointment, flags: [] }
  const flags = await conflictsOf(context, appointment, seating?.flag)
  await em.flush()
  if (slotId !== appointment.slotId) await dropOwnSlot(em, slotId)
  tell(context, appointment, change)
  return { appointment, flags }
}

async function reseat(em: EntityManager, appointment: Appointment, booking: Booking) {
  await leaveSeat(em, appointment)
  return seatFor(em, booking)
}

async function conflictsOf({ em }: Context, appointment: Appointment, flag: AppointmentRecordFlag | undefined) {
  const overlaps = await overlapsAnother(em, appointment)
  return [...(flag ? [flag] : []), ...(overlaps ? [AppointmentRecordFlag.OVERLAPS_ANOTHER] : [])]
}

/** Nothing is told of what the trust keeps out of the portal. */
function tell(context: Context, { id, patientId, excluded, version }: Appointment, change: Change): void {
  if (excluded) return
  // Booked again after it was cancelled, it is the same appointment and another booking.
  const ids = { appointmentId: id, patientId, bookingId: `${id}.${version}` }
  if (change === 'BOOKED') appointmentEvents.record(context, 'appointment.booked', ids)
  if (change === 'MOVED') appointmentEvents.record(context, 'appointment.moved', ids)
}

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
