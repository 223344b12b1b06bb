import { londonDate, plusDays } from '../runtime/london.ts'
import { reaction } from '../runtime/reaction.ts'
import { askForAppointment } from './appointment-notice.ts'
import { MessageKind } from './outgoing-message.entity.ts'
import { tellPatient } from './tell-patient.ts'

/**
 * An appointment was cancelled. Confirms it to the patient who did it, at once; or says that the hospital did, at night
 * only when it is too near to wait. When staff agreed to a request, their answer tells of it.
 */
export const onAppointmentCancelled = reaction({
  kind: 'appointment.cancelled',
  read: async ({ graph }, { appointmentId = '', by }) =>
    by === 'STAFF' ? null : askForAppointment(graph, appointmentId),
  async write(context, appointment, { appointmentId = '', by, version }) {
    if (by === 'STAFF') return
    const ownAct = by === 'PATIENT'
    await tellPatient(context, appointment, {
      kind: ownAct ? MessageKind.APPOINTMENT_CANCELLED : MessageKind.APPOINTMENT_CANCELLED_BY_HOSPITAL,
      appointmentId,
      dedupeKey: `appointment:${appointmentId}:${version}:cancelled`,
      version: Number(version),
      evenAtNight: ownAct || isTodayOrTomorrow(appointment?.startsAt, context.clock.now()),
    })
  },
})

const isTodayOrTomorrow = (startsAt: string | undefined, now: Date) =>
  startsAt !== undefined && londonDate(new Date(startsAt)) <= plusDays(londonDate(now), 1)
