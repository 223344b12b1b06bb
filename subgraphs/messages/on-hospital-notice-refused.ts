import { reaction } from '../runtime/reaction.ts'
import { askForAppointment } from './appointment-notice.ts'
import { MessageKind } from './outgoing-message.entity.ts'
import { tellPatient } from './tell-patient.ts'

/**
 * The hospital's own system refused what a patient did: says so, and that staff will phone. Of a request that it refused
 * nothing is said: the appointment stands as it did, and staff answer it.
 */
export const onHospitalNoticeRefused = reaction({
  kind: 'hospital-notice.refused',
  read: ({ graph }, { appointmentId = '' }) => askForAppointment(graph, appointmentId),
  write: (context, appointment, { appointmentId = '', noticeId = '' }) =>
    tellPatient(context, appointment, {
      kind: MessageKind.CHANGE_NOT_CONFIRMED,
      appointmentId,
      // Staff can try again, and it can be refused again: that is another version.
      dedupeKey: `hospital-notice:${noticeId}:${appointment?.version}:refused`,
      version: appointment?.version,
    }),
})
