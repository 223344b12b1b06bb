import { Arg, Ctx, Field, InputType, Mutation, ObjectType, Resolver } from 'type-graphql'
import { Auth } from '../../runtime/auth.ts'
import type { Context } from '../../runtime/context.ts'
import { neededText } from '../../runtime/free-text.ts'
import { idempotent } from '../../runtime/idempotency.ts'
import { outcomes } from '../../runtime/outcome.ts'
import { Role } from '../../runtime/viewer.ts'
import { shown } from '../shown-document.ts'
import { ActOnResultInput } from './act-on-result.input.ts'
import { actOnResult } from './act-on-result.ts'
import { ReleaseAct } from './release-words.ts'
import { TestResultHasChanged } from './test-result-has-changed.ts'
import { TestResultNotFound } from './test-result-not-found.ts'
import { TestResultNotReleasable } from './test-result-not-releasable.ts'
import { TestResult } from './test-result.entity.ts'
import { TestResultType } from './test-result.type.ts'

@InputType({ description: 'Which result a clinician takes back, and why.' })
export class RetractTestResultInput extends ActOnResultInput {
  @Field(() => String, { description: 'Why, in words for colleagues: 1 to 500 characters.' })
  reason!: string
}

@ObjectType({ description: 'The patient can no longer read the result, until a clinician opens it again.' })
export class TestResultRetracted {
  readonly row: TestResult

  constructor(row: TestResult) {
    this.row = row
  }

  @Auth({ roles: [Role.STAFF, Role.SYSTEM] })
  @Field(() => TestResultType, { description: 'The result as it is now.' })
  result(@Ctx() context: Context) {
    return shown(context, this.row)
  }
}

export const RetractTestResultResult = outcomes('RetractTestResultResult', 'What taking a result back can come to.', [
  TestResultRetracted,
  TestResultNotFound,
  TestResultHasChanged,
  TestResultNotReleasable,
])

export async function retractTestResult(
  context: Context,
  input: RetractTestResultInput,
): Promise<typeof RetractTestResultResult> {
  const reason = neededText('reason', input.reason)
  const result = await actOnResult(context, input, {
    act: ReleaseAct.RETRACTED,
    reason,
    whyNot: (it, now) => it.whyNotRetract(now),
    do: (it, now) => it.retract(now),
  })
  return result instanceof TestResult ? new TestResultRetracted(result) : result
}

@Resolver()
export class RetractTestResult {
  @Auth({ roles: [Role.STAFF, Role.SYSTEM] })
  @Mutation(() => RetractTestResultResult, {
    description:
      'Takes back a result that its patient can read: it waits until a clinician opens it again. For staff who release results.',
  })
  retractTestResult(
    @Arg('input', () => RetractTestResultInput, { description: 'Which result, and why.' })
    input: RetractTestResultInput,
    @Ctx() context: Context,
  ) {
    return idempotent(context, input, retractTestResult)
  }
}
