import { londonDay } from '../words/dates.ts'

/** A date as it is typed: three inputs, none of them trusted. */
export type DateParts = Record<PartName, string>
export type PartName = 'day' | 'month' | 'year'

/** A date of birth that can be asked about, or what to tell the person and where. */
export type DateReading = { date: string } | { message: string; wrong: PartName[] }

const partNames = ['day', 'month', 'year'] as const
const monthNames = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
const everyPart: PartName[] = [...partNames]

/** Reads a typed date of birth. `today` is the calendar date in England. */
export function readDateOfBirth(typed: DateParts, today: string): DateReading {
  const missing = partNames.filter((name) => typed[name].trim() === '')
  if (missing.length === 3) return { message: 'Enter your date of birth', wrong: everyPart }
  if (missing.length > 0) return { message: `Date of birth must include a ${missing.join(' and ')}`, wrong: missing }

  const year = typed.year.trim()
  if (/^\d+$/.test(year) && year.length !== 4) return { message: 'Year must include 4 numbers', wrong: ['year'] }
  const date = realDate(Number(year), monthNumber(typed.month.trim()), Number(typed.day.trim()))
  if (date === undefined) return { message: 'Date of birth must be a real date', wrong: everyPart }
  if (date >= today) return { message: 'Date of birth must be in the past', wrong: everyPart }
  return { date }
}

/** "3", "03", "Mar" and "March" are all March. */
function monthNumber(typed: string): number {
  if (/^\d{1,2}$/.test(typed)) return Number(typed)
  const name = typed.toLowerCase()
  const index = monthNames.findIndex((month) => name.startsWith(month))
  return index === -1 ? Number.NaN : index + 1
}

function realDate(year: number, month: number, day: number): string | undefined {
  if (![year, month, day].every(Number.isInteger) || year < 1000) return undefined
  const date = new Date(Date.UTC(year, month - 1, day))
  // A day or month that does not exist runs over into another month.
  return date.getUTCMonth() === month - 1 ? date.toISOString().slice(0, 10) : undefined
}

/** A date of birth in its three inputs again. */
export function dateParts(date: string): DateParts {
  const [year = '', month = '', day = ''] = date.split('-')
  return { day: String(Number(day)), month: String(Number(month)), year }
}

/** Today's calendar date in England. */
export function todayInEngland(now: Date): string {
  return londonDay(now)
}
