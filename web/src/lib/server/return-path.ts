import { doorOfPath, patients, type Door } from './door.ts'

/** Pages that make no sense as the first one after a log in. */
const notAfterLogIn = /^\/(?:desk\/)?(?:log-in|log-out|timed-out|session)(?:[/?]|$)/

/**
 * The page to go on to after the log in: only a path of this site and behind the same door, so that a link made by
 * someone else can never carry a person who has just logged in to another site.
 */
export function returnPath(wanted: string | null | undefined, door: Door = patients): string | undefined {
  if (!wanted?.startsWith('/') || notAfterLogIn.test(wanted) || wanted === '/') return undefined
  // A base that cannot exist: whatever leaves it was not a path of ours.
  const base = 'https://site.invalid'
  const url = URL.canParse(wanted, base) ? new URL(wanted, base) : undefined
  if (url?.origin !== base) return undefined
  const path = url.pathname + url.search
  return path.startsWith('//') || notAfterLogIn.test(path) || doorOfPath(path) !== door ? undefined : path
}

/** The address of the log-in page that comes back to a page. */
export function logInFor(wanted: string, door: Door = patients): string {
  const path = returnPath(wanted, door)
  return `${door.base}/log-in${path ? `?${new URLSearchParams({ return: path })}` : ''}`
}
