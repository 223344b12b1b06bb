import { setTimeout as pause } from 'node:timers/promises'
import { isHttpError, isRedirect } from '@sveltejs/kit'

/** Nobody stares at an empty page for longer: then the hospital's own records are shown without the others. */
export const PATIENCE_MS = 1_500

/** What the records of every hospital came to in time, or of the own hospital alone, and why alone. */
export type OwnOrMerged<Answer> =
  { answer: Answer; without?: never } | { answer: Answer; without: 'STILL_WAITING' | 'AWAY' }

const late = Symbol('late')

/**
 * The merged answer if it comes in time, else the own one. A partner hospital that is slow or broken delays the own
 * records by the patience at most, and never hides them.
 */
export async function ownOrMerged<Answer>(
  own: Promise<Answer>,
  merged: Promise<Answer>,
  patienceMs: number,
): Promise<OwnOrMerged<Answer>> {
  // Whichever is not waited for may fail later: nobody is left to be told.
  own.catch(() => undefined)
  const timer = new AbortController()
  const inTime = await Promise.race([
    merged.then((answer) => ({ answer }), awayUnlessOurFault),
    pause(patienceMs, late, { signal: timer.signal }).catch(() => late),
  ])
  timer.abort()
  if (typeof inTime === 'object') return inTime
  return { answer: await own, without: inTime === late ? 'STILL_WAITING' : 'AWAY' }
}

/** A log in that is over, or a question nobody understands, is not a hospital that is away. */
function awayUnlessOurFault(problem: unknown): undefined {
  if (isRedirect(problem) || (isHttpError(problem) && problem.status < 500)) throw problem
}
