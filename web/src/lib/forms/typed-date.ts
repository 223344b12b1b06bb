/** A date as it is typed: three inputs, none of them trusted. */
export type DateParts = Record<PartName, string>
export type PartName = 'day' | 'month' | 'year'

/** A date, or what to tell the person and where. */
export type DateReading = { date: string } | { message: string; wrong: PartName[] }

const partNames = ['day', 'month', 'year'] as const
const monthNames = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
export const everyPart: PartName[] = [...partNames]

/** Reads a typed date. `what` is how the page calls it: "Date of birth"; `missing` says what to enter. */
export function readTypedDate(typed: DateParts, what: string, missing: string): DateReading {
  const left = partNames.filter((name) => typed[name].trim() === '')
  if (left.length === 3) return { message: missing, wrong: everyPart }
  if (left.length > 0) return { message: `${what} must include a ${left.join(' and ')}`, wrong: left }

  const year = typed.year.trim()
  if (/^\d+$/.test(year) && year.length !== 4) return { message: 'Year must include 4 numbers', wrong: ['year'] }
  const date = realDate(Number(year), monthNumber(typed.month.trim()), Number(typed.day.trim()))
  return date === undefined ? { message: `${what} must be a real date`, wrong: everyPart } : { date }
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

/** The three inputs of a date, as they were sent. */
export function typedDate(form: FormData): DateParts {
  const part = (name: PartName) => String(form.get(name) ?? '')
  return { day: part('day'), month: part('month'), year: part('year') }
}

/** A date in its three inputs again. */
export function dateParts(date: string): DateParts {
  const [year = '', month = '', day = ''] = date.split('-')
  return { day: String(Number(day)), month: String(Number(month)), year }
}
