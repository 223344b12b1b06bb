import type { Context } from '../../runtime/context.ts'
import type { Appointment } from '../appointment.entity.ts'
import { AppointmentStatus } from '../appointment-status.ts'
import { actsInBetween, contradiction, lateContradiction } from './acts-in-between.ts'
import { momentInWords } from './in-words.ts'

/** How what the hospital says of a booking stands to what was done here and it did not know of. */
export type Verdict =
  /** Nothing was done here meanwhile, or this is the echo of it. */
  | { readonly is: 'NEWS' }
  /** It repeats the schedule of before what was done here: of its time it says nothing new. */
  | { readonly is: 'NO_NEWS' }
  /** It says something else again: the hospital's word stands, and staff must see it. */
  | { readonly is: 'CONTRADICTION'; readonly explanation: string }
  /** The same, but of before an act that the hospital has taken since. */
  | { readonly is: 'TOO_LATE'; readonly explanation: string }

interface Said {
  readonly eventAt: Date
  readonly startsAt?: Date | null
  readonly clinicCode?: string | null
}

export async function judgeBooking(
  { em }: Context,
  appointment: Appointment,
  { eventAt, startsAt, clinicCode }: Said,
): Promise<Verdict> {
  const acts = await actsInBetween(em, appointment, eventAt)
  if (acts.areNone) return { is: 'NEWS' }
  const isElsewhere = clinicCode != null && clinicCode !== appointment.clinicCode
  if (!isElsewhere) {
    const isBooked = appointment.status === AppointmentStatus.BOOKED
    if (isBooked && startsAt != null && +startsAt === +appointment.startsAt) return { is: 'NEWS' }
    if (startsAt == null || acts.hadItAt(startsAt)) return { is: 'NO_NEWS' }
  }
  const word = `has it ${isElsewhere ? `in the clinic ${clinicCode}, ` : ''}on ${momentInWords(startsAt ?? appointment.startsAt)}`
  return acts.wereTakenSince
    ? { is: 'TOO_LATE', explanation: lateContradiction(acts, word) }
    : { is: 'CONTRADICTION', explanation: contradiction(acts, word) }
}
