import type { Context } from '../../runtime/context.ts'
import type { Appointment } from '../appointment.entity.ts'
import { appointmentEvents, happenedTo } from '../appointment-events.ts'
import { AppointmentStatus } from '../appointment-status.ts'
import { moveForPatient } from '../move-for-patient.ts'
import { ChangeRequest } from '../requests/change-request.entity.ts'
import { ChangeRequestStatus } from '../requests/change-request-status.ts'
import { leaveSeat } from '../slot-holding.ts'
import { SlotNotOffered, SlotTaken } from '../slot-problems.ts'
import { Slot } from '../slot.entity.ts'
import type { HospitalNotice } from './hospital-notice.entity.ts'
import { HospitalNoticeKind } from './hospital-notice-status.ts'
import { tellHospital } from './tell-hospital.ts'

/** Does once more what the hospital refused, and tells it anew. Answers the new notice, or why it cannot be, for staff. */
export function doAgain(
  context: Context,
  appointment: Appointment,
  notice: HospitalNotice,
): Promise<HospitalNotice | string> {
  switch (notice.kind) {
    case HospitalNoticeKind.RESCHEDULED:
      return moveAgain(context, appointment, notice)
    case HospitalNoticeKind.CANCELLED:
      return cancelAgain(context, appointment, notice)
    case HospitalNoticeKind.REQUEST_WITHDRAWN:
      return sayAgain(context, appointment, notice)
    case HospitalNoticeKind.CHANGE_REQUESTED:
    case HospitalNoticeKind.CANCELLATION_REQUESTED:
      return askAgain(context, appointment, notice)
    default:
      return notice.kind satisfies never
  }
}

const hasChanged = 'The appointment has changed since. Settle this with a note; phone the patient if they do not know.'
const agreeOnAnother = 'Phone the patient, agree on another, and settle this with a note.'
const timeGone = `The time that was chosen is no longer free. ${agreeOnAnother}`
const notOffered = `The time that was chosen can no longer be offered: it is too near or too far, or the patient or the clinician is elsewhere then. ${agreeOnAnother}`
const requestClosed = 'The request is no longer open: it was answered, withdrawn or overtaken. Settle this with a note.'

async function moveAgain(context: Context, appointment: Appointment, notice: HospitalNotice) {
  const { startsAt, slotHospitalId = null, reason = null, requestReference } = notice
  if (appointment.status !== AppointmentStatus.BOOKED) return hasChanged
  const slot = await context.em.findOne(Slot, { hospitalId: slotHospitalId, startsAt })
  if (isAt(appointment, startsAt) && appointment.chosenHere) {
    if (notice.isMoveByPatient) appointment.timesRescheduled += 1
    return sayAgain(context, appointment, notice, slot ?? undefined)
  }
  if (!isAt(appointment, notice.previousStartsAt)) return hasChanged
  if (!slot) return notOffered
  const moved = await moveForPatient(context, appointment, { slotId: slot.id, reason, requestReference })
  if (moved instanceof SlotNotOffered) return notOffered
  return moved instanceof SlotTaken ? timeGone : moved
}

async function cancelAgain(context: Context, appointment: Appointment, notice: HospitalNotice) {
  if (appointment.status !== AppointmentStatus.BOOKED || appointment.chosenHere) return hasChanged
  if (!isAt(appointment, notice.startsAt) && !isAt(appointment, notice.previousStartsAt)) return hasChanged
  appointment.cancelByPatient(notice.reason ?? '', context.clock.now(), null)
  await leaveSeat(context.em, appointment)
  const by = notice.requestReference == null ? 'PATIENT' : 'STAFF'
  appointmentEvents.record(context, 'appointment.cancelled', happenedTo(appointment, by))
  return sayAgain(context, appointment, notice)
}

async function askAgain(context: Context, appointment: Appointment, notice: HospitalNotice) {
  const open = { reference: notice.requestReference ?? '', status: ChangeRequestStatus.OPEN }
  return (await context.em.count(ChangeRequest, open)) ? sayAgain(context, appointment, notice) : requestClosed
}

/** What it said stands as it is: only the hospital has yet to take it. */
function sayAgain(context: Context, appointment: Appointment, notice: HospitalNotice, slot?: Slot) {
  const { kind, reason = null, requestReference = null, previousPlace: previous } = notice
  return tellHospital(context, appointment, { kind, reason, requestReference, slot, previous })
}

const isAt = ({ startsAt }: Appointment, at: Date | null | undefined) => at != null && +startsAt === +at
