import { raw } from '@mikro-orm/core'
import type { EntityManager } from '@mikro-orm/sql'
import { Appointment } from './appointment.entity.ts'

/** SQL: this appointment takes the time it has. A cancellation that can be undone does so too. */
export const takesItsTime = (appointment: string) =>
  `(${appointment}.status in ('BOOKED', 'ADMITTED') or ${appointment}.undo_until is not null)`

/** A time, and the slot of it, as SQL: of columns. */
interface TimeAndSlot {
  readonly startsAt: string
  readonly endsAt: string
  readonly slotId: string
}

const meanwhile = ({ startsAt, endsAt }: TimeAndSlot) =>
  `o.starts_at < ${endsAt} and o.ends_at > ${startsAt} and ${takesItsTime('o')}`

/** SQL: another appointment `o` of one of these patients takes that time. */
export const patientIsElsewhere = (time: TimeAndSlot, isThePatients: string) =>
  `exists (select 1 from appointment o where ${isThePatients} and ${meanwhile(time)})`

/**
 * SQL: another visit `o` to this clinician takes that time, but in the same slot: those who share it do not clash. One
 * that ends more than a day later is a mistake: it does not close every time until then, and the index need not be read
 * to its end. The trigger `appointment_overlap` says the same.
 */
export function clinicianIsElsewhere(em: EntityManager, time: TimeAndSlot, isTheClinicians: string): string {
  const aDay = em.getPlatform().supportsSchemas() ? `interval '24 hours'` : '86400000'
  return `exists (select 1 from appointment o where ${isTheClinicians} and o.kind = 'OUTPATIENT'
    and o.slot_id is distinct from ${time.slotId} and ${meanwhile(time)} and o.ends_at < ${time.endsAt} + ${aDay})`
}

/** SQL: the patient or the clinician of appointment `a` has something else at its time. */
export function overlapsAnother(em: EntityManager, a: string): string {
  const time = { startsAt: `${a}.starts_at`, endsAt: `${a}.ends_at`, slotId: `${a}.slot_id` }
  const patient = patientIsElsewhere(time, `o.patient_id = ${a}.patient_id and o.id <> ${a}.id`)
  const clinician = clinicianIsElsewhere(em, time, `o.clinician = ${a}.clinician and o.id <> ${a}.id`)
  return `${takesItsTime(a)} and (${patient} or (${a}.kind = 'OUTPATIENT' and ${clinician}))`
}

/** True when the patient or the clinician has something else booked at that time, whoever may see it. */
export async function isOverlapping(em: EntityManager, { id }: Appointment): Promise<boolean> {
  await em.flush()
  const overlapping = { id, [raw((a) => overlapsAnother(em, a))]: [] }
  return (await em.count(Appointment, overlapping, { filters: false })) > 0
}
