import { type FilterQuery, raw } from '@mikro-orm/core'
import type { Context } from '../runtime/context.ts'
import { londonDate, londonInstant, plusDays } from '../runtime/london.ts'
import type { Appointment } from './appointment.entity.ts'
import { MovedBy } from './appointment-status.ts'
import { clinicianIsElsewhere, patientIsElsewhere } from './overlap.ts'
import type { Slot } from './slot.entity.ts'

/** London days, both inclusive. */
export interface Days {
  readonly from?: string | undefined
  readonly until?: string | undefined
}

/**
 * The published times an appointment may be moved to, whether or not a seat is left: same clinic, clinician and place. A
 * patient chooses from tomorrow on and for so many weeks; staff, for them, any time to come.
 */
export function offered(context: Context, appointment: Appointment, by: MovedBy, days: Days = {}): FilterQuery<Slot> {
  const { clinicCode, clinician, startsAt } = appointment
  return {
    $and: [
      { clinicCode, hospitalId: { $ne: null } },
      clinician == null ? {} : { $or: [{ clinician: null }, { clinician }] },
      { startsAt: { $ne: startsAt } },
      ...window(context, by, days),
      patientIsFree(context, appointment),
      clinicianIsFree(context, appointment),
    ],
  }
}

/** Of the calendar: no day follows it. */
const lastDay = '9999-12-31'

/** From the start of the first day to the start of the day after the last, on the clocks of London. */
function window({ clock, trust }: Context, by: MovedBy, { from, until }: Days): FilterQuery<Slot>[] {
  const now = clock.now()
  const startOf = (date: string) => londonInstant(date, '00:00')
  const inDays = (days: number) => startOf(plusDays(londonDate(now), days))
  const byPatient = { $gte: inDays(1), $lt: inDays(trust.rescheduleWeeks * 7 + 1) }
  return [
    { startsAt: by === MovedBy.PATIENT ? byPatient : { $gt: now } },
    from ? { startsAt: { $gte: startOf(from) } } : {},
    until && until < lastDay ? { startsAt: { $lt: startOf(plusDays(until, 1)) } } : {},
  ]
}

const timeOf = (slot: string) => ({ startsAt: `${slot}.starts_at`, endsAt: `${slot}.ends_at`, slotId: `${slot}.id` })

/** Under every id the patient ever had. The database refuses the same. */
function patientIsFree({ viewer }: Context, { id, patientId }: Appointment): FilterQuery<Slot> {
  const patientIds = [...new Set([patientId, ...viewer.patientIds])]
  const another = `o.patient_id in (${patientIds.map(() => '?').join(', ')}) and o.id <> ?`
  return { [raw((slot) => `not ${patientIsElsewhere(timeOf(slot), another)}`, [...patientIds, id])]: [] }
}

/** Nobody else sees the clinician then. The database refuses the same. */
function clinicianIsFree({ em }: Context, { id, clinician }: Appointment): FilterQuery<Slot> {
  if (clinician == null) return {}
  const another = 'o.clinician = ? and o.id <> ?'
  return { [raw((slot) => `not ${clinicianIsElsewhere(em, timeOf(slot), another)}`, [clinician, id])]: [] }
}

/** At least one seat is left. */
export const hasSeat = (): FilterQuery<Slot> => ({
  [raw(
    (slot) =>
      `${slot}.capacity > (select count(*) from appointment o where o.slot_id = ${slot}.id and o.seat is not null)`,
  )]: [],
})
