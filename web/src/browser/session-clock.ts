/** How long a session lasts without anyone using it, and when to say so. The gateway holds to the same ten minutes. */
export const WARN_AFTER_MS = 9 * 60_000
export const END_AFTER_MS = 10 * 60_000

/** What the page should show, given when it was last used. */
export type SessionState = 'ACTIVE' | 'ENDING' | 'ENDED'

/** Whether a session is in use, about to end or over. */
export function sessionState(lastUsedAt: number, now: number): SessionState {
  const idle = now - lastUsedAt
  if (idle >= END_AFTER_MS) return 'ENDED'
  return idle >= WARN_AFTER_MS ? 'ENDING' : 'ACTIVE'
}

/** Whole seconds until the session ends. */
export function secondsLeft(lastUsedAt: number, now: number): number {
  return Math.max(0, Math.ceil((lastUsedAt + END_AFTER_MS - now) / 1000))
}
