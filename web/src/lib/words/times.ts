import { dayAndDate } from './dates.ts'

const clock = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Europe/London',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
})

/** The time of an instant in England as the NHS writes it: "5pm", "5:30pm", "midday", "midnight". */
export function time(instant: string | Date): string {
  const [hour = 0, minute = 0] = clock.format(new Date(instant)).split(':').map(Number)
  if (minute === 0 && hour === 0) return 'midnight'
  if (minute === 0 && hour === 12) return 'midday'
  const twelve = hour % 12 === 0 ? 12 : hour % 12
  const minutes = minute === 0 ? '' : `:${String(minute).padStart(2, '0')}`
  return `${twelve}${minutes}${hour < 12 ? 'am' : 'pm'}`
}

/** From one time to another: "2pm to 6pm". */
export function timeRange(from: string | Date, to: string | Date): string {
  return `${time(from)} to ${time(to)}`
}

/** A length of time in whole minutes: "1 minute", "2 minutes", "1 hour 30 minutes". */
export function duration(minutes: number): string {
  const hours = Math.floor(minutes / 60)
  const rest = minutes % 60
  const parts = [hours > 0 ? counted(hours, 'hour') : '', rest > 0 || hours === 0 ? counted(rest, 'minute') : '']
  return parts.filter(Boolean).join(' ')
}

/** A number with its noun: "1 letter", "3 letters", "1,200 letters". */
export function counted(count: number, noun: string): string {
  return `${count.toLocaleString('en-GB')} ${noun}${count === 1 ? '' : 's'}`
}

/** The moment until which something can be done: "3:30pm today", "3:30pm on Monday 6 August 2018". */
export function untilWords(instant: string | Date, now: Date): string {
  const day = dayAndDate(instant)
  return day === dayAndDate(now) ? `${time(instant)} today` : `${time(instant)} on ${day}`
}
