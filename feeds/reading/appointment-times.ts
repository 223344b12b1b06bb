import type { Fault } from '../hl7/fault.ts'
import type { Hl7Message } from '../hl7/message.ts'
import { readTimestamp } from '../hl7/timestamp.ts'
import { activeResources } from './active-resources.ts'

/** When an appointment begins and ends. Left out where the message does not say. */
export interface AppointmentTimes {
  startsAt?: string
  endsAt?: string
}

interface Said {
  where: string
  value: string | undefined
}

/** Reads SCH-11, or TQ1, or the times of the booked service; the end may be given as a duration. */
export function readTimes(message: Hl7Message, faults: Fault[]): AppointmentTimes {
  const [sch, tq1, ais] = [message.segment('SCH'), message.segment('TQ1'), activeResources(message, 'AIS')[0]]
  const start = readTime(
    [
      { where: 'SCH-11.4', value: sch?.text(11, 4) },
      { where: 'TQ1-7', value: tq1?.text(7) },
      { where: 'AIS-4', value: ais?.text(4) },
      { where: 'AIL-6', value: activeResources(message, 'AIL')[0]?.text(6) },
    ],
    faults,
  )
  if (!start) return {}
  const said = readTime(
    [
      { where: 'SCH-11.5', value: sch?.text(11, 5) },
      { where: 'TQ1-8', value: tq1?.text(8) },
    ],
    faults,
  )
  if (said && said <= start)
    faults.push({
      where: 'SCH-11.5',
      what: 'the appointment ends before it begins. Send an end after SCH-11.4, or none.',
    })
  const minutes =
    durationInMinutes(sch?.text(9), sch?.text(10)) ??
    durationOf(sch?.text(11, 3)) ??
    durationInMinutes(ais?.text(7), ais?.text(8))
  const end = said ?? (minutes === undefined ? undefined : new Date(start.getTime() + minutes * 60_000))
  return { startsAt: start.toISOString(), ...(end && { endsAt: end.toISOString() }) }
}

function readTime(candidates: Said[], faults: Fault[]): Date | undefined {
  const given = candidates.find(({ value }) => value !== undefined)
  if (given?.value === undefined) return undefined
  const time = readTimestamp(given.value)
  if (!time) faults.push({ where: given.where, what: 'this is no date and time. Send a real one: YYYYMMDDHHMM.' })
  else if (time.precision !== 'MINUTE' && time.precision !== 'SECOND')
    faults.push({ where: given.where, what: 'the time of day is missing. Send YYYYMMDDHHMM.' })
  else if (time.clockChange === 'SKIPPED')
    faults.push({
      where: given.where,
      what: 'the clocks go forward and skip this time. Send a time the clock will show.',
    })
  else return time.instant
  return undefined
}

const unitInMinutes: Record<string, number> = { S: 1 / 60, M: 1, H: 60, D: 1440 }

/** A number and its unit, minutes unless said: "30", "MIN"; "1", "HR". A unit that is not known leaves the end open. */
function durationInMinutes(number: string | undefined, unit = 'M'): number | undefined {
  const factor = unitInMinutes[unit.charAt(0).toUpperCase()]
  const amount = Number(number)
  return number !== undefined && factor !== undefined && amount > 0 && amount < 100_000 ? amount * factor : undefined
}

/** The same as the timing field writes it: "M30". */
const durationOf = (written: string | undefined) => {
  const [, unit, number] = /^([SMHD])(\d+)$/.exec(written ?? '') ?? []
  return durationInMinutes(number, unit)
}
