import { londonDay } from '../words/dates.ts'
import { type DateParts, type DateReading, everyPart, readTypedDate } from './typed-date.ts'

/** Reads a typed date of birth. `today` is the calendar date in England. */
export function readDateOfBirth(typed: DateParts, today: string): DateReading {
  const reading = readTypedDate(typed, 'Date of birth', 'Enter your date of birth')
  if ('date' in reading && reading.date >= today)
    return { message: 'Date of birth must be in the past', wrong: everyPart }
  return reading
}

/** Today's calendar date in England. */
export function todayInEngland(now: Date): string {
  return londonDay(now)
}
