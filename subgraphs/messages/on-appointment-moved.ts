import type { EntityManager } from '@mikro-orm/sql'
import { reaction } from '../runtime/reaction.ts'
import { askForAppointment } from './appointment-notice.ts'
import { MessageKind, MessageState, OutgoingMessage } from './outgoing-message.entity.ts'
import { tellPatient } from './tell-patient.ts'

/** The hospital moved an appointment: tells the patient, unless they have yet to be told that there is one. */
export const onAppointmentMoved = reaction({
  kind: 'appointment.moved',
  read: ({ graph }, { appointmentId = '' }) => askForAppointment(graph, appointmentId),
  async write(context, appointment, { appointmentId = '', version }) {
    if (await isStillToBeAnnounced(context.em, appointmentId))
      return context.log.info({ appointmentId }, 'moved before the patient was told of it: told with the booking')
    await tellPatient(context, appointment, {
      kind: MessageKind.APPOINTMENT_MOVED,
      appointmentId,
      dedupeKey: `appointment:${appointmentId}:${version}:moved`,
      version: Number(version),
    })
  },
})

/** Booked in the night and moved in the same night: one message in the morning leads to both. */
const isStillToBeAnnounced = async (em: EntityManager, appointmentId: string) =>
  (await em.count(OutgoingMessage, {
    appointmentId,
    kind: MessageKind.APPOINTMENT_BOOKED,
    state: MessageState.WAITING,
    attempts: 0,
  })) > 0
