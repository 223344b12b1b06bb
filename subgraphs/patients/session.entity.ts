import { randomUUID } from 'node:crypto'
import { defineEntity, OptionalProps, p } from '@mikro-orm/core'
import { endOfSession, isLive, liveSessions, newToken, touch } from './session-life.ts'

const SessionTable = defineEntity({
  name: 'Session',
  properties: {
    id: p.string().primary(),
    patientId: p.string(),
    tokenHash: p.string(),
    device: p.string(),
    startedAt: p.datetime(3),
    lastSeenAt: p.datetime(3),
    endedAt: p.datetime(3).nullable(),
  },
  uniques: [{ name: 'session_token_hash', properties: ['tokenHash'] }],
  indexes: [{ name: 'session_patient', properties: ['patientId', 'startedAt'] }],
})

/** One log in on one device: ends after 10 idle minutes, after 12 hours, or when it is ended. Only a hash of its token is kept. */
export class Session extends SessionTable.class {
  declare [OptionalProps]?: 'ownerId' | 'expiresAt'

  get ownerId() {
    return this.patientId
  }

  /** When it ends if nothing more happens. */
  get expiresAt(): Date {
    return endOfSession(this)
  }

  isLive(now: Date): boolean {
    return isLive(this, now)
  }

  /** Notes that it is in use. */
  touch(now: Date): void {
    touch(this, now)
  }

  end(now: Date): void {
    this.endedAt ??= now
  }

  /** A new session and its token, which is shown once and never kept. */
  static start(patientId: string, device: string, now: Date): { token: string; session: SessionFacts } {
    const { token, tokenHash } = newToken()
    return { token, session: { id: randomUUID(), patientId, tokenHash, device, startedAt: now, lastSeenAt: now } }
  }

  /** The sessions that are not over yet: a condition for queries. */
  static live(now: Date) {
    return liveSessions(now)
  }
}
SessionTable.setClass(Session)

interface SessionFacts {
  id: string
  patientId: string
  tokenHash: string
  device: string
  startedAt: Date
  lastSeenAt: Date
}
