import type { Fault } from '../hl7/fault.ts'
import type { Hl7Message } from '../hl7/message.ts'
import { readTimestamp } from '../hl7/timestamp.ts'

/** A clock that far ahead is wrong, and would make the record deaf to what truly happens until then. */
const aheadInMs = 2 * 60 * 60 * 1000

/**
 * When the hospital's system recorded what the message tells: it decides which of two messages is the later one.
 * EVN-2 where there is one (patients' messages), else MSH-7 (appointments').
 */
export function readEventTime(message: Hl7Message, now: Date, faults: Fault[]): Date {
  const candidates = [
    { where: 'EVN-2', value: message.segment('EVN')?.text(2) },
    { where: 'MSH-7', value: message.header.text(7) },
  ]
  for (const { where, value } of candidates) {
    if (value === undefined) continue
    const time = readTimestamp(value)
    if (!time) {
      faults.push({ where, what: 'this is no time. Send YYYYMMDDHHMMSS, best with the offset from UTC.' })
      return now
    }
    if (['YEAR', 'MONTH', 'DAY'].includes(time.precision)) continue
    if (time.instant.getTime() > now.getTime() + aheadInMs)
      faults.push({
        where,
        what: 'this time is hours ahead of now. Set the clock and time zone of the sending system.',
      })
    return time.instant
  }
  faults.push({ where: 'MSH-7', what: 'the time of the message is missing. Send YYYYMMDDHHMMSS.' })
  return now
}
