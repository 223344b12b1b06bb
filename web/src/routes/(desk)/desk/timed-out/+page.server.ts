import { endThisSession } from '#lib/server/end-session.ts'
import type { PageServerLoad } from './$types'

/** Reached by the page itself, after ten minutes without use. A link on someone else's site logs nobody out. */
export const load: PageServerLoad = async (event) => {
  const fromElsewhere = event.request.headers.get('sec-fetch-site') === 'cross-site'
  if (!fromElsewhere) await endThisSession(event)
}
