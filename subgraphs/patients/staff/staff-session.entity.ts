import { randomUUID } from 'node:crypto'
import { defineEntity, OptionalProps, p } from '@mikro-orm/core'
import { endOfSession, isLive, newToken, touch } from '../session-life.ts'

const StaffSessionTable = defineEntity({
  name: 'StaffSession',
  properties: {
    id: p.string().primary(),
    staffMemberId: p.string(),
    tokenHash: p.string(),
    device: p.string(),
    startedAt: p.datetime(3),
    lastSeenAt: p.datetime(3),
    endedAt: p.datetime(3).nullable(),
  },
  uniques: [{ name: 'staff_session_token_hash', properties: ['tokenHash'] }],
  indexes: [{ name: 'staff_session_member', properties: ['staffMemberId'] }],
})

/** One log in of staff. A table of its own: no mistake can make a patient of staff, or staff of a patient. */
export class StaffSession extends StaffSessionTable.class {
  declare [OptionalProps]?: 'expiresAt'

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
  static start(staffMemberId: string, device: string, now: Date) {
    const { token, tokenHash } = newToken()
    return { token, session: { id: randomUUID(), staffMemberId, tokenHash, device, startedAt: now, lastSeenAt: now } }
  }
}
StaffSessionTable.setClass(StaffSession)
