import { reaction } from '../runtime/reaction.ts'
import { askForAppointment } from './appointment-notice.ts'
import { MessageKind } from './outgoing-message.entity.ts'
import { tellPatient } from './tell-patient.ts'

/**
 * A patient changed the time of an appointment: confirms it at once, also at night. When staff did it because they agreed
 * to a request, their answer tells of it.
 */
export const onAppointmentRescheduled = reaction({
  kind: 'appointment.rescheduled',
  read: async ({ graph }, { appointmentId = '', by }) =>
    by === 'STAFF' ? null : askForAppointment(graph, appointmentId),
  async write(context, appointment, { appointmentId = '', by, version }) {
    if (by === 'STAFF') return
    await tellPatient(context, appointment, {
      kind: MessageKind.APPOINTMENT_RESCHEDULED,
      appointmentId,
      dedupeKey: `appointment:${appointmentId}:${version}:rescheduled`,
      version: Number(version),
      evenAtNight: true,
    })
  },
})
