import type { Context } from '../runtime/context.ts'
import type { Appointment } from './appointment.entity.ts'
import { appointmentEvents, happenedTo } from './appointment-events.ts'
import { MovedBy } from './appointment-status.ts'
import { SlotNotOffered, SlotTaken } from './slot-problems.ts'
import { swapSlot } from './swap-slot.ts'
import type { HospitalNotice } from './write-back/hospital-notice.entity.ts'
import { HospitalNoticeKind } from './write-back/hospital-notice-status.ts'
import { tellHospital } from './write-back/tell-hospital.ts'

/** A move that was chosen here, and why. */
export interface Move {
  readonly slotId: string
  readonly reason: string | null
  /** Of the request that staff agree to: the move is then theirs, and does not count to what the patient may change. */
  readonly requestReference?: string | null | undefined
}

/** Moves a locked appointment for its patient, and tells the hospital and the patient. Answers what the hospital is told. */
export async function moveForPatient(
  context: Context,
  appointment: Appointment,
  { slotId, reason, requestReference = null }: Move,
): Promise<HospitalNotice | SlotTaken | SlotNotOffered> {
  const isByPatient = requestReference === null
  const swap = await swapSlot(context, appointment, slotId, isByPatient ? MovedBy.PATIENT : MovedBy.HOSPITAL)
  if (swap instanceof SlotTaken || swap instanceof SlotNotOffered) return swap
  const notice = await tellHospital(context, appointment, {
    kind: HospitalNoticeKind.RESCHEDULED,
    reason,
    requestReference,
    ...swap,
  })
  appointmentEvents.record(
    context,
    'appointment.rescheduled',
    happenedTo(appointment, isByPatient ? 'PATIENT' : 'STAFF'),
  )
  return notice
}
