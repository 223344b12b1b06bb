import { randomBytes, randomUUID } from 'node:crypto'
import type { Context } from '../../runtime/context.ts'
import type { Appointment } from '../appointment.entity.ts'
import { HospitalConfirmation } from '../appointment-status.ts'
import type { Slot } from '../slot.entity.ts'
import { HospitalNotice } from './hospital-notice.entity.ts'
import { changes, type HospitalNoticeKind } from './hospital-notice-status.ts'

/** What a notice says beside the facts of the appointment as they are now. */
export interface NoticeFacts {
  readonly kind: HospitalNoticeKind
  /** Why, in words. */
  readonly reason?: string | null
  readonly requestReference?: string
  /** Of a move: the slot it has now, and where it was before. */
  readonly slot?: Slot
  readonly previous?: { slotId: string | null; startsAt: Date; endsAt: Date }
}

/**
 * Writes what the hospital's system must be told, in the transaction of what happened and after it happened to the
 * appointment. The appointment must be locked: notices are counted, and sent in that order.
 */
export async function tellHospital(
  { em, clock }: Pick<Context, 'em' | 'clock'>,
  appointment: Appointment,
  { kind, reason = null, requestReference, slot, previous }: NoticeFacts,
): Promise<HospitalNotice> {
  const { id: appointmentId, patientId, clinicCode, hospitalId, startsAt, endsAt, clinician } = appointment
  // A request changes nothing yet: only what was done waits to be confirmed.
  if (changes.includes(kind)) appointment.hospitalConfirmation = HospitalConfirmation.BEING_CONFIRMED
  const now = clock.now()
  return em.create(HospitalNotice, {
    id: randomUUID(),
    controlId: `P${randomBytes(9).toString('hex').toUpperCase()}`,
    appointmentId,
    patientId,
    clinicCode,
    sequence: (await em.count(HospitalNotice, { appointmentId }, { filters: false })) + 1,
    kind,
    occurredAt: now,
    hospitalId,
    startsAt,
    endsAt,
    clinician: clinician ?? null,
    slotHospitalId: slot?.hospitalId ?? null,
    previousSlotId: previous?.slotId ?? null,
    previousStartsAt: previous?.startsAt ?? null,
    previousEndsAt: previous?.endsAt ?? null,
    reason,
    requestReference: requestReference ?? null,
    notBefore: now,
  })
}
