const london = (options: Intl.DateTimeFormatOptions) =>
  new Intl.DateTimeFormat('en-GB', { timeZone: 'Europe/London', ...options })
const day = london({ weekday: 'long' })
const date = london({ day: 'numeric', month: 'long', year: 'numeric' })
const clock = london({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })

/** A time as people in London say it: "Tuesday 1 December 2026 at 2:15pm". */
export function readableTime(instant: Date): string {
  const [hour = 0, minute = 0] = clock.format(instant).split(':').map(Number)
  const minutes = minute === 0 ? '' : `:${String(minute).padStart(2, '0')}`
  const time = `${hour % 12 || 12}${minutes}${hour < 12 ? 'am' : 'pm'}`
  const special: Record<string, string> = { '12am': 'midnight', '12pm': 'midday' }
  return `${day.format(instant)} ${date.format(instant)} at ${special[time] ?? time}`
}
