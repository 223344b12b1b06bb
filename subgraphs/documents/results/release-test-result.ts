import { Arg, Ctx, Field, InputType, Mutation, ObjectType, Resolver } from 'type-graphql'
import { Auth } from '../../runtime/auth.ts'
import type { Context } from '../../runtime/context.ts'
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

@InputType({ description: 'Which result a clinician opens to its patient.' })
export class ReleaseTestResultInput extends ActOnResultInput {}

@ObjectType({ description: 'The patient can read the result from now on.' })
export class TestResultReleased {
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

export const ReleaseTestResultResult = outcomes(
  'ReleaseTestResultResult',
  'What opening a result to its patient can come to.',
  [TestResultReleased, TestResultNotFound, TestResultHasChanged, TestResultNotReleasable],
)

export async function releaseTestResult(
  context: Context,
  input: ReleaseTestResultInput,
): Promise<typeof ReleaseTestResultResult> {
  const result = await actOnResult(context, input, {
    act: ReleaseAct.RELEASED,
    whyNot: (it, now) => it.whyNotRelease(now),
    do: (it, now) => it.release(now),
  })
  return result instanceof TestResult ? new TestResultReleased(result) : result
}

@Resolver()
export class ReleaseTestResult {
  @Auth({ roles: [Role.STAFF, Role.SYSTEM] })
  @Mutation(() => ReleaseTestResultResult, {
    description: 'Opens a finished result to its patient now, whatever it waits for. For staff who release results.',
  })
  releaseTestResult(
    @Arg('input', () => ReleaseTestResultInput, { description: 'Which result.' }) input: ReleaseTestResultInput,
    @Ctx() context: Context,
  ) {
    return idempotent(context, input, releaseTestResult)
  }
}
