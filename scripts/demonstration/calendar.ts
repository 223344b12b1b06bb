import { londonDate, londonInstant, plusDays } from '../../subgraphs/runtime/london.ts'
import type { DemonstrationBooking } from './bookings.ts'
import { clinics } from './clinics.ts'
import type { DemonstrationPerson } from './people.ts'

/** Today's date in London. */
export const today = () => londonDate(new Date())

/** A date of birth; of those whose age is the point, as it is today. */
export function birthDate(born: DemonstrationPerson['born']): string {
  if (typeof born === 'string') return born
  const date = plusDays(today(), -(born.days ?? 0))
  const year = Number(date.slice(0, 4)) - born.years
  // Somebody who turns 18 on 29 February was born in a leap year, 18 years are not one.
  return date.endsWith('02-29') ? `${year}-03-01` : `${year}${date.slice(4)}`
}

/** The date so many weekdays after a date, or before it when negative. Bank holidays are for real hospitals. */
export function plusWeekdays(date: string, days: number): string {
  const step = Math.sign(days) || 1
  let there = date
  for (let left = Math.abs(days); left > 0;) {
    there = plusDays(there, step)
    if (isWeekday(there)) left -= 1
  }
  return isWeekday(there) ? there : plusWeekdays(there, 1)
}

const isWeekday = (date: string) => ![0, 6].includes(new Date(`${date}T12:00:00Z`).getUTCDay())

/** From when to when a booking is, loaded today. */
export function spanOf({ clinic, workingDays, time, admission }: DemonstrationBooking): {
  startsAt: Date
  endsAt: Date
} {
  const date = plusWeekdays(today(), workingDays)
  const startsAt = londonInstant(date, time)
  if (admission) return { startsAt, endsAt: londonInstant(plusDays(date, admission.nights), '11:00') }
  const minutes = clinics.find(({ code }) => code === clinic)?.minutes ?? 30
  return { startsAt, endsAt: new Date(startsAt.getTime() + minutes * 60_000) }
}
