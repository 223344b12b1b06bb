import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { defineEntity, OptionalProps, p } from '@mikro-orm/core'

const idleMilliseconds = 10 * 60 * 1000
const longestMilliseconds = 12 * 60 * 60 * 1000
/** Two requests of one page are one sign of life. */
const touchMilliseconds = 1000

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
    return new Date(
      Math.min(this.lastSeenAt.getTime() + idleMilliseconds, this.startedAt.getTime() + longestMilliseconds),
    )
  }

  isLive(now: Date): boolean {
    return this.endedAt == null && now < this.expiresAt
  }

  /** Notes that it is in use. */
  touch(now: Date): void {
    if (now.getTime() - this.lastSeenAt.getTime() >= touchMilliseconds) this.lastSeenAt = now
  }

  end(now: Date): void {
    this.endedAt ??= now
  }

  /** A new session and its token, which is shown once and never kept. */
  static start(patientId: string, device: string, now: Date): { token: string; session: SessionFacts } {
    const token = randomBytes(32).toString('base64url')
    const session = {
      id: randomUUID(),
      patientId,
      tokenHash: Session.hash(token),
      device,
      startedAt: now,
      lastSeenAt: now,
    }
    return { token, session }
  }

  static hash(token: string): string {
    return createHash('sha256').update(token).digest('base64url')
  }

  /** The sessions that are not over yet: a condition for queries. */
  static live(now: Date) {
    const time = now.getTime()
    return {
      endedAt: null,
      lastSeenAt: { $gt: new Date(time - idleMilliseconds) },
      startedAt: { $gt: new Date(time - longestMilliseconds) },
    }
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
