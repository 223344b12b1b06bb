/** How much of a time was given. */
export type Precision = 'YEAR' | 'MONTH' | 'DAY' | 'HOUR' | 'MINUTE' | 'SECOND'

/** A time as a message gives it. */
export interface Timestamp {
  precision: Precision
  /** The calendar day as written, `YYYY-MM-DD`; the first of the month or year when no more is given. */
  date: string
  instant: Date
  /** Set when the clocks of London never showed this time (March), or showed it twice (October). */
  clockChange?: 'SKIPPED' | 'REPEATED'
}

const format =
  /^(\d{4})(?:(\d{2})(?:(\d{2})(?:(\d{2})(?:(\d{2})(?:(\d{2})(?:\.(\d{1,4}))?)?)?)?)?)?(?:([+-])(\d{2})(\d{2}))?$/
const precisions: Precision[] = ['YEAR', 'MONTH', 'DAY', 'HOUR', 'MINUTE', 'SECOND']

/**
 * Reads a timestamp of HL7. Without an offset it is the time on a London clock: a skipped time counts as the hour after it,
 * a repeated one as the first of the two. Undefined for what is no time: month 13, 30 February, 25 o'clock.
 */
export function readTimestamp(value: string): Timestamp | undefined {
  const match = format.exec(value.trim())
  if (!match) return undefined
  const parts = match.slice(1, 7).filter((part) => part !== undefined)
  const [year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0] = parts.map(Number)
  const milliseconds = Math.floor(Number(`0.${match[7] ?? '0'}`) * 1000)
  const wall = Date.UTC(year, month - 1, day, hour, minute, second, milliseconds)
  const precision = precisions[parts.length - 1]
  if (year < 1800 || precision === undefined || !isReal(wall, [year, month, day, hour, minute, second]))
    return undefined
  const date = new Date(wall).toISOString().slice(0, 10)
  if (match[8] === undefined) return { precision, date, ...londonInstant(wall) }
  const offset = Number(match[9]) * 60 + Number(match[10])
  if (Number(match[9]) > 14 || Number(match[10]) > 59) return undefined
  const instant = new Date(wall - (match[8] === '-' ? -offset : offset) * 60_000)
  return { precision, date, instant }
}

function isReal(wall: number, [year, month = 0, day, hour, minute, second]: number[]): boolean {
  const is = new Date(wall)
  return (
    is.getUTCFullYear() === year &&
    is.getUTCMonth() === month - 1 &&
    is.getUTCDate() === day &&
    is.getUTCHours() === hour &&
    is.getUTCMinutes() === minute &&
    is.getUTCSeconds() === second
  )
}

const dayInMs = 86_400_000

/** The instant at which a clock in London shows this wall time (given as if it were UTC). */
function londonInstant(wall: number): Pick<Timestamp, 'instant' | 'clockChange'> {
  const before = londonOffset(wall - dayInMs)
  const after = londonOffset(wall + dayInMs)
  const shown = [...new Set([wall - before, wall - after])].filter((it) => it + londonOffset(it) === wall)
  if (shown.length === 1) return { instant: new Date(shown[0] ?? wall) }
  if (shown.length === 2) return { instant: new Date(Math.min(...shown)), clockChange: 'REPEATED' }
  return { instant: new Date(wall - before), clockChange: 'SKIPPED' }
}

const londonClock = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Europe/London',
  calendar: 'gregory',
  hourCycle: 'h23',
  year: 'numeric',
  month: 'numeric',
  day: 'numeric',
  hour: 'numeric',
  minute: 'numeric',
  second: 'numeric',
})

/** Milliseconds by which a clock in London is ahead of UTC. */
function londonOffset(instant: number): number {
  const part: Record<string, number> = {}
  for (const { type, value } of londonClock.formatToParts(instant)) part[type] = Number(value)
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = part
  return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(instant / 1000) * 1000
}

/** An instant as HL7 writes it on a London clock, with its offset, to the second. */
export function writeTimestamp(instant: Date): string {
  const offset = londonOffset(instant.getTime())
  const wall = new Date(instant.getTime() + offset).toISOString().slice(0, 19)
  const minutes = Math.round(offset / 60_000)
  const two = (number: number) => String(number).padStart(2, '0')
  return `${wall.replace(/[-:T]/g, '')}+${two(Math.floor(minutes / 60))}${two(minutes % 60)}`
}
