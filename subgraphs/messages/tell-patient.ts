import type { Context } from '../runtime/context.ts'
import { type AppointmentToTell, firstContact, type NoticeKind, sayingOf } from './appointment-notice.ts'
import { Link } from './link.entity.ts'
import { queueMessage } from './queue-message.ts'
import { newLinkReference } from './link-reference.ts'

export interface WantedNotice {
  readonly kind: NoticeKind
  readonly appointmentId: string
  /** What is told once: a repeat of its event adds nothing. */
  readonly dedupeKey: string
  /** The version of the appointment after what is told. */
  readonly version?: number | undefined
  readonly requestId?: string | undefined
  /** It cannot wait for the end of the quiet hours: a reply to the patient's own act, or too near. */
  readonly evenAtNight?: boolean
}

/** Puts a message about an appointment in the queue, by text or else by e-mail, with a link to it; or logs why there is none. */
export async function tellPatient(
  { em, clock, log }: Context,
  appointment: AppointmentToTell | null,
  { kind, appointmentId, dedupeKey, version, requestId, evenAtNight = false }: WantedNotice,
): Promise<void> {
  const now = clock.now()
  const parameters = { linkReference: newLinkReference(), ...(requestId && { requestId }) }
  const saying = sayingOf(kind, appointment, parameters, now)
  if (!appointment || typeof saying === 'string')
    return log.info({ appointmentId, kind, reason: saying }, 'no message wanted')
  const { patient, startsAt } = appointment
  const contact = firstContact(patient)
  // Post comes with a later issue; until then it stands on the site, and nobody is told of it.
  if (!contact) return log.warn({ appointmentId, patientId: patient.id, kind }, 'no mobile and no e-mail: not told')
  const wanted = {
    ...contact,
    dedupeKey,
    patientId: patient.id,
    appointmentId,
    appointmentVersion: version ?? null,
    kind,
    parameters,
    expiresAt: new Date(startsAt),
    evenAtNight,
  }
  const link = { reference: parameters.linkReference, patientId: patient.id }
  if (await queueMessage(em, wanted, now)) em.create(Link, Link.to(`/appointments/${appointmentId}`, link, now))
}
