import { isRedirect, type RequestEvent } from '@sveltejs/kit'
import { LogOutDocument } from '#lib/graph/index.ts'
import { FORGET_EVERYTHING } from './headers.ts'
import { leave } from './session.ts'

/**
 * Ends the session of this browser. Whatever the graph says, the browser forgets: a person who walks away from a shared
 * computer must find it forgotten even when the rest of the portal is down.
 */
export async function endThisSession({ locals, cookies, setHeaders }: RequestEvent): Promise<void> {
  if (locals.session !== undefined) {
    const ending = locals.graph.write(LogOutDocument, { input: { idempotencyKey: crypto.randomUUID() } })
    await ending.catch((problem: unknown) => {
      // A redirect to the log-in page says that the session was over already.
      if (!isRedirect(problem))
        locals.visit.log.warn({ requestId: locals.visit.requestId }, 'a session was left to end by itself')
    })
  }
  leave(cookies, locals.visit, locals.door)
  setHeaders({ 'clear-site-data': FORGET_EVERYTHING })
}
