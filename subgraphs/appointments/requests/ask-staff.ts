import { randomUUID } from 'node:crypto'
import type { Context } from '../../runtime/context.ts'
import { londonDate } from '../../runtime/london.ts'
import { newReference } from '../../runtime/reference.ts'
import { plusWorkingDays } from '../../runtime/working-days.ts'
import type { Appointment } from '../appointment.entity.ts'
import { appointmentEvents } from '../appointment-events.ts'
import { HospitalNoticeKind } from '../write-back/hospital-notice-status.ts'
import { tellHospital } from '../write-back/tell-hospital.ts'
import { ChangeRequest } from './change-request.entity.ts'
import { ChangeRequestKind, ChangeRequestStatus, ChangeRequestStepKind } from './change-request-status.ts'
import { requestInWords } from './request-in-words.ts'
import { takeStep } from './take-step.ts'

type Wish = Pick<ChangeRequest, 'kind' | 'reason' | 'detail' | 'preferredDays' | 'preferredTimes' | 'unavailable'>

const noticeOf = {
  [ChangeRequestKind.CHANGE]: HospitalNoticeKind.CHANGE_REQUESTED,
  [ChangeRequestKind.CANCELLATION]: HospitalNoticeKind.CANCELLATION_REQUESTED,
}

/** Puts what the patient asks for before staff, and tells the hospital. The appointment must be locked, and keeps its time. */
export async function askStaff(context: Context, appointment: Appointment, wish: Wish): Promise<ChangeRequest> {
  const { em, clock, trust } = context
  const { id: appointmentId, patientId, clinicCode } = appointment
  const now = clock.now()
  const request = em.create(ChangeRequest, {
    ...wish,
    id: randomUUID(),
    reference: newReference(),
    appointmentId,
    patientId,
    clinicCode,
    status: ChangeRequestStatus.OPEN,
    requestedAt: now,
    answerBy: plusWorkingDays(londonDate(now), trust.requestAnswerWorkingDays),
  })
  // Before its first step, which refers to it.
  await em.flush()
  await takeStep(context, request, ChangeRequestStepKind.REQUESTED)
  await tellHospital(context, appointment, {
    kind: noticeOf[request.kind],
    reason: requestInWords(request),
    requestReference: request.reference,
  })
  appointmentEvents.record(context, 'change-request.received', { requestId: request.id, appointmentId, patientId })
  return request
}
