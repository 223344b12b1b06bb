import { randomUUID } from 'node:crypto'
import type { Context } from '../../runtime/context.ts'
import type { Appointment } from '../appointment.entity.ts'
import { AppointmentRecordFlag } from '../appointment-record-flag.ts'
import { AppointmentKind, AppointmentStatus } from '../appointment-status.ts'
import { isOverlapping } from '../overlap.ts'
import { AppointmentConflict } from './appointment-conflict.entity.ts'
import { momentInWords } from './in-words.ts'

/**
 * Puts before staff what does not fit since the hospital's word on this appointment was taken: at once, in the
 * transaction of that word. What is open already is told anew. Answers what was found.
 */
export async function putConflictsOnDesk(
  context: Context,
  appointment: Appointment,
  contradiction?: string,
): Promise<AppointmentRecordFlag[]> {
  const found = new Map<AppointmentRecordFlag, string>()
  if (isOverCapacity(appointment)) found.set(AppointmentRecordFlag.SLOT_CONFLICT, overCapacity(appointment))
  if (await isOverlapping(context.em, appointment))
    found.set(AppointmentRecordFlag.OVERLAPS_ANOTHER, overlapping(appointment))
  if (contradiction !== undefined) found.set(AppointmentRecordFlag.CONFLICTS_WITH_PATIENT, contradiction)
  for (const [reason, explanation] of found) await open(context, appointment, reason, explanation)
  return [...found.keys()]
}

/** A word of before that came too late to change anything: staff see it all the same. */
export async function flagTooLate(context: Context, appointment: Appointment, explanation: string) {
  await open(context, appointment, AppointmentRecordFlag.CONFLICTS_WITH_PATIENT, explanation)
  return [AppointmentRecordFlag.OLDER_THAN_RECORD, AppointmentRecordFlag.CONFLICTS_WITH_PATIENT]
}

/** What the hospital arranged or closed does not fit what was done here. */
export async function flagContradiction(context: Context, appointment: Appointment, explanation: string) {
  await open(context, appointment, AppointmentRecordFlag.CONFLICTS_WITH_PATIENT, explanation)
  return [AppointmentRecordFlag.CONFLICTS_WITH_PATIENT]
}

async function open(
  { em, clock }: Context,
  { id: appointmentId, patientId, clinicCode }: Appointment,
  reason: AppointmentRecordFlag,
  explanation: string,
): Promise<void> {
  const known = await em.findOne(AppointmentConflict, { appointmentId, reason, settledAt: null })
  if (known) known.explanation = explanation
  else {
    const facts = { appointmentId, patientId, clinicCode, reason, explanation }
    em.create(AppointmentConflict, { id: randomUUID(), ...facts, foundAt: clock.now() })
  }
}

const isOverCapacity = ({ status, kind, slotId, seat }: Appointment) =>
  status === AppointmentStatus.BOOKED && kind === AppointmentKind.OUTPATIENT && slotId != null && seat == null

const overCapacity = ({ startsAt }: Appointment) =>
  `Every place at this time was taken when the hospital booked it: ${momentInWords(startsAt)}. It is booked over the capacity. Move one of the appointments, or agree with the clinic that all may come.`

const overlapping = ({ startsAt, clinician }: Appointment) =>
  `The patient${clinician == null ? '' : `, or ${clinician},`} has another appointment at the same time: ${momentInWords(startsAt)}. Move one of the two.`
