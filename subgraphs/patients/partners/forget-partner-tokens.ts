import type { Chore } from '../../runtime/chore.ts'
import { MissedSearch } from './missed-search.entity.ts'
import { PartnerAssertion } from './partner-assertion.entity.ts'
import { PartnerToken } from './partner-token.entity.ts'
import { day } from './search-limits.ts'
import { hour } from './use-partner-assertion.ts'

/** The clocks of two processes differ: what has ended for one may still be taken by the other. */
const minute = 60 * 1000

/** Throws away tokens that are over, assertions that can neither be shown again nor count towards an hour, and old misses. */
export const forgetPartnerTokens: Chore = {
  name: 'forget-partner-tokens',
  everySeconds: 600,
  async run({ fork, clock }) {
    const em = fork()
    const before = (milliseconds: number) => ({ $lt: new Date(clock.now().getTime() - milliseconds) })
    await em.nativeDelete(PartnerToken, { expiresAt: before(0) })
    await em.nativeDelete(PartnerAssertion, { expiresAt: before(minute), usedAt: before(hour) })
    await em.nativeDelete(MissedSearch, { at: before(day) })
  },
}
