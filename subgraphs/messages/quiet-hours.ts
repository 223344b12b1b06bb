import { londonMinutes } from '../runtime/london.ts'
import type { Trust } from '../runtime/trust.ts'

/** True while only what cannot wait is sent, by the clocks of London. Never, for a trust that keeps no quiet hours. */
export function isQuiet(at: Date, quietHours: Trust['quietHours']): boolean {
  if (!quietHours) return false
  const [from, to, now] = [minutesOf(quietHours.from), minutesOf(quietHours.to), londonMinutes(at)]
  return from <= to ? now >= from && now < to : now >= from || now < to
}

function minutesOf(time: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number)
  return hours * 60 + minutes
}
