import { randomBytes } from 'node:crypto'
import { redirect } from '@sveltejs/kit'
import type { Handle, HandleServerError } from '@sveltejs/kit/hooks'
import { dropCookie, readCookie } from '#lib/server/cookies.ts'
import { doorOf } from '#lib/server/door.ts'
import { graphFor } from '#lib/server/graph.ts'
import { protect } from '#lib/server/headers.ts'
import { comesFromUs, notFromUs } from '#lib/server/origin.ts'
import { logInFor } from '#lib/server/return-path.ts'
import { askTrust } from '#lib/server/trust.ts'

/** Pages under these groups of routes are for those who are logged in: patients, and staff at the desk. */
const PAGES_BEHIND_A_LOG_IN = ['/(patient)/', '/(desk)/desk/(staff)']

export const handle: Handle = async ({ event, resolve }) => {
  const visit = event.platform?.req.visit
  if (!visit) throw new Error('The site answers through createSite, which brings its settings')
  const { settings } = visit
  const nonce = randomBytes(16).toString('base64')
  const finish = (response: Response) => {
    protect(response.headers, nonce, settings.publicUrl.protocol === 'https:')
    response.headers.set('x-request-id', visit.requestId)
    return response
  }
  if (!comesFromUs(event.request, settings.publicUrl)) return finish(notFromUs())

  const door = doorOf(event.route.id, event.url.pathname)
  const logIn = logInFor(pageOf(event.url, event.request.method), door)
  const goToLogIn = (): never => {
    dropCookie(event.cookies, door.cookie, settings)
    redirect(303, logIn)
  }
  event.locals.visit = visit
  event.locals.door = door
  event.locals.session = readCookie(event.cookies, door.cookie, settings)
  event.locals.graph = graphFor(visit, event.locals.session, goToLogIn)
  event.locals.trust = () => askTrust(settings, graphFor(visit, undefined, goToLogIn))

  const isBehindLogIn = PAGES_BEHIND_A_LOG_IN.some((pages) => event.route.id?.startsWith(pages))
  if (isBehindLogIn && event.locals.session === undefined)
    return finish(new Response(null, { status: 303, headers: { location: logIn } }))
  return finish(await resolve(event, { transformPageChunk: ({ html }) => html.replace('%portal.nonce%', nonce) }))
}

/** The page to come back to: where a form was posted from stays, what it was told to do goes. */
function pageOf({ pathname, search }: URL, method: string): string {
  return method === 'GET' ? pathname + search : pathname
}

export const handleError: HandleServerError = ({ kind, error, event }) => {
  if (kind !== 'unknown') return {}
  const { log, requestId } = event.locals.visit
  log.error({ requestId, route: event.route.id, ...traceOf(error) }, 'a page failed')
  return { message: 'Something went wrong', errorId: requestId }
}

/** What failed and where, without the message: that may repeat a value out of someone's record. */
function traceOf(error: unknown): { fault: string; at?: string[] } {
  if (!(error instanceof Error)) return { fault: typeof error }
  const at = error.stack?.split('\n').filter((line) => /^\s+at /.test(line)) ?? []
  return { fault: error.name, at: at.slice(0, 8).map((line) => line.trim()) }
}
