import type { Context } from '../../runtime/context.ts'
import { badInput } from '../../runtime/problem.ts'
import type { Appointment } from '../appointment.entity.ts'
import { appointmentEvents, happenedTo } from '../appointment-events.ts'
import { leaveSeat } from '../slot-holding.ts'
import { HospitalNoticeKind } from '../write-back/hospital-notice-status.ts'
import { tellHospital } from '../write-back/tell-hospital.ts'
import type { ChangeRequest } from './change-request.entity.ts'
import { whyInWords } from './request-in-words.ts'

/** Cancels the appointment for the patient who asked. They had until now to take it back: it cannot be undone. */
export async function cancelAsAsked(
  context: Context,
  request: ChangeRequest,
  appointment: Appointment,
  slotId: string | null,
): Promise<undefined> {
  if (slotId !== null) throw badInput('slotId: leave it out. The patient asks to cancel, and not for another time.')
  const reason = whyInWords(request)
  appointment.cancelByPatient(reason, context.clock.now(), null)
  await leaveSeat(context.em, appointment)
  await tellHospital(context, appointment, {
    kind: HospitalNoticeKind.CANCELLED,
    reason,
    requestReference: request.reference,
  })
  appointmentEvents.record(context, 'appointment.cancelled', happenedTo(appointment, 'STAFF'))
  return undefined
}
