import { londonInstant } from '../../subgraphs/runtime/london.ts'
import { bookings } from './bookings.ts'
import { plusWeekdays, spanOf, today } from './calendar.ts'
import type { DemonstrationClinic } from './clinics.ts'

const weeks = 13
const times = ['09:00', '10:30', '13:30', '15:00']

/**
 * Times from the next weekday on, for the clinics where a patient may change or ask to. Each clinician is away on some days,
 * has little left on others, and is nowhere twice.
 */
export function slotsOf({ code, mode, minutes, clinicians }: DemonstrationClinic) {
  if (mode !== 'DIRECT' && mode !== 'REQUEST') return []
  const days = Array.from({ length: weeks * 5 }, (_, day) => day)
  return clinicians.flatMap((clinician, column) =>
    days.flatMap((day) => {
      const date = plusWeekdays(today(), day + 1)
      return timesOn(day + column * 2)
        .map((time) => spanAt(date, time, minutes))
        .filter((span) => !overlapsBooking(clinician, span))
        .map(({ startsAt, endsAt }) => ({
          hospitalId: `${code}-${column + 1}-${startsAt.toISOString().slice(0, 16)}`,
          startsAt: startsAt.toISOString(),
          endsAt: endsAt.toISOString(),
          clinician,
        }))
    }),
  )
}

/** Of seven working days one is full, and one has a single time left. */
const timesOn = (day: number) => (day % 7 === 4 ? [] : day % 7 === 6 ? times.slice(3) : times)

interface Span {
  readonly startsAt: Date
  readonly endsAt: Date
}

const spanAt = (date: string, time: string, minutes: number): Span => {
  const startsAt = londonInstant(date, time)
  return { startsAt, endsAt: new Date(startsAt.getTime() + minutes * 60_000) }
}

/** Whether the clinician sees somebody then, at a time that begins otherwise: one that begins with it is that booking's own. */
const overlapsBooking = (clinician: string, { startsAt, endsAt }: Span) =>
  bookings
    .filter((it) => it.clinician === clinician && !it.cancelledBecause)
    .map(spanOf)
    .some((it) => it.startsAt < endsAt && startsAt < it.endsAt && it.startsAt.getTime() !== startsAt.getTime())
