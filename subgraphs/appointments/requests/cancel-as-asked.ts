import type { Context } from '../../runtime/context.ts'
import type { Appointment } from '../appointment.entity.ts'
import { appointmentEvents } from '../appointment-events.ts'
import { leaveSeat } from '../slot-holding.ts'
import { HospitalNoticeKind } from '../write-back/hospital-notice-status.ts'
import { tellHospital } from '../write-back/tell-hospital.ts'
import type { ChangeRequest } from './change-request.entity.ts'
import { whyInWords } from './request-in-words.ts'

/** Cancels the appointment for the patient who asked. They had until now to take it back: it cannot be undone. */
export async function cancelAsAsked(context: Context, request: ChangeRequest, appointment: Appointment): Promise<void> {
  const reason = whyInWords(request)
  appointment.cancelByPatient(reason, context.clock.now(), null)
  await leaveSeat(context.em, appointment)
  await tellHospital(context, appointment, {
    kind: HospitalNoticeKind.CANCELLED,
    reason,
    requestReference: request.reference,
  })
  const { id: appointmentId, patientId, version } = appointment
  const ids = { appointmentId, patientId, by: 'STAFF', version: String(version) }
  appointmentEvents.record(context, 'appointment.cancelled', ids)
}
