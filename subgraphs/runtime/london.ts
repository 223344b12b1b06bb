import { TZDate } from '@date-fns/tz'

const zone = 'Europe/London'

/** The calendar date in London at this instant, as year-month-day. */
export function londonDate(at: Date): string {
  const there = new TZDate(at.getTime(), zone)
  return [there.getFullYear(), two(there.getMonth() + 1), two(there.getDate())].join('-')
}

/** Minutes since midnight on the clocks of London at this instant. */
export function londonMinutes(at: Date): number {
  const there = new TZDate(at.getTime(), zone)
  return there.getHours() * 60 + there.getMinutes()
}

/** The instant at which the clocks of London show this date and time ("08:00"). */
export function londonInstant(date: string, time: string): Date {
  const [year, month, day] = date.split('-').map(Number)
  const [hours, minutes] = time.split(':').map(Number)
  return new Date(new TZDate(year ?? 0, (month ?? 1) - 1, day ?? 1, hours ?? 0, minutes ?? 0, zone).getTime())
}

/** Whole years of age on this London date. Born on 29 February, the birthday of other years is 1 March. */
export function ageOn(bornOn: string, date: string): number {
  const years = Number(date.slice(0, 4)) - Number(bornOn.slice(0, 4))
  return date.slice(5) >= bornOn.slice(5) ? years : years - 1
}

/** The date so many days later. */
export function plusDays(date: string, days: number): string {
  const [year, month, day] = date.split('-').map(Number)
  return new Date(Date.UTC(year ?? 0, (month ?? 1) - 1, (day ?? 1) + days)).toISOString().slice(0, 10)
}

const two = (value: number) => String(value).padStart(2, '0')
