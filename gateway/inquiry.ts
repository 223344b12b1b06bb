import type { Role, Viewer } from './viewer.ts'

/** What the access log says of a request, filled while it is read. */
export interface AccessRecord {
  role?: Role
  /** The client id of a partner's system. */
  partner?: string
  operation?: string
  hash?: string
}

/** What one request carries on its way through the gateway. */
export interface Inquiry {
  viewer: Viewer
  requestId: string
  /** Ends the work for this request: the time limit has passed. */
  signal: AbortSignal
  record: AccessRecord
  /** Only make the plan: no subgraph is asked. */
  rehearsal?: true
}
