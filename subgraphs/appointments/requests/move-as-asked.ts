import type { Context } from '../../runtime/context.ts'
import { badInput } from '../../runtime/problem.ts'
import type { Appointment } from '../appointment.entity.ts'
import { appointmentEvents, happenedTo } from '../appointment-events.ts'
import { MovedBy } from '../appointment-status.ts'
import { SlotNotOffered, SlotTaken } from '../slot-problems.ts'
import { swapSlot } from '../swap-slot.ts'
import { HospitalNoticeKind } from '../write-back/hospital-notice-status.ts'
import { tellHospital } from '../write-back/tell-hospital.ts'
import type { ChangeRequest } from './change-request.entity.ts'
import { whyInWords } from './request-in-words.ts'

/** Moves the appointment for the patient who asked: it does not count to what they may change by themselves. */
export async function moveAsAsked(
  context: Context,
  request: ChangeRequest,
  appointment: Appointment,
  slotId: string | null,
): Promise<SlotTaken | SlotNotOffered | undefined> {
  if (slotId === null) throw badInput('slotId: choose the new time. The patient asks for another.')
  const swapped = await swapSlot(context, appointment, slotId, MovedBy.HOSPITAL)
  if (swapped instanceof SlotTaken || swapped instanceof SlotNotOffered) return swapped
  await tellHospital(context, appointment, {
    ...swapped,
    kind: HospitalNoticeKind.RESCHEDULED,
    reason: whyInWords(request),
    requestReference: request.reference,
  })
  appointmentEvents.record(context, 'appointment.rescheduled', happenedTo(appointment, 'STAFF'))
  return undefined
}
