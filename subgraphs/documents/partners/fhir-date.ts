import { londonDate, londonInstant } from '../../runtime/london.ts'

const form = /^(\d{4})(?:-(\d\d)(?:-(\d\d)(?:T(\d\d):(\d\d)(?::(\d\d)(?:\.\d+)?)?(Z|[+-]\d\d:\d\d)?)?)?)?$/

/**
 * The instant a date of FHIR means. Without a zone it is London's; a year, a month or a day is its first moment there.
 * Undefined when it is none.
 */
export function instantOf(date: string | undefined): Date | undefined {
  const [, year, month = '01', day = '01', hours = '00', minutes = '00', , zone] = form.exec(date ?? '') ?? []
  if (date === undefined || year === undefined || year === '0000') return undefined
  const at = zone ? new Date(date) : londonInstant(`${year}-${month}-${day}`, `${hours}:${minutes}`)
  // 31 April would be read as 1 May.
  if (!zone && londonDate(at) !== `${year}-${month}-${day}`) return undefined
  return Number.isNaN(at.getTime()) ? undefined : at
}

/** Which of several dates is the first that can be read, as it is kept. */
export const firstInstant = (...dates: (string | undefined)[]): string | undefined =>
  dates
    .map(instantOf)
    .find((it) => it !== undefined)
    ?.toISOString()

const timedFields = ['issued', 'effectiveDateTime', 'effectiveInstant', 'date', 'authoredOn', 'start', 'end']

/** FHIR asks for a zone where there is a time; hospitals leave it out. Such times are London's, and no reason to hide a result. */
export function withZones(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map(withZones)
  return Object.fromEntries(Object.entries(value).map(([name, inside]) => [name, zoned(name, inside)]))
}

const withoutZone = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?$/
const zoned = (name: string, value: unknown) =>
  typeof value === 'string' && timedFields.includes(name) && withoutZone.test(value)
    ? (instantOf(value)?.toISOString() ?? value)
    : withZones(value)
