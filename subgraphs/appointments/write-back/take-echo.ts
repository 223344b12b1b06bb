import type { EntityManager } from '@mikro-orm/sql'
import type { Context } from '../../runtime/context.ts'
import type { Appointment } from '../appointment.entity.ts'
import { AppointmentStatus } from '../appointment-status.ts'
import { confirmWhenAllIsTold } from './confirmation.ts'
import { HospitalNotice } from './hospital-notice.entity.ts'
import { HospitalNoticeKind, HospitalNoticeStatus } from './hospital-notice-status.ts'

/**
 * The hospital says a time that was chosen here: it knows, whether or not its acknowledgement came. Sent again, the
 * notice might be refused for being nothing new, and undone here.
 */
export async function takeEcho(
  { em, clock }: Context,
  appointment: Appointment,
  { eventAt, startsAt }: { eventAt: Date; startsAt: Date },
): Promise<void> {
  const waiting = await waitingNotices(em, appointment)
  const moves = waiting.filter(({ kind }) => kind === HospitalNoticeKind.RESCHEDULED)
  const heard = moves.findLast(
    (it) => +it.startsAt === +startsAt && (isSaidAfter(it, eventAt) || isKnownFromHere(appointment, moves, startsAt)),
  )
  if (!heard) return
  for (const notice of waiting) if (notice.sequence <= heard.sequence) notice.acknowledge(clock.now())
  await em.flush()
  await confirmWhenAllIsTold(em, appointment)
}

/** The hospital cancelled what is cancelled here, or heard of it: there is nothing left to tell, whoever was first. */
export async function takeCancellation({ em, clock }: Context, appointment: Appointment, eventAt: Date): Promise<void> {
  const waiting = await waitingNotices(em, appointment)
  const heard = waiting.findLast((it) => it.kind === HospitalNoticeKind.CANCELLED && isSaidAfter(it, eventAt))
  for (const notice of waiting)
    if (heard && notice.sequence <= heard.sequence) notice.acknowledge(clock.now())
    else notice.overtake()
  await em.flush()
  await confirmWhenAllIsTold(em, appointment)
}

const waitingNotices = (em: EntityManager, { id: appointmentId }: Appointment) =>
  em.find(HospitalNotice, { appointmentId, status: HospitalNoticeStatus.WAITING }, { orderBy: { sequence: 'asc' } })

/** The hospital's messages say when in seconds: in the second of the act is after it. */
const isSaidAfter = ({ occurredAt }: HospitalNotice, eventAt: Date) => inSeconds(occurredAt) <= inSeconds(eventAt)
const inSeconds = (at: Date) => Math.floor(at.getTime() / 1000)

/** It has that time now, and had another at the hospital: only from here can the hospital have it, whatever its clock says. */
const isKnownFromHere = (appointment: Appointment, [first]: HospitalNotice[], startsAt: Date) =>
  appointment.status === AppointmentStatus.BOOKED &&
  +appointment.startsAt === +startsAt &&
  first?.previousStartsAt != null &&
  +first.previousStartsAt !== +startsAt
