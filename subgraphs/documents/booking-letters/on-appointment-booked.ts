import { reaction } from '../../runtime/reaction.ts'
import { factsForLetter, writeAppointmentLetter } from './write-appointment-letter.ts'

/** An appointment was booked, or booked again: its letter is written. */
export const onAppointmentBooked = reaction({
  kind: 'appointment.booked',
  read: ({ graph }, { appointmentId = '' }) => factsForLetter(graph, appointmentId),
  write: writeAppointmentLetter,
})
