import type { Context } from '../../runtime/context.ts'
import type { Appointment } from '../appointment.entity.ts'
import { appointmentEvents } from '../appointment-events.ts'
import { HospitalConfirmation } from '../appointment-status.ts'
import { putConflictsOnDesk } from '../conflicts/put-on-desk.ts'
import type { HospitalNotice } from './hospital-notice.entity.ts'
import { changes, HospitalNoticeKind } from './hospital-notice-status.ts'
import { handOverTo, laterChange } from './later-change.ts'
import { bookAgain, moveBack } from './restore.ts'

/**
 * The hospital's system finally refused what was done here. Unless something later is told anyway, the appointment is as
 * the hospital has it again where that can be; the patient hears of it, and staff see it. The appointment is locked.
 */
export async function takeRefusal(context: Context, appointment: Appointment, notice: HospitalNotice): Promise<void> {
  // A request stays open: staff see it on the desk, and nothing was promised.
  if (!changes.includes(notice.kind)) return
  if (notice.isMoveByPatient) appointment.timesRescheduled -= 1
  const later = await laterChange(context.em, notice)
  if (later) return handOverTo(later, notice)
  const isRestored = await (notice.kind === HospitalNoticeKind.RESCHEDULED ? moveBack : bookAgain)(
    context,
    appointment,
    notice,
  )
  appointment.hospitalConfirmation = HospitalConfirmation.REFUSED
  if (isRestored) await putConflictsOnDesk(context, appointment)
  const { id: appointmentId, patientId, excluded } = appointment
  if (!excluded)
    appointmentEvents.record(context, 'hospital-notice.refused', { appointmentId, patientId, noticeId: notice.id })
}
