import { createHash, randomBytes } from 'node:crypto'

const idleMilliseconds = 10 * 60 * 1000
const longestMilliseconds = 12 * 60 * 60 * 1000
/** Two requests of one page are one sign of life. */
const touchMilliseconds = 1000

/** What every session has, whoever it is of. */
export interface SessionTimes {
  startedAt: Date
  lastSeenAt: Date
  endedAt?: Date | null | undefined
}

/** When a session ends if nothing more happens: after 10 idle minutes, at the latest 12 hours after the log in. */
export const endOfSession = ({ startedAt, lastSeenAt }: SessionTimes): Date =>
  new Date(Math.min(lastSeenAt.getTime() + idleMilliseconds, startedAt.getTime() + longestMilliseconds))

export const isLive = (session: SessionTimes, now: Date): boolean =>
  session.endedAt == null && now < endOfSession(session)

/** Notes that a session is in use. */
export function touch(session: SessionTimes, now: Date): void {
  if (now.getTime() - session.lastSeenAt.getTime() >= touchMilliseconds) session.lastSeenAt = now
}

/** The sessions that are not over yet: a condition for queries. */
export function liveSessions(now: Date) {
  const time = now.getTime()
  return {
    endedAt: null,
    lastSeenAt: { $gt: new Date(time - idleMilliseconds) },
    startedAt: { $gt: new Date(time - longestMilliseconds) },
  }
}

/** The token of a new session, which is shown once, and the hash of it that is kept. */
export function newToken(): { token: string; tokenHash: string } {
  const token = randomBytes(32).toString('base64url')
  return { token, tokenHash: createHash('sha256').update(token).digest('base64url') }
}
