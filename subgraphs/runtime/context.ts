import type { EntityManager } from '@mikro-orm/sql'
import type { AuditOfRequest } from './audit.ts'
import type { Clock } from './clock.ts'
import type { Log } from './log.ts'
import type { Trust } from './trust.ts'
import type { Viewer } from './viewer.ts'

/** What one request may touch. Built once for each; the EntityManager sees the viewer's rows only. */
export interface Context {
  readonly viewer: Viewer
  readonly em: EntityManager
  readonly clock: Clock
  readonly trust: Trust
  readonly audit: AuditOfRequest
  readonly requestId: string
  /** Held by every subgraph: what one grants a partner is believed by the others, see grant.ts. */
  readonly sharingKey: Buffer
  readonly log: Log
}
