import type { Context } from '../../runtime/context.ts'
import type { Appointment } from '../appointment.entity.ts'
import { appointmentEvents } from '../appointment-events.ts'
import { ChangeRequest, ChangeRequestStep } from './change-request.entity.ts'
import { ChangeRequestStatus, ChangeRequestStepKind } from './change-request-status.ts'
import { takeStep } from './take-step.ts'

/**
 * The hospital changed or cancelled the appointment, or its time came: what its patient asks for is no longer open. Called with the
 * appointment locked, and as it is from now on.
 */
export async function overtakeRequest(context: Context, appointment: Appointment): Promise<void> {
  const { em } = context
  const { id: appointmentId, clinicCode } = appointment
  const requests = await em.find(ChangeRequest, { appointmentId })
  // Staff who may see the appointment may see what was asked about it: its requests follow it to another clinic.
  const elsewhere = requests.filter((it) => it.clinicCode !== clinicCode)
  for (const request of elsewhere) {
    request.clinicCode = clinicCode
    await em.nativeUpdate(ChangeRequestStep, { requestId: request.id }, { clinicCode })
  }
  const open = requests.find((it) => it.isOpen)
  if (!open) return
  open.close(ChangeRequestStatus.OVERTAKEN)
  await takeStep(context, open, ChangeRequestStepKind.OVERTAKEN)
  const { id: requestId, patientId } = open
  appointmentEvents.record(context, 'change-request.overtaken', { requestId, appointmentId, patientId })
}
