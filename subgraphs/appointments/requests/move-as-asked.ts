import type { Context } from '../../runtime/context.ts'
import { badInput } from '../../runtime/problem.ts'
import type { Appointment } from '../appointment.entity.ts'
import { moveForPatient } from '../move-for-patient.ts'
import { SlotNotOffered, SlotTaken } from '../slot-problems.ts'
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
  const moved = await moveForPatient(context, appointment, {
    slotId,
    reason: whyInWords(request),
    requestReference: request.reference,
  })
  return moved instanceof SlotTaken || moved instanceof SlotNotOffered ? moved : undefined
}
