import type { EntityManager } from '@mikro-orm/sql'
import { Appointment } from './appointment.entity.ts'
import { AppointmentKind, AppointmentStatus } from './appointment-status.ts'

/** What takes the time it has: a cancellation that can be undone does so too. */
const holding = [
  { status: { $in: [AppointmentStatus.BOOKED, AppointmentStatus.ADMITTED] } },
  { undoUntil: { $ne: null } },
]

/** True when the patient or the clinician has something else booked at that time. Those who share a slot do not clash. */
export async function overlapsAnother(em: EntityManager, appointment: Appointment): Promise<boolean> {
  const { id, patientId, kind, status, undoUntil, startsAt, endsAt, clinician, slotId } = appointment
  if (status !== AppointmentStatus.BOOKED && status !== AppointmentStatus.ADMITTED && undoUntil == null) return false
  const meanwhile = { startsAt: { $lt: endsAt }, endsAt: { $gt: startsAt }, $or: holding }
  if (await em.count(Appointment, { ...meanwhile, patientId, id: { $ne: id } })) return true
  if (clinician == null || kind !== AppointmentKind.OUTPATIENT) return false
  return (await em.count(Appointment, { ...meanwhile, clinician, kind, slotId: { $ne: slotId ?? null } })) > 0
}
