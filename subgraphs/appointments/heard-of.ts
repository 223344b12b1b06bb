import { LockMode } from '@mikro-orm/core'
import type { EntityManager } from '@mikro-orm/sql'
import { Appointment } from './appointment.entity.ts'
import { AppointmentNotFound } from './appointment-not-found.ts'
import type { HospitalWordInput } from './hospital-word.input.ts'
import { PatientDiffers } from './patient-differs.ts'

const unknown = 'No appointment has this hospital id. Record the appointment first, if its message says enough.'

/** The appointment that the hospital speaks of, locked; or why there is none to speak of. */
export async function heardOf(
  em: EntityManager,
  word: Pick<HospitalWordInput, 'hospitalId' | 'patientId' | 'formerPatientIds'>,
): Promise<Appointment | AppointmentNotFound | PatientDiffers> {
  const { hospitalId } = word
  const appointment = await em.findOne(Appointment, { hospitalId }, { lockMode: LockMode.PESSIMISTIC_WRITE })
  if (!appointment) return new AppointmentNotFound(unknown)
  return appointment.isOf(word) ? appointment : new PatientDiffers()
}
