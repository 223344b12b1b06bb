import { reaction } from '../runtime/reaction.ts'
import { askForAppointment } from './appointment-notice.ts'
import { MessageKind } from './outgoing-message.entity.ts'
import { tellPatient } from './tell-patient.ts'

/** A patient asked for a change: says at once that it arrived, under which reference, and when it is answered. */
export const onChangeRequestReceived = reaction({
  kind: 'change-request.received',
  read: ({ graph }, { appointmentId = '' }) => askForAppointment(graph, appointmentId),
  write: (context, appointment, { appointmentId = '', requestId = '' }) =>
    tellPatient(context, appointment, {
      kind: MessageKind.CHANGE_REQUEST_RECEIVED,
      appointmentId,
      dedupeKey: `change-request:${requestId}:received`,
      requestId,
      evenAtNight: true,
    }),
})
