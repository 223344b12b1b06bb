import { RecordArrangementsDocument, type ArrangementInput } from '../../client/main.ts'
import { notesOf } from './appointment-outcome.ts'
import type { Errand } from './intake.ts'
import { onKnownAppointment } from './on-known-appointment.ts'
import type { Schedule } from './read-schedule.ts'

/** Records what is arranged for an appointment, and nothing else of it: a cancelled one stays cancelled. */
export function putArrangements(
  errand: Errand,
  schedule: Schedule,
  arrangements: ArrangementInput[],
): Promise<string[]> {
  const { intake, keyFor, signal, requestId } = errand
  const { appointment, whose, eventAt } = schedule
  return onKnownAppointment(errand, schedule, 'arrangements', async (step) => {
    const input = {
      idempotencyKey: keyFor(step),
      eventAt: eventAt.toISOString(),
      hospitalId: appointment.hospitalId,
      ...whose,
      arrangements,
    }
    const { recordArrangements } = await intake.graph.write(
      RecordArrangementsDocument,
      { input },
      { signal, requestId },
    )
    return notesOf(recordArrangements, 'SCH-1')
  })
}
