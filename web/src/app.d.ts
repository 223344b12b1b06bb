import type { Door } from '#lib/server/door.ts'
import type { Graph } from '#lib/server/graph.ts'
import type { PublicTrust } from '#lib/server/trust.ts'
import type { Visit } from '../server.ts'

declare global {
  namespace App {
    interface Locals {
      /** The request as the server around the site sees it: settings, log, ids. */
      visit: Visit
      /** Whose part of the site this is: the patients', or the staff desk. */
      door: Door
      /** The bearer their browser brought for this door, if any. The gateway decides what it is worth. */
      session: string | undefined
      /** Asks the graph as this person. */
      graph: Graph
      /** The public facts of the hospital trust. */
      trust: () => Promise<PublicTrust>
    }
    interface Error {
      /** What to quote on the phone, so that staff find the fault in the log. */
      errorId?: string
      /** It is kept by another hospital, whose records cannot be reached: the rest of the service works. */
      keptElsewhere?: boolean
      /** When it makes sense to try again. */
      retryAt?: string
    }
  }
}
