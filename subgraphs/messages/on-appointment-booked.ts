import { reaction } from '../runtime/reaction.ts'
import { appointmentToTell, firstContact } from './appointment-notice.ts'
import { Link } from './link.entity.ts'
import { MessageKind } from './outgoing-message.entity.ts'
import { queueMessage } from './queue-message.ts'
import { newLinkReference } from './reference.ts'

/** An appointment was booked: tells the patient, once, by text or else by e-mail. */
export const onAppointmentBooked = reaction({
  kind: 'appointment.booked',
  read: ({ graph, clock }, { appointmentId = '' }) => appointmentToTell(graph, appointmentId, clock.now()),
  async write({ em, clock, log }, appointment, { appointmentId = '', bookingId = appointmentId }) {
    if (typeof appointment === 'string') return log.info({ appointmentId, reason: appointment }, 'no message wanted')
    const { patient, startsAt } = appointment
    const contact = firstContact(patient)
    // Post comes with a later issue; until then the letter stands on the site, and nobody is told of it.
    if (!contact) return log.warn({ appointmentId, patientId: patient.id }, 'no mobile and no e-mail: not told')
    const linkReference = newLinkReference()
    const wanted = {
      ...contact,
      dedupeKey: `booking:${bookingId}:booked`,
      patientId: patient.id,
      kind: MessageKind.APPOINTMENT_BOOKED,
      parameters: { appointmentId, linkReference },
      expiresAt: new Date(startsAt),
    }
    if (await queueMessage(em, wanted, clock.now()))
      em.create(
        Link,
        Link.to(`/appointments/${appointmentId}`, { reference: linkReference, patientId: patient.id }, clock.now()),
      )
  },
})
