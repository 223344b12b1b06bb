import { LockMode } from '@mikro-orm/core'
import type { Chore, ChoreContext } from '../runtime/chore.ts'
import { kindOf } from '../runtime/log.ts'
import { Appointment } from './appointment.entity.ts'
import { appointmentEvents, happenedTo } from './appointment-events.ts'
import { leaveSeat } from './slot-holding.ts'
import { HospitalNoticeKind } from './write-back/hospital-notice-status.ts'
import { tellHospital } from './write-back/tell-hospital.ts'

/** What patients cancelled and can no longer undo: the seat goes to somebody else, and the hospital is told. */
export const releaseCancelled: Chore = {
  name: 'release-cancelled',
  async run(context) {
    const { fork, clock, log } = context
    const due = await fork().find(
      Appointment,
      { undoUntil: { $lte: clock.now() } },
      { fields: ['id'], orderBy: { undoUntil: 'asc', id: 'asc' }, limit: 100 },
    )
    for (const { id } of due) {
      // One that fails is tried again in a second, and does not hold up the others.
      await release(context, id).catch((error: unknown) =>
        log.error({ ...kindOf(error), appointmentId: id }, 'a cancelled appointment was not released'),
      )
    }
  },
}

/** Looks again when it has the lock: it may have been undone, or released by another process. */
function release({ fork, clock }: ChoreContext, id: string): Promise<void> {
  return fork().transactional(async (em) => {
    const stillDue = { id, undoUntil: { $lte: clock.now() } }
    const appointment = await em.findOne(Appointment, stillDue, { lockMode: LockMode.PESSIMISTIC_WRITE })
    if (!appointment) return
    appointment.release()
    await leaveSeat(em, appointment)
    const { cancellationReason: reason } = appointment
    await tellHospital({ em, clock }, appointment, { kind: HospitalNoticeKind.CANCELLED, reason: reason ?? null })
    appointmentEvents.record({ em, clock }, 'appointment.released', happenedTo(appointment, 'PATIENT'))
  })
}
