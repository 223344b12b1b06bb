import { reaction } from '../../runtime/reaction.ts'
import { factsForLetter, writeAppointmentLetter } from './write-appointment-letter.ts'

/**
 * The hospital moved an appointment: it writes another letter, as it would on paper. The old one stays, as what was once
 * said. After a change by the patient no letter comes; then the newest one shows the old time, and says so.
 */
export const onAppointmentMoved = reaction({
  kind: 'appointment.moved',
  read: ({ graph }, { appointmentId = '' }) => factsForLetter(graph, appointmentId),
  write: writeAppointmentLetter,
})
