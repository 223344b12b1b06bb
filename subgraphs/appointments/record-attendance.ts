import { Arg, Ctx, Field, InputType, Mutation, registerEnumType, Resolver } from 'type-graphql'
import { Auth } from '../runtime/auth.ts'
import type { Context } from '../runtime/context.ts'
import { idempotent } from '../runtime/idempotency.ts'
import { outcomes } from '../runtime/outcome.ts'
import { Role } from '../runtime/viewer.ts'
import { Appointment } from './appointment.entity.ts'
import { AppointmentNotFound } from './appointment-not-found.ts'
import { AppointmentRecordFlag } from './appointment-record-flag.ts'
import { AppointmentRecorded } from './appointment-recorded.ts'
import { AppointmentStatus } from './appointment-status.ts'
import { actsInBetween } from './conflicts/acts-in-between.ts'
import { flagContradiction } from './conflicts/put-on-desk.ts'
import { heardOf } from './heard-of.ts'
import { HospitalWordInput } from './hospital-word.input.ts'
import { checkIdentifier } from './identifier.ts'
import { overtake } from './overtake.ts'
import { PatientDiffers } from './patient-differs.ts'

export enum Attendance {
  COMPLETED = 'COMPLETED',
  DID_NOT_ATTEND = 'DID_NOT_ATTEND',
}
registerEnumType(Attendance, {
  name: 'Attendance',
  description: 'What became of an appointment when its time had come.',
  valuesConfig: {
    COMPLETED: { description: 'It took place.' },
    DID_NOT_ATTEND: { description: 'The patient did not come.' },
  },
})

@InputType({
  description: 'That an appointment took place, or that the patient did not come. A later word corrects it.',
})
export class RecordAttendanceInput extends HospitalWordInput {
  @Field(() => Attendance, { description: 'Which of the two.' })
  attendance!: Attendance
}

export const RecordAttendanceResult = outcomes(
  'RecordAttendanceResult',
  "What the hospital's word on attendance can come to.",
  [AppointmentRecorded, AppointmentNotFound, PatientDiffers],
)

export async function recordAttendance(
  context: Context,
  input: RecordAttendanceInput,
): Promise<typeof RecordAttendanceResult> {
  const appointment = await heardOf(context.em, input)
  if (!(appointment instanceof Appointment)) return appointment
  if (appointment.isNewerThan(input.eventAt))
    return new AppointmentRecorded(appointment, false, [AppointmentRecordFlag.OLDER_THAN_RECORD])
  return new AppointmentRecorded(appointment, false, await attend(context, appointment, input))
}

async function attend(context: Context, appointment: Appointment, { attendance, eventAt }: RecordAttendanceInput) {
  const acts = await actsInBetween(context.em, appointment, eventAt)
  const explanation = `${acts.inWords()}, and the hospital says that ${inWords[attendance]}. Check which of the two is right.`
  switch (appointment.status) {
    case AppointmentStatus.CANCELLED:
      // It was not to take place: its status stands until the hospital books it again.
      return appointment.isCancelledByPatient ? flagContradiction(context, appointment, explanation) : []
    case AppointmentStatus.ADMITTED:
      return []
    case AppointmentStatus.BOOKED:
    case AppointmentStatus.COMPLETED:
    case AppointmentStatus.DID_NOT_ATTEND: {
      appointment.hearFromHospital()
      if (!appointment.attend(AppointmentStatus[attendance], eventAt)) return []
      await overtake(context, appointment)
      return acts.areNone ? [] : flagContradiction(context, appointment, explanation)
    }
    default:
      return appointment.status satisfies never
  }
}

const inWords: Record<Attendance, string> = {
  COMPLETED: 'the patient was seen',
  DID_NOT_ATTEND: 'the patient did not come',
}

@Resolver()
export class RecordAttendance {
  @Auth({ roles: [Role.SYSTEM] })
  @Mutation(() => RecordAttendanceResult, {
    description:
      'Says that an appointment took place, or that the patient did not come. An older word changes nothing.',
  })
  recordAttendance(
    @Arg('input', () => RecordAttendanceInput, { description: "The hospital's word." }) input: RecordAttendanceInput,
    @Ctx() context: Context,
  ) {
    checkIdentifier('hospitalId', input.hospitalId)
    return idempotent(context, input, recordAttendance)
  }
}
