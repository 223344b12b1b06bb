import type { Context } from '../../runtime/context.ts'
import { ReleaseAct } from './release-words.ts'
import { takeReleaseStep } from './take-release-step.ts'
import type { TestResult } from './test-result.entity.ts'

/** The laboratory takes a result back: what it said stays, for staff. */
export function withdrawResult(context: Context, result: TestResult): void {
  if (result.withdrawnAt) return
  result.withdraw(context.clock.now())
  takeReleaseStep(context, result, ReleaseAct.WITHDRAWN)
}
