import { londonMinutes } from '../runtime/london.ts'

/** "2:05pm": as the clocks of London show it. */
export function clockTime(at: Date): string {
  const minutes = londonMinutes(at)
  if (minutes % 720 === 0) return minutes ? 'midday' : 'midnight'
  const hours = Math.floor(minutes / 60)
  const past = minutes % 60 ? `:${String(minutes % 60).padStart(2, '0')}` : ''
  return `${hours % 12 || 12}${past}${hours < 12 ? 'am' : 'pm'}`
}

const parts = { timeZone: 'UTC', day: 'numeric', month: 'long' } as const
const dayAndMonthParts = new Intl.DateTimeFormat('en-GB', parts)
const weekdayParts = new Intl.DateTimeFormat('en-GB', { timeZone: 'UTC', weekday: 'long' })
const startOf = (date: string) => new Date(`${date}T00:00:00Z`)

/** A calendar date as "30 September". */
export const dayAndMonth = (date: string) => dayAndMonthParts.format(startOf(date))

/** A calendar date as "Wednesday 30 September". */
export const weekdayAndDay = (date: string) => `${weekdayParts.format(startOf(date))} ${dayAndMonth(date)}`
