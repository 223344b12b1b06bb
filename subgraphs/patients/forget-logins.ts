import type { Chore } from '../runtime/chore.ts'
import { LoginAttempt, LoginChallenge } from './login-challenge.entity.ts'
import { Session } from './session.entity.ts'
import { StaffSession } from './staff/staff-session.entity.ts'

const hour = 60 * 60 * 1000

/** Wipes codes that are too late to be sent. They can no longer be used either. */
export const wipeLateCodes: Chore = {
  name: 'wipe-late-codes',
  everySeconds: 10,
  async run({ fork, clock }) {
    const em = fork()
    const late = { codeSealed: { $ne: null }, expiresAt: { $lte: clock.now() } }
    // Looked for first: a write takes the lock of the whole file.
    if (await em.count(LoginChallenge, late)) await em.nativeUpdate(LoginChallenge, late, { codeSealed: null })
  },
}

/** Throws away what limits, tries and the list of log ins no longer need. */
export const forgetLogins: Chore = {
  name: 'forget-logins',
  everySeconds: 3600,
  async run({ fork, clock }) {
    const before = (hours: number) => new Date(clock.now().getTime() - hours * hour)
    const em = fork()
    await em.nativeDelete(LoginAttempt, { at: { $lt: before(27) } })
    await em.nativeDelete(LoginChallenge, { startedAt: { $lt: before(1) } })
    await em.nativeDelete(Session, { startedAt: { $lt: before(24 * 30) } })
    await em.nativeDelete(StaffSession, { startedAt: { $lt: before(24 * 30) } })
  },
}
