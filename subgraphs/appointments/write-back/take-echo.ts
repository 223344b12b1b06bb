import type { Context } from '../../runtime/context.ts'
import type { Appointment } from '../appointment.entity.ts'
import { confirmWhenAllIsTold } from './confirmation.ts'
import { HospitalNotice } from './hospital-notice.entity.ts'
import { type HospitalNoticeKind, HospitalNoticeStatus } from './hospital-notice-status.ts'

/**
 * The hospital says of itself what was done here, after it was done: it knows, whether or not its acknowledgement came.
 * Sent again, the notice might be refused for being nothing new, and undone here.
 */
export async function takeEcho(
  { em, clock }: Context,
  appointment: Appointment,
  { kind, eventAt, startsAt }: { kind: HospitalNoticeKind; eventAt: Date; startsAt?: Date | null },
): Promise<void> {
  const waiting = await em.find(
    HospitalNotice,
    { appointmentId: appointment.id, status: HospitalNoticeStatus.WAITING },
    { orderBy: { sequence: 'asc' } },
  )
  const heard = waiting.findLast(
    (it) => it.kind === kind && it.occurredAt <= eventAt && (!startsAt || +it.startsAt === +startsAt),
  )
  if (!heard) return
  for (const notice of waiting) if (notice.sequence <= heard.sequence) notice.acknowledge(clock.now())
  await em.flush()
  await confirmWhenAllIsTold(em, appointment)
}
