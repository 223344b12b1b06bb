import { setTimeout as wait } from 'node:timers/promises'
import type { GraphError } from './graph-error.ts'
import { GraphUnavailable, TooManyRequests } from './graph-error.ts'

/** How often, and how long, to try again. */
export interface RetryRules {
  attempts: number
  /** The first pause; each later one is four times as long, and all are shortened at random by up to half. */
  firstPauseMs: number
  /** A pause longer than this is not waited for: the caller hears of it at once, with the seconds it was asked to wait. */
  longestPauseMs: number
}

export const defaultRetryRules: RetryRules = { attempts: 4, firstPauseMs: 100, longestPauseMs: 5_000 }

/** Tries until it works, fails for good, or the rules say enough. Only for what may be done twice. */
export async function withRetries<T>(once: () => Promise<T>, rules: RetryRules, signal?: AbortSignal): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await once()
    } catch (error) {
      if (!mayPass(error) || attempt >= rules.attempts) throw error
      const pause = pauseAfter(error, attempt, rules)
      if (pause > rules.longestPauseMs) throw error
      await wait(pause, undefined, signal && { signal }).catch(() => signal?.throwIfAborted())
    }
  }
}

const mayPass = (error: unknown): error is GraphError =>
  error instanceof GraphUnavailable || error instanceof TooManyRequests

function pauseAfter(error: GraphError, attempt: number, { firstPauseMs, longestPauseMs }: RetryRules): number {
  if (error.retryAfterSeconds !== undefined) return error.retryAfterSeconds * 1000
  const full = Math.min(firstPauseMs * 4 ** (attempt - 1), longestPauseMs)
  return full * (0.5 + Math.random() / 2)
}
