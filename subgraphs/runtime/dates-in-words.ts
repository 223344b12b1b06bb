import { londonMinutes } from './london.ts'

const dayParts = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Europe/London',
  weekday: 'long',
  day: 'numeric',
  month: 'long',
  year: 'numeric',
})

/** The day in London, as the NHS writes it: "Monday 6 August 2018". */
export function dayInWords(at: Date): string {
  const parts = Object.fromEntries(dayParts.formatToParts(at).map(({ type, value }) => [type, value]))
  return `${parts.weekday} ${parts.day} ${parts.month} ${parts.year}`
}

/** The time in London, as the NHS writes it: "5pm", "5:30pm", "midday", "midnight". */
export function timeInWords(at: Date): string {
  const minutes = londonMinutes(at)
  if (minutes % 720 === 0) return minutes ? 'midday' : 'midnight'
  const hour = Math.floor(minutes / 60)
  const past = minutes % 60 ? `:${String(minutes % 60).padStart(2, '0')}` : ''
  return `${hour % 12 || 12}${past}${hour < 12 ? 'am' : 'pm'}`
}

/** How long it is from one instant to the other: "30 minutes", "1 hour", "6 hours 30 minutes". */
export function lengthInWords(from: Date, to: Date): string {
  const minutes = Math.round((to.getTime() - from.getTime()) / 60_000)
  const counted = (count: number, noun: string) => (count === 0 ? [] : [`${count} ${noun}${count === 1 ? '' : 's'}`])
  return [...counted(Math.floor(minutes / 60), 'hour'), ...counted(minutes % 60, 'minute')].join(' ')
}
