import { LockMode } from '@mikro-orm/core'
import type { Context } from '../../runtime/context.ts'
import type { ReleaseAct } from './release-words.ts'
import { takeReleaseStep } from './take-release-step.ts'
import { TestResultHasChanged } from './test-result-has-changed.ts'
import { TestResultNotFound } from './test-result-not-found.ts'
import { TestResultNotReleasable } from './test-result-not-releasable.ts'
import { TestResult } from './test-result.entity.ts'

/** Which result a clinician acts on, and as which they saw it. */
export interface SeenResult {
  readonly resultId: string
  /** How many steps of its release the page showed. */
  readonly steps: number
}

/** What a clinician does to a result, unless something keeps them from it. */
interface ClinicianAct {
  readonly act: ReleaseAct
  readonly reason?: string
  whyNot(result: TestResult, now: Date): string | undefined
  do(result: TestResult, now: Date): void
}

/**
 * Does it, one clinician at a time: of two who act on the same page the second hears that it has changed, and the laboratory
 * cannot replace it meanwhile.
 */
export async function actOnResult(
  context: Context,
  { resultId, steps }: SeenResult,
  { act, reason, whyNot, do: doIt }: ClinicianAct,
): Promise<TestResult | TestResultNotFound | TestResultHasChanged | TestResultNotReleasable> {
  const result = await context.em.findOne(TestResult, { id: resultId }, { lockMode: LockMode.PESSIMISTIC_WRITE })
  if (!result) return new TestResultNotFound()
  if (result.releaseSteps !== steps) return new TestResultHasChanged(result)
  const now = context.clock.now()
  const refusal = whyNot(result, now)
  if (refusal !== undefined) return new TestResultNotReleasable(refusal)
  doIt(result, now)
  takeReleaseStep(context, result, act, reason)
  return result
}
