import { LockMode } from '@mikro-orm/core'
import type { Context } from '../../runtime/context.ts'
import { Appointment } from '../appointment.entity.ts'
import { ChangeRequest } from './change-request.entity.ts'

interface RequestAndAppointment {
  readonly request: ChangeRequest
  readonly appointment: Appointment
}

/**
 * A request, with its appointment locked: the patient, the hospital and each member of staff take turns. Null when there
 * is none, or it is not the viewer's.
 */
export async function lockedRequest({ em }: Context, requestId: string): Promise<RequestAndAppointment | null> {
  const known = await em.findOne(ChangeRequest, { id: requestId })
  if (!known) return null
  const lock = { lockMode: LockMode.PESSIMISTIC_WRITE } as const
  const appointment = await em.findOne(Appointment, { id: known.appointmentId }, lock)
  if (!appointment) return null
  // Whoever had the lock before may have answered it.
  const request = await em.findOneOrFail(ChangeRequest, { id: requestId }, { refresh: true })
  return { request, appointment }
}
