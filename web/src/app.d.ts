import type { Graph } from '#lib/server/graph.ts'
import type { PublicTrust } from '#lib/server/trust.ts'
import type { Visit } from '../server.ts'

declare global {
  namespace App {
    interface Locals {
      /** The request as the server around the site sees it: settings, log, ids. */
      visit: Visit
      /** The patient's bearer, when their browser brought one. The gateway decides what it is worth. */
      session: string | undefined
      /** Asks the graph as this person. */
      graph: Graph
      /** The public facts of the hospital trust. */
      trust: () => Promise<PublicTrust>
    }
    interface Error {
      /** What to quote on the phone, so that staff find the fault in the log. */
      errorId?: string
      /** When it makes sense to try again. */
      retryAt?: string
    }
  }
}
