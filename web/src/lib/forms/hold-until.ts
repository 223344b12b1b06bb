import { dayInWords, londonDay } from '../words/dates.ts'
import { daysAfter } from '../words/days.ts'
import { type DateParts, type DateReading, everyPart, readTypedDate } from './typed-date.ts'

/** Reads the last day on which a result is held: from tomorrow to so many days from today, in England. */
export function readHoldUntil(typed: DateParts, mostDays: number, now: Date): DateReading {
  const reading = readTypedDate(typed, 'The date', 'Enter the date until which you hold the result')
  if ('message' in reading) return reading
  const today = londonDay(now)
  if (reading.date <= today) return { message: 'The date must be tomorrow or later', wrong: everyPart }
  const last = daysAfter(today, mostDays)
  if (reading.date > last) return { message: `The date must be ${dayInWords(last)} or earlier`, wrong: everyPart }
  return reading
}
