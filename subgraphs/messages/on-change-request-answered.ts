import { reaction } from '../runtime/reaction.ts'
import { askForAppointment } from './appointment-notice.ts'
import { MessageKind } from './outgoing-message.entity.ts'
import { tellPatient } from './tell-patient.ts'

/** Staff agreed to what a patient asked for, or refused it: says that there is an answer. The page holds it. */
export const onChangeRequestAnswered = reaction({
  kind: 'change-request.answered',
  read: ({ graph }, { appointmentId = '' }) => askForAppointment(graph, appointmentId),
  write: (context, appointment, { appointmentId = '', requestId = '' }) =>
    tellPatient(context, appointment, {
      kind: MessageKind.CHANGE_REQUEST_ANSWERED,
      appointmentId,
      dedupeKey: `change-request:${requestId}:answered`,
      requestId,
    }),
})
