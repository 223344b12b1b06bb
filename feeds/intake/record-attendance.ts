import { RecordAttendanceDocument, type Attendance } from '../../client/main.ts'
import { notesOf } from './appointment-outcome.ts'
import type { Errand } from './intake.ts'
import { onKnownAppointment } from './on-known-appointment.ts'
import type { Schedule } from './read-schedule.ts'

/** Records that the patient came, or did not. */
export function putAttendance(errand: Errand, schedule: Schedule, attendance: Attendance): Promise<string[]> {
  const { intake, keyFor, signal, requestId } = errand
  const { appointment, whose, eventAt } = schedule
  return onKnownAppointment(errand, schedule, 'attendance', async (step) => {
    const input = {
      idempotencyKey: keyFor(step),
      eventAt: eventAt.toISOString(),
      hospitalId: appointment.hospitalId,
      ...whose,
      attendance,
    }
    const { recordAttendance } = await intake.graph.write(RecordAttendanceDocument, { input }, { signal, requestId })
    return notesOf(recordAttendance, 'SCH-1')
  })
}
