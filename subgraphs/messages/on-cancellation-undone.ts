import { reaction } from '../runtime/reaction.ts'
import { askForAppointment } from './appointment-notice.ts'
import { MessageKind } from './outgoing-message.entity.ts'
import { tellPatient } from './tell-patient.ts'

/** A patient undid a cancellation: confirms at once that the appointment is booked again. */
export const onCancellationUndone = reaction({
  kind: 'appointment.cancellation-undone',
  read: ({ graph }, { appointmentId = '' }) => askForAppointment(graph, appointmentId),
  write: (context, appointment, { appointmentId = '', version }) =>
    tellPatient(context, appointment, {
      kind: MessageKind.APPOINTMENT_BOOKED_AGAIN,
      appointmentId,
      dedupeKey: `appointment:${appointmentId}:${version}:booked-again`,
      version: Number(version),
      evenAtNight: true,
    }),
})
