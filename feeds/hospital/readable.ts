import type { Ack } from '../mllp-client.ts'

/** A message with one segment on each line. */
export const readableMessage = (message: string): string =>
  message
    .split(/\r\n?|\n/)
    .filter((line) => line !== '')
    .map((line) => `  ${line}\n`)
    .join('')

const meaning = {
  AA: 'AA: the portal took the message.',
  AE: 'AE: the portal refused the message. It can never work as it is.',
  AR: 'AR: the portal could not take the message now. Try again.',
}

/** What the portal answered, in words. */
export const readableAck = ({ code, lines }: Ack): string =>
  [meaning[code], ...lines.map((line) => `  ${line}`)].join('\n') + '\n'

/** How a command ends, for the shell. */
export const exitCodes = { AA: 0, AE: 2, AR: 3 }

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
