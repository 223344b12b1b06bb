import type { Chore } from '../../runtime/chore.ts'
import { alarming, waiting } from './release-alarm.ts'
import { TestResult } from './test-result.entity.ts'

/** Tells whoever runs the portal, every hour, that results have critical values, open soon, or wait for too long, without a clinician. */
export const watchResults: Chore = {
  name: 'watch-results',
  everySeconds: 3600,
  async run({ fork, clock, trust, log }) {
    const now = clock.now()
    const results = await fork().count(TestResult, { $and: [waiting(now), alarming(now, trust)] })
    if (results)
      log.warn(
        { results },
        'test results have critical values, open soon, or have waited for too long, and no clinician has decided',
      )
  },
}
