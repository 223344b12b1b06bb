import { MessageKind } from './outgoing-message.entity.ts'

const second = 1000
const hour = 3600

/** Seconds before each try: the first at once, the last after a day. */
const pauses = [0, 10, 30, 120, 600, 1800, ...Array<number>(23).fill(hour)]
/** A code lives for two minutes: a third try would be too late. */
const codeTries = 2
const longestStatusPause = hour * second
const shortestStatusPause = 30 * second
/** The networks try for three days; after that nobody will tell us more. */
const statusMilliseconds = 4 * 24 * hour * second

export const mostTries = (kind: MessageKind) => (kind === MessageKind.LOGIN_CODE ? codeTries : pauses.length)

/** When to try again after so many tries, not before the provider says. With jitter, so that a crowd does not come back at once. */
export function nextTry(tries: number, now: Date, retryAfter?: string): Date {
  const pause = (pauses[Math.min(tries, pauses.length - 1)] ?? hour) * second * (0.8 + Math.random() * 0.4)
  return new Date(now.getTime() + Math.max(pause, retryAfterMilliseconds(retryAfter, now)))
}

/** `Retry-After` is a number of seconds or a date; anything else says nothing. Never more than a day. */
function retryAfterMilliseconds(header: string | undefined, now: Date): number {
  if (!header) return 0
  const wait = /^\d+$/.test(header) ? Number(header) * second : new Date(header).getTime() - now.getTime()
  return Number.isNaN(wait) ? 0 : Math.min(wait, 24 * hour * second)
}

/** When to ask the provider again what became of a message: soon at first, then less and less often, and at last never. */
export function nextStatusCheck(sentAt: Date, now: Date): Date | null {
  const age = now.getTime() - sentAt.getTime()
  if (age >= statusMilliseconds) return null
  return new Date(now.getTime() + Math.min(Math.max(age, shortestStatusPause), longestStatusPause))
}
