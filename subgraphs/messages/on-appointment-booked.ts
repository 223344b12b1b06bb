import { reaction } from '../runtime/reaction.ts'
import { askForAppointment } from './appointment-notice.ts'
import { MessageKind } from './outgoing-message.entity.ts'
import { tellPatient } from './tell-patient.ts'

/** An appointment was booked: tells the patient, once, by text or else by e-mail. */
export const onAppointmentBooked = reaction({
  kind: 'appointment.booked',
  read: ({ graph }, { appointmentId = '' }) => askForAppointment(graph, appointmentId),
  write: (context, appointment, { appointmentId = '', bookingId = appointmentId }) =>
    tellPatient(context, appointment, {
      kind: MessageKind.APPOINTMENT_BOOKED,
      appointmentId,
      dedupeKey: `booking:${bookingId}:booked`,
    }),
})
