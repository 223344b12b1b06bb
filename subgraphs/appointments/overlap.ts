import type { EntityManager } from '@mikro-orm/sql'
import { Appointment } from './appointment.entity.ts'
import { AppointmentKind, AppointmentStatus } from './appointment-status.ts'

/** True when the patient or the clinician has something else booked at that time. Those who share a slot do not clash. */
export async function overlapsAnother(em: EntityManager, appointment: Appointment): Promise<boolean> {
  const { id, patientId, kind, startsAt, endsAt, clinician, slotId } = appointment
  const meanwhile = { startsAt: { $lt: endsAt }, endsAt: { $gt: startsAt }, status: AppointmentStatus.BOOKED }
  if (await em.count(Appointment, { ...meanwhile, patientId, id: { $ne: id } })) return true
  if (clinician == null || kind !== AppointmentKind.OUTPATIENT) return false
  return (await em.count(Appointment, { ...meanwhile, clinician, kind, slotId: { $ne: slotId ?? null } })) > 0
}
