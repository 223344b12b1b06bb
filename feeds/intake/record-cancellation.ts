import { RecordCancellationDocument } from '../../client/main.ts'
import { notesOf } from './appointment-outcome.ts'
import type { Errand } from './intake.ts'
import { onKnownAppointment } from './on-known-appointment.ts'
import type { Schedule } from './read-schedule.ts'

/** Cancels an appointment, with the reason of the message unless another is given. */
export function putCancellation(
  errand: Errand,
  schedule: Schedule,
  reason = schedule.appointment.reason,
): Promise<string[]> {
  const { intake, keyFor, signal, requestId } = errand
  const { appointment, whose, eventAt } = schedule
  return onKnownAppointment(errand, schedule, 'cancellation', async (step) => {
    const input = {
      idempotencyKey: keyFor(step),
      eventAt: eventAt.toISOString(),
      hospitalId: appointment.hospitalId,
      ...whose,
      ...(reason !== undefined && { reason }),
    }
    const { recordCancellation } = await intake.graph.write(
      RecordCancellationDocument,
      { input },
      { signal, requestId },
    )
    return notesOf(recordCancellation, 'SCH-1')
  })
}
