import { LockMode } from '@mikro-orm/core'
import type { Chore, ChoreContext } from '../../runtime/chore.ts'
import { kindOf } from '../../runtime/log.ts'
import { ReleaseAct } from './release-words.ts'
import { takeReleaseStep } from './take-release-step.ts'
import { TestResult } from './test-result.entity.ts'

/** Whose time has come. What the trust keeps out of the portal opens to nobody. */
const due = (now: Date) => ({
  waitingSince: { $ne: null },
  opensAt: { $lte: now },
  withdrawnAt: null,
  excluded: false,
})

/** Results that open by themselves: their time is in the row, and this writes down that it came. */
export const openResults: Chore = {
  name: 'open-results',
  async run(context) {
    const { fork, clock, log } = context
    const where = due(clock.now())
    const orderBy = { opensAt: 'asc', id: 'asc' } as const
    for (const { id } of await fork().find(TestResult, where, { fields: ['id'], orderBy, limit: 100 })) {
      // One that fails is tried again in a second, and does not hold up the others.
      await open(context, id).catch((error: unknown) =>
        log.error({ ...kindOf(error), resultId: id }, 'that a test result opened was not written down'),
      )
    }
  },
}

/** Looks again when it has the lock: a clinician may have held it, or another process was first. */
function open({ fork, clock }: ChoreContext, id: string): Promise<void> {
  return fork().transactional(async (em) => {
    const stillDue = { id, ...due(clock.now()) }
    const result = await em.findOne(TestResult, stillDue, { lockMode: LockMode.PESSIMISTIC_WRITE })
    if (!result) return
    result.open()
    takeReleaseStep({ em, clock }, result, ReleaseAct.OPENED)
  })
}
