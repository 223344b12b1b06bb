import { tookTooLong } from './problem.ts'

/**
 * Gives work so long, or as long as the outer signal allows. Then it is told to end and not waited for:
 * what runs in this process may not look at a signal.
 */
export async function withinTime<T>(
  ms: number,
  work: (signal: AbortSignal) => Promise<T>,
  outer?: AbortSignal,
): Promise<T> {
  outer?.throwIfAborted()
  const ending = new AbortController()
  const follow = () => ending.abort(outer?.reason)
  const ended = new Promise<never>((_, reject) => {
    ending.signal.addEventListener('abort', () => reject(ending.signal.reason), { once: true })
  })
  const timer = setTimeout(() => ending.abort(tookTooLong()), ms)
  outer?.addEventListener('abort', follow, { once: true })
  try {
    return await Promise.race([work(ending.signal), ended])
  } finally {
    clearTimeout(timer)
    outer?.removeEventListener('abort', follow)
  }
}
