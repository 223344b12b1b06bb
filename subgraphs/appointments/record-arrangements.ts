import { Arg, Ctx, Field, InputType, Mutation, Resolver } from 'type-graphql'
import { Auth } from '../runtime/auth.ts'
import type { Context } from '../runtime/context.ts'
import { idempotent } from '../runtime/idempotency.ts'
import { outcomes } from '../runtime/outcome.ts'
import { Role } from '../runtime/viewer.ts'
import { Appointment } from './appointment.entity.ts'
import { AppointmentNotFound } from './appointment-not-found.ts'
import { AppointmentRecordFlag } from './appointment-record-flag.ts'
import { AppointmentRecorded } from './appointment-recorded.ts'
import { ArrangementInput, arrangementFrom } from './arrangement.ts'
import { actsInBetween } from './conflicts/acts-in-between.ts'
import { momentInWords } from './conflicts/in-words.ts'
import { flagContradiction } from './conflicts/put-on-desk.ts'
import { heardOf } from './heard-of.ts'
import { HospitalWordInput } from './hospital-word.input.ts'
import { checkIdentifier } from './identifier.ts'
import { PatientDiffers } from './patient-differs.ts'
import { ChangeRequest } from './requests/change-request.entity.ts'
import { ChangeRequestStatus } from './requests/change-request-status.ts'

@InputType({
  description: 'All that the hospital has arranged for one appointment. Replaces what was arranged before.',
})
export class RecordArrangementsInput extends HospitalWordInput {
  @Field(() => [ArrangementInput], { description: 'Transport and interpreters; none: nothing is arranged any more.' })
  arrangements!: ArrangementInput[]
}

export const RecordArrangementsResult = outcomes(
  'RecordArrangementsResult',
  "What the hospital's word on arrangements can come to.",
  [AppointmentRecorded, AppointmentNotFound, PatientDiffers],
)

export async function recordArrangements(
  context: Context,
  input: RecordArrangementsInput,
): Promise<typeof RecordArrangementsResult> {
  const { eventAt } = input
  const appointment = await heardOf(context.em, input)
  if (!(appointment instanceof Appointment)) return appointment
  if (appointment.arrangedAt && appointment.arrangedAt > eventAt)
    return new AppointmentRecorded(appointment, false, [AppointmentRecordFlag.OLDER_THAN_RECORD])
  const isNews = appointment.arrange(input.arrangements.map(arrangementFrom), eventAt)
  const flags = isNews && input.arrangements.length ? await checkAgainstPatient(context, appointment, eventAt) : []
  return new AppointmentRecorded(appointment, false, flags)
}

/** What was arranged may be for a time that the patient has given up, or asks to give up. */
async function checkAgainstPatient(context: Context, appointment: Appointment, eventAt: Date) {
  const { em } = context
  const acts = await actsInBetween(em, appointment, eventAt)
  if (!acts.areNone) return flagContradiction(context, appointment, `${acts.inWords()}, ${thoughArranged}`)
  const asked = { appointmentId: appointment.id, status: ChangeRequestStatus.OPEN }
  if (!(await em.count(ChangeRequest, asked))) return []
  const at = momentInWords(appointment.startsAt)
  return flagContradiction(
    context,
    appointment,
    `The patient asks to change or cancel the appointment of ${at}, ${thoughArranged}`,
  )
}

const thoughArranged =
  'and the hospital has arranged transport or an interpreter for it. Check that what is arranged fits, or arrange it again.'

@Resolver()
export class RecordArrangements {
  @Auth({ roles: [Role.SYSTEM] })
  @Mutation(() => RecordArrangementsResult, {
    description:
      'Says what the hospital arranged for an appointment. Replaces what was arranged before; an older word changes nothing.',
  })
  recordArrangements(
    @Arg('input', () => RecordArrangementsInput, { description: "The hospital's word." })
    input: RecordArrangementsInput,
    @Ctx() context: Context,
  ) {
    checkIdentifier('hospitalId', input.hospitalId)
    return idempotent(context, input, recordArrangements)
  }
}
