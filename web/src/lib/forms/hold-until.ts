import { dayInWords, londonDay } from '../words/dates.ts'
import { daysAfter } from '../words/days.ts'
import { type DateParts, type DateReading, everyPart, readTypedDate } from './typed-date.ts'

/** The first and the last of the days to which a result can be held; there is none when the first is after the last. */
export interface HoldDays {
  first: string
  last: string
}

/**
 * The days, in England, to which a result can be held: from tomorrow to so many days from today, and never to a day before
 * it opens by itself. `opensAt` is null for one that does not.
 */
export function holdDays(opensAt: string | null, mostDays: number, now: Date): HoldDays {
  const today = londonDay(now)
  const tomorrow = daysAfter(today, 1)
  const opens = opensAt === null ? tomorrow : londonDay(opensAt)
  return { first: opens > tomorrow ? opens : tomorrow, last: daysAfter(today, mostDays) }
}

/** Which days they are, beside the input of the day. */
export function holdDaysWords({ first, last }: HoldDays): string {
  const example = `For example, ${last.split('-').map(Number).reverse().join(' ')}`
  return first === last
    ? `Today it can be held until ${dayInWords(last)} only. ${example}`
    : `From ${dayInWords(first)} to ${dayInWords(last)}. ${example}`
}

/** Reads the last day on which a result is held. */
export function readHoldUntil(typed: DateParts, { first, last }: HoldDays): DateReading {
  const reading = readTypedDate(typed, 'The date', 'Enter the date until which you hold the result')
  if ('message' in reading) return reading
  if (reading.date < first) return { message: `The date must be ${dayInWords(first)} or later`, wrong: everyPart }
  if (reading.date > last) return { message: `The date must be ${dayInWords(last)} or earlier`, wrong: everyPart }
  return reading
}
