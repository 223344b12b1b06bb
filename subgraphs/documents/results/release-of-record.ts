import type { Context } from '../../runtime/context.ts'
import type { ReadResult } from './read-result.ts'
import { opensByItself, releaseOf, type ReleaseVerdict } from './release-rule.ts'
import { ReleaseAct, ReleaseReason } from './release-words.ts'
import { takeReleaseStep } from './take-release-step.ts'
import type { TestResult } from './test-result.entity.ts'
import { TestResultStatus } from './test-result-status.ts'

/** How what was sent comes to be open, and whether that is only when a clinician opens it. */
export interface Ruling {
  readonly verdict: ReleaseVerdict
  readonly opensAt: Date | null
  readonly clinicianOpens: boolean
}

const opening: readonly ReleaseReason[] = [ReleaseReason.AT_ONCE, ReleaseReason.REPORT]

/** The rules, and the delay that the hospital asks for. */
export function rulingOn({ clock, trust }: Context, { release }: ReadResult, notBefore?: Date | null): Ruling {
  const verdict = releaseOf(release, trust)
  const byRule = opensByItself(verdict, trust, clock.now())
  const opensAt = byRule && notBefore && notBefore > byRule ? notBefore : byRule
  const finished = releaseOf({ ...release, status: TestResultStatus.FINAL }, trust)
  return { verdict, opensAt, clinicianOpens: !opening.includes(finished.reason) }
}

/** Writes down that a result came, and whether it was open at once, waits from now, or was taken back. */
export function settleRelease(context: Context, result: TestResult, act: ReleaseAct, wasOpen: boolean): void {
  const now = context.clock.now()
  takeReleaseStep(context, result, act)
  if (result.resultStatus === TestResultStatus.WITHDRAWN) {
    result.withdraw(now)
    takeReleaseStep(context, result, ReleaseAct.WITHDRAWN)
  } else if (result.isOpen(now)) {
    result.open()
    if (!wasOpen) takeReleaseStep({ em: context.em, clock: context.clock }, result, ReleaseAct.OPENED)
  } else result.waitingSince ??= now
}
