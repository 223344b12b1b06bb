import { randomBytes, randomUUID } from 'node:crypto'
import type { Context } from '../../runtime/context.ts'
import type { Appointment } from '../appointment.entity.ts'
import { HospitalConfirmation } from '../appointment-status.ts'
import type { Slot } from '../slot.entity.ts'
import { placeBeforeRefusal } from './before-refusal.ts'
import { HospitalNotice, type PreviousPlace } from './hospital-notice.entity.ts'
import { changes, type HospitalNoticeKind } from './hospital-notice-status.ts'

/** What a notice says beside the facts of the appointment as they are now. */
export interface NoticeFacts {
  readonly kind: HospitalNoticeKind
  /** Why, in words. */
  readonly reason?: string | null
  readonly requestReference?: string | null
  /** Of a move: the slot it has now. */
  readonly slot?: Slot | undefined
  /** Where it was before this. */
  readonly previous?: PreviousPlace | undefined
}

/**
 * Writes what the hospital's system must be told, in the transaction of what happened and after it happened to the
 * appointment. The appointment must be locked: notices are counted, and sent in that order.
 */
export async function tellHospital(
  { em, clock }: Pick<Context, 'em' | 'clock'>,
  appointment: Appointment,
  { kind, reason = null, requestReference = null, slot, previous }: NoticeFacts,
): Promise<HospitalNotice> {
  const { id: appointmentId, patientId, clinicCode, hospitalId, startsAt, endsAt, clinician } = appointment
  const isChange = changes.includes(kind)
  const stayedAt = previous?.startsAt ?? startsAt
  const hospitals = (isChange ? await placeBeforeRefusal(em, appointment, stayedAt) : undefined) ?? previous
  // A request changes nothing yet: only what was done waits to be confirmed.
  if (isChange) appointment.hospitalConfirmation = HospitalConfirmation.BEING_CONFIRMED
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
    previousSlotId: hospitals?.slotId ?? null,
    previousStartsAt: hospitals?.startsAt ?? null,
    previousEndsAt: hospitals?.endsAt ?? null,
    reason,
    requestReference,
    notBefore: now,
  })
}
