import type { AppointmentInMessage } from '../reading/appointment.ts'
import type { Errand, Reaction } from './intake.ts'
import { readSchedule, type Schedule } from './read-schedule.ts'
import { putArrangements } from './record-arrangements.ts'
import { putAttendance } from './record-attendance.ts'
import { putBooking } from './record-booking.ts'
import { putCancellation } from './record-cancellation.ts'

/** SIU^S12, S13, S14: the booking, its new time or what else is new; or, by its status, what became of it. */
export const recordSchedule: Reaction = async (errand) => {
  const schedule = await readSchedule(errand)
  const { status, details } = schedule.appointment
  switch (status) {
    case 'CANCELLED':
      return putCancellation(errand, schedule)
    case 'DELETED':
      return putDeletion(errand, schedule)
    case 'COMPLETED':
    case 'DID_NOT_ATTEND':
      return putAttendance(errand, schedule, status)
    case undefined:
      if (details.arrangements && saysNothingElse(schedule.appointment))
        return putArrangements(errand, schedule, details.arrangements)
      return [...schedule.notes, ...(await putBooking(errand, schedule))]
    default:
      return status satisfies never
  }
}

/** SIU^S15: the appointment is cancelled. */
export const recordCancelled: Reaction = async (errand) => putCancellation(errand, await readSchedule(errand))

/** SIU^S17: the appointment should never have been. */
export const recordDeleted: Reaction = async (errand) => putDeletion(errand, await readSchedule(errand))

/** SIU^S26: the patient did not come. */
export const recordMissed: Reaction = async (errand) =>
  putAttendance(errand, await readSchedule(errand), 'DID_NOT_ATTEND')

const putDeletion = (errand: Errand, schedule: Schedule) =>
  putCancellation(errand, schedule, 'The appointment was booked by mistake')

/** Of the appointment itself: that an outpatient's visit is an outpatient's is no news. */
const saysNothingElse = ({ details: { arrangements: _, kind: __, ...others }, clinicCodes }: AppointmentInMessage) =>
  clinicCodes.length === 0 && Object.keys(others).length === 0
