import { Ctx, Directive, Field, FieldResolver, ID, Int, ObjectType, Resolver, Root } from 'type-graphql'
import { Auth, Relation } from '../runtime/auth.ts'
import { batched } from '../runtime/batch.ts'
import type { Context } from '../runtime/context.ts'
import { DateTime } from '../runtime/scalars.ts'
import { Role } from '../runtime/viewer.ts'
import { Acceptance, acceptanceOf } from './acceptance.ts'
import { Appointment } from './appointment.entity.ts'
import { AppointmentMoveType } from './appointment-move.type.ts'
import { AppointmentKind, AppointmentStatus, HospitalConfirmation } from './appointment-status.ts'
import { ArrangementType } from './arrangement.ts'
import { CancellationType } from './cancellation.type.ts'
import { clinicOf, ClinicType } from './clinic.type.ts'
import { Medium } from './medium.ts'
import { PatientStub } from './patient.stub.ts'
import { PlaceType } from './place.ts'
import { shownAtTheDesk, shownOfAppointment, shownToPatient } from './shown-of-appointment.ts'

/** Whose it is: partners know already, and are led nowhere else from here. */
const shownOfOwner = { roles: [Role.PATIENT, Role.SYSTEM, Role.STAFF], relation: Relation.SELF }

@Directive('@key(fields: "id")')
@ObjectType('Appointment', {
  description: 'A visit to a clinic, or a stay in hospital, booked by the hospital for one patient.',
})
export class AppointmentType {
  @Auth(shownAtTheDesk)
  @Field(() => ID, { description: "The portal's own id." })
  id!: string

  @Auth({ roles: [Role.SYSTEM, Role.STAFF], relation: Relation.SELF })
  @Field(() => String, { description: "The hospital's own identifier, as its messages say it (SCH-1, SCH-2)." })
  hospitalId!: string

  @Auth(shownAtTheDesk)
  @Field(() => AppointmentKind, { description: 'Whether the patient comes for a visit or stays.' })
  kind!: AppointmentKind

  @Auth(shownAtTheDesk)
  @Field(() => AppointmentStatus, { description: 'What has become of the booking.' })
  status!: AppointmentStatus

  @Auth(shownOfAppointment)
  @Field(() => DateTime, {
    nullable: true,
    description: 'When the patient accepted it. A move by the hospital clears it.',
  })
  acceptedAt!: Date | null

  @Auth(shownAtTheDesk)
  @Field(() => DateTime, { description: 'When it starts.' })
  startsAt!: Date

  @Auth(shownAtTheDesk)
  @Field(() => DateTime, { description: 'When it ends; of an admission, the planned day and time of going home.' })
  endsAt!: Date

  @Auth(shownAtTheDesk)
  @Field(() => String, { nullable: true, description: 'Who sees the patient, as they know them: "Dr Priya Shah".' })
  clinician!: string | null

  @Auth(shownAtTheDesk)
  @Field(() => [ArrangementType], { description: 'Transport and interpreters booked for it.' })
  arrangements!: ArrangementType[]

  @Auth(shownAtTheDesk)
  @Field(() => CancellationType, { nullable: true, description: 'When and why it was cancelled; null unless it was.' })
  cancellation!: CancellationType | null

  @Auth(shownAtTheDesk)
  @Field(() => AppointmentMoveType, {
    nullable: true,
    description: 'The last time it was moved to another time, and by whom; null unless it was, and while newly booked.',
  })
  lastMove!: AppointmentMoveType | null

  @Auth(shownAtTheDesk)
  @Field(() => HospitalConfirmation, {
    description: "Whether the hospital's own system knows of what was last done here.",
  })
  hospitalConfirmation!: HospitalConfirmation

  @Auth({ roles: [Role.SYSTEM, Role.STAFF], relation: Relation.SELF })
  @Field(() => Int, {
    description: 'How many times the patient has changed its time here. Moves by the hospital do not count.',
  })
  timesRescheduled!: number

  @Auth(shownAtTheDesk)
  @Field(() => DateTime, {
    nullable: true,
    description: 'When the patient was admitted; null unless a stay that began.',
  })
  admittedAt!: Date | null

  @Auth(shownAtTheDesk)
  @Field(() => DateTime, { nullable: true, description: 'When the patient left hospital.' })
  dischargedAt!: Date | null

  @Auth(shownToPatient)
  @Field(() => Int, { description: 'Goes up by one with every change.' })
  version!: number
}

/** What an appointment says by its clinic, and by the clock. */
@Resolver(() => AppointmentType)
export class AppointmentFields {
  @Auth(shownAtTheDesk)
  @FieldResolver(() => ClinicType, { description: 'The clinic it is booked in.' })
  clinic(@Root() appointment: Appointment, @Ctx() context: Context) {
    return clinicOf(context, appointment)
  }

  @Auth(shownAtTheDesk)
  @FieldResolver(() => Medium, { description: 'How patient and clinician meet.' })
  async medium(@Root() appointment: Appointment, @Ctx() context: Context): Promise<Medium> {
    return appointment.ownMedium ?? (await clinicOf(context, appointment)).medium
  }

  @Auth(shownAtTheDesk)
  @FieldResolver(() => PlaceType, { nullable: true, description: 'Where to come; null for video and phone.' })
  async place(@Root() appointment: Appointment, @Ctx() context: Context) {
    const clinic = await clinicOf(context, appointment)
    const medium = appointment.ownMedium ?? clinic.medium
    return medium === Medium.FACE_TO_FACE ? (appointment.ownPlace ?? clinic.place) : null
  }

  @Auth(shownOfAppointment)
  @FieldResolver(() => [String], { description: 'What to bring, one thing each.' })
  async whatToBring(@Root() appointment: Appointment, @Ctx() context: Context) {
    return (await clinicOf(context, appointment)).whatToBring
  }

  @Auth(shownOfAppointment)
  @FieldResolver(() => [String], { description: 'How to prepare, one step each.' })
  async preparation(@Root() appointment: Appointment, @Ctx() context: Context) {
    return (await clinicOf(context, appointment)).preparation
  }

  @Auth(shownToPatient)
  @FieldResolver(() => Acceptance, {
    description: 'Whether it may be accepted now, and if not, why not and the way on.',
  })
  async acceptance(@Root() appointment: Appointment, @Ctx() context: Context) {
    return acceptanceOf(appointment, await clinicOf(context, appointment), context)
  }

  @Auth(shownOfOwner)
  @FieldResolver(() => PatientStub, { description: 'Whose appointment it is.' })
  patient(@Root() appointment: Appointment) {
    return new PatientStub(appointment.patientId)
  }
}

export const appointmentById = batched(async ({ em }, ids) => {
  const appointments = await em.find(Appointment, { id: { $in: [...ids] } })
  return new Map(appointments.map((appointment) => [appointment.id, appointment]))
})
