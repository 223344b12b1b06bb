import { Arg, Ctx, Field, InputType, Mutation, ObjectType, Resolver } from 'type-graphql'
import { Auth } from '../../runtime/auth.ts'
import type { Context } from '../../runtime/context.ts'
import { dayInWords } from '../../runtime/dates-in-words.ts'
import { neededText } from '../../runtime/free-text.ts'
import { idempotent } from '../../runtime/idempotency.ts'
import { londonDate, plusDays } from '../../runtime/london.ts'
import { outcomes } from '../../runtime/outcome.ts'
import { badInput } from '../../runtime/problem.ts'
import { LocalDate } from '../../runtime/scalars.ts'
import { Role } from '../../runtime/viewer.ts'
import { shown } from '../shown-document.ts'
import { ActOnResultInput } from './act-on-result.input.ts'
import { actOnResult } from './act-on-result.ts'
import { morningOf } from './release-rule.ts'
import { ReleaseAct } from './release-words.ts'
import { TestResultHasChanged } from './test-result-has-changed.ts'
import { TestResultNotFound } from './test-result-not-found.ts'
import { TestResultNotReleasable } from './test-result-not-releasable.ts'
import { TestResult } from './test-result.entity.ts'
import { TestResultType } from './test-result.type.ts'

@InputType({ description: 'Which result a clinician holds, until when, and why.' })
export class HoldTestResultInput extends ActOnResultInput {
  @Field(() => LocalDate, {
    description:
      'The last London day on which it is held: from tomorrow, and not before the day on which it opens by itself, for as long as a report waits (resultReleaseDays). It opens on the morning after.',
  })
  until!: string

  @Field(() => String, { description: 'Why, in words for colleagues: 1 to 500 characters.' })
  reason!: string
}

@ObjectType({ description: 'The result waits until the morning after a day.' })
export class TestResultHeld {
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

export const HoldTestResultResult = outcomes('HoldTestResultResult', 'What holding a result can come to.', [
  TestResultHeld,
  TestResultNotFound,
  TestResultHasChanged,
  TestResultNotReleasable,
])

export async function holdTestResult(
  context: Context,
  input: HoldTestResultInput,
): Promise<typeof HoldTestResultResult> {
  const reason = neededText('reason', input.reason)
  const lastDay = lastDayFor(input.until, context)
  const result = await actOnResult(context, input, {
    act: ReleaseAct.HELD,
    reason,
    whyNot: (it, now) => it.whyNotHold(now) ?? whyNotLater(it, input.until, lastDay),
    do: (it) => it.hold(morningOf(plusDays(input.until, 1))),
  })
  return result instanceof TestResult ? new TestResultHeld(result) : result
}

/** The last day to which anything can be held: a hold may last as long as a report waits, and no longer. */
function lastDayFor(until: string, { clock, trust }: Context): string {
  const today = londonDate(clock.now())
  const [first, last] = [plusDays(today, 1), plusDays(today, trust.resultReleaseDays)]
  if (until < first || until > last) throw badInput(`until: choose a day from ${first} to ${last}.`)
  return last
}

/** A hold makes a result open later than it would by itself, or by the hold before; it is not a way to open it sooner. */
function whyNotLater({ opensAt }: TestResult, until: string, lastDay: string): string | undefined {
  if (!opensAt) return undefined
  const first = londonDate(opensAt)
  if (until >= first) return undefined
  const opens = `This result opens by itself on ${dayInWords(opensAt)}`
  if (first > lastDay)
    return `${opens}. A hold can last until ${dayInWords(morningOf(lastDay))} at most, so today it cannot be held for longer. To open it sooner, release it.`
  return `${opens}, and a hold never opens it sooner. Hold it until that day or a later one, or release it.`
}

@Resolver()
export class HoldTestResult {
  @Auth({ roles: [Role.STAFF, Role.SYSTEM] })
  @Mutation(() => HoldTestResultResult, {
    description:
      'Lets a result that would open by itself wait for longer, until the morning after a day: never less than it would without the hold, or by the hold before. One that was taken back can be held to any day. For staff who release results.',
  })
  holdTestResult(
    @Arg('input', () => HoldTestResultInput, { description: 'Which result, until when, and why.' })
    input: HoldTestResultInput,
    @Ctx() context: Context,
  ) {
    return idempotent(context, input, holdTestResult)
  }
}
