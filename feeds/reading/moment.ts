import type { Fault } from '../hl7/fault.ts'
import { readTimestamp } from '../hl7/timestamp.ts'

/** A clock that far ahead is wrong. */
const aheadInMs = 2 * 60 * 60 * 1000

/** Before anybody who is alive was born. */
const earliest = '1900-01-01'

/** A time in a message, and where it stands. */
export interface Said {
  where: string
  value: string | undefined
}

/**
 * The first of these times that is given, for something that has happened. A day alone is its beginning in London. What is no time, or
 * has not come yet, is a problem, and the next one counts.
 */
export function readMoment(candidates: Said[], now: Date, problems: Fault[]): Date | undefined {
  for (const { where, value } of candidates) {
    if (value === undefined) continue
    const time = readTimestamp(value)
    if (!time || time.precision === 'YEAR' || time.precision === 'MONTH' || time.date < earliest)
      problems.push({ where, what: 'this is no date and time. Send a real one: YYYYMMDDHHMM.' })
    else if (time.instant.getTime() > now.getTime() + aheadInMs)
      problems.push({ where, what: 'this time has not come yet. Set the clock and time zone of the sending system.' })
    else return time.instant
  }
  return undefined
}
