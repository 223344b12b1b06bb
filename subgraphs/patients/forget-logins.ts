import type { Chore } from '../runtime/subgraph.ts'
import { LoginAttempt, LoginChallenge } from './login-challenge.entity.ts'
import { Session } from './session.entity.ts'

const hour = 60 * 60 * 1000

/** Wipes codes that are too late, and throws away what limits and tries no longer need. */
export const forgetLogins: Chore = {
  name: 'forget-logins',
  async run({ fork, clock }) {
    const now = clock.now()
    const before = (hours: number) => new Date(now.getTime() - hours * hour)
    const em = fork()
    const late = await em.count(LoginChallenge, { codeSealed: { $ne: null }, expiresAt: { $lte: now } })
    if (late)
      await em.nativeUpdate(
        LoginChallenge,
        { codeSealed: { $ne: null }, expiresAt: { $lte: now } },
        { codeSealed: null },
      )
    if (await em.count(LoginAttempt, { at: { $lt: before(27) } }))
      await em.nativeDelete(LoginAttempt, { at: { $lt: before(27) } })
    if (await em.count(LoginChallenge, { startedAt: { $lt: before(1) } }))
      await em.nativeDelete(LoginChallenge, { startedAt: { $lt: before(1) } })
    const over = { startedAt: { $lt: before(24 * 30) } }
    if (await em.count(Session, over)) await em.nativeDelete(Session, over)
  },
}
