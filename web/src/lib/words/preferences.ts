import type { TimeOfDay, Weekday } from '#lib/graph/index.ts'

/** The days of the week, in their order. */
export const weekdays: Record<Weekday, string> = {
  MONDAY: 'Monday',
  TUESDAY: 'Tuesday',
  WEDNESDAY: 'Wednesday',
  THURSDAY: 'Thursday',
  FRIDAY: 'Friday',
  SATURDAY: 'Saturday',
  SUNDAY: 'Sunday',
}

/** The halves of a day at a clinic. */
export const timesOfDay: Record<TimeOfDay, string> = {
  MORNING: 'Morning (before midday)',
  AFTERNOON: 'Afternoon (after midday)',
}

/** The days that suit, in a sentence; any day when none is said. */
export function daysInWords(days: readonly Weekday[]): string {
  return days.length === 0 ? 'Any day' : listed(days.map((day) => weekdays[day]))
}

/** The times of the day that suit; any time when none is said, or both. */
export function timesInWords(times: readonly TimeOfDay[]): string {
  const [only] = times
  if (times.length !== 1 || !only) return 'Any time'
  return only === 'MORNING' ? 'Mornings' : 'Afternoons'
}

const listFormat = new Intl.ListFormat('en-GB', { type: 'disjunction' })

/** Things one of which will do: "Monday, Tuesday or Friday". */
export function listed(things: readonly string[]): string {
  return listFormat.format(things)
}
