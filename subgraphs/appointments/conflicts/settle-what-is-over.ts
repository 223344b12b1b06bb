import { raw } from '@mikro-orm/core'
import type { EntityManager } from '@mikro-orm/sql'
import type { Chore } from '../../runtime/chore.ts'
import { AppointmentRecordFlag } from '../appointment-record-flag.ts'
import { overlapsAnother } from '../overlap.ts'
import { AppointmentConflict } from './appointment-conflict.entity.ts'

const stillOverCapacity = `a.seat is null and a.slot_id is not null and a.kind = 'OUTPATIENT' and a.status = 'BOOKED'`

const isOver = (em: EntityManager) =>
  raw(
    (alias) => `not exists (select 1 from appointment a where a.id = ${alias}.appointment_id
    and ((${alias}.reason = 'SLOT_CONFLICT' and ${stillOverCapacity})
      or (${alias}.reason = 'OVERLAPS_ANOTHER' and ${overlapsAnother(em, 'a')})))`,
  )

/**
 * What no longer conflicts needs nobody: a seat was left, one of two appointments was moved or cancelled, by whomever.
 * What contradicts a patient stays until staff have spoken with them, or the hospital says what the patient did.
 */
export const settleWhatIsOver: Chore = {
  name: 'settle-conflicts',
  async run({ fork, clock }) {
    const reason = { $in: [AppointmentRecordFlag.SLOT_CONFLICT, AppointmentRecordFlag.OVERLAPS_ANOTHER] }
    await fork().transactional(async (em) => {
      const over = await em.find(AppointmentConflict, { reason, settledAt: null, [isOver(em)]: [] })
      for (const conflict of over) conflict.settle('It no longer conflicts.', null, clock.now())
    })
  },
}
