import { londonDay } from './dates.ts'

const day = 24 * 60 * 60 * 1000
const atMidday = (date: string) => new Date(`${date}T12:00:00Z`).getTime()

/** How many days of the calendar in England lie between two instants: 0 on the same day, whatever the hour. */
export function daysBetween(from: string | Date, to: string | Date): number {
  return Math.round((atMidday(londonDay(to)) - atMidday(londonDay(from))) / day)
}

/** The day so many days after another one. */
export function daysAfter(date: string, count: number): string {
  return new Date(atMidday(date) + count * day).toISOString().slice(0, 10)
}
