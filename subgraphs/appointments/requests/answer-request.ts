import type { Context } from '../../runtime/context.ts'
import { appointmentEvents } from '../appointment-events.ts'
import type { ChangeRequest } from './change-request.entity.ts'
import { ChangeRequestStatus, ChangeRequestStepKind } from './change-request-status.ts'
import { takeStep } from './take-step.ts'

const stepOf = {
  [ChangeRequestStatus.AGREED]: ChangeRequestStepKind.AGREED,
  [ChangeRequestStatus.REFUSED]: ChangeRequestStepKind.REFUSED,
}

/** Closes a request with the answer of staff, and tells the patient that there is one. */
export async function answerRequest(
  context: Context,
  request: ChangeRequest,
  status: keyof typeof stepOf,
  words: string | null,
): Promise<void> {
  request.answerWith(status, words, context.clock.now())
  await takeStep(context, request, stepOf[status])
  const { id: requestId, appointmentId, patientId } = request
  appointmentEvents.record(context, 'change-request.answered', { requestId, appointmentId, patientId })
}
