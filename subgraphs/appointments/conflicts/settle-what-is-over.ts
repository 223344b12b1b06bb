import { raw } from '@mikro-orm/core'
import type { Chore } from '../../runtime/chore.ts'
import { AppointmentRecordFlag } from '../appointment-record-flag.ts'
import { AppointmentConflict } from './appointment-conflict.entity.ts'

const holds = `(a.status in ('BOOKED', 'ADMITTED') or a.undo_until is not null)`
const stillOverCapacity = `a.seat is null and a.slot_id is not null and a.kind = 'OUTPATIENT' and a.status = 'BOOKED'`
const stillOverlaps = `${holds} and exists (select 1 from appointment o where o.id <> a.id
  and o.starts_at < a.ends_at and o.ends_at > a.starts_at and (o.status in ('BOOKED', 'ADMITTED') or o.undo_until is not null)
  and (o.patient_id = a.patient_id or (o.clinician = a.clinician and a.kind = 'OUTPATIENT' and o.kind = 'OUTPATIENT'
    and (o.slot_id <> a.slot_id or o.slot_id is null or a.slot_id is null))))`

const isOver = raw(
  (alias) => `not exists (select 1 from appointment a where a.id = ${alias}.appointment_id
    and ((${alias}.reason = 'SLOT_CONFLICT' and ${stillOverCapacity}) or (${alias}.reason = 'OVERLAPS_ANOTHER' and ${stillOverlaps})))`,
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
      const over = await em.find(AppointmentConflict, { reason, settledAt: null, [isOver]: [] })
      for (const conflict of over) conflict.settle('It no longer conflicts.', null, clock.now())
    })
  },
}
