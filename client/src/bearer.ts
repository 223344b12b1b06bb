import { NotAuthenticated } from './graph-error.ts'

/** Credentials that end, and are followed by others. */
export interface RenewableBearer {
  /** What follows `authorization: Bearer ` now. */
  current(signal?: AbortSignal): Promise<string>
  /** The graph does not take this one any more: `current` gives another. */
  refused(bearer: string): void
}

/** What follows `authorization: Bearer `; a function when it can change while the client lives. */
export type Bearer = string | (() => string) | RenewableBearer

/** Sends with the bearer. One that can be renewed and is refused is renewed, and what was refused is sent once more. */
export async function withBearer<T>(
  bearer: Bearer,
  send: (bearer: string) => Promise<T>,
  signal?: AbortSignal,
): Promise<T> {
  if (typeof bearer === 'string') return send(bearer)
  if (typeof bearer === 'function') return send(bearer())
  const first = await bearer.current(signal)
  try {
    return await send(first)
  } catch (error) {
    if (!(error instanceof NotAuthenticated)) throw error
    bearer.refused(first)
    return send(await bearer.current(signal))
  }
}
