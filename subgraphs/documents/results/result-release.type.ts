import { Ctx, Field, FieldResolver, ObjectType, Resolver, Root } from 'type-graphql'
import { Auth } from '../../runtime/auth.ts'
import { batched } from '../../runtime/batch.ts'
import type { Context } from '../../runtime/context.ts'
import { DateTime } from '../../runtime/scalars.ts'
import { isAlarming } from './release-alarm.ts'
import { ReleaseStep } from './release-step.entity.ts'
import { ReleaseStepType } from './release-step.type.ts'
import { ReleaseClass, ReleaseReason } from './release-words.ts'
import { shownOfRelease } from './shown-of-result.ts'
import type { TestResult } from './test-result.entity.ts'

@ObjectType('ResultRelease', { description: 'How a result comes to be open to its patient.' })
export class ResultReleaseType {
  readonly ownerId: string
  readonly result: TestResult

  @Auth(shownOfRelease)
  @Field(() => ReleaseClass, { description: 'How results of its kind come to be open.' })
  readonly class: ReleaseClass

  @Auth(shownOfRelease)
  @Field(() => ReleaseReason, { description: 'Why it is open, or waits.' })
  readonly reason: ReleaseReason

  @Auth(shownOfRelease)
  @Field(() => DateTime, {
    nullable: true,
    description: 'When it opens by itself, or was opened; null: only a clinician opens it.',
  })
  readonly opensAt: Date | null

  constructor(result: TestResult) {
    this.ownerId = result.ownerId
    this.result = result
    this.class = result.releaseClass
    this.reason = result.releaseReason
    this.opensAt = result.opensAt ?? null
  }
}

/** What has to be read, or computed from the time, to say how a result comes to be open. */
@Resolver(() => ResultReleaseType)
export class ResultReleaseFields {
  @Auth(shownOfRelease)
  @FieldResolver(() => Boolean, {
    description:
      'True when it waits with a critical value, opens by itself within the days that the trust sets (resultAlarmDays), or has waited for a clinician longer than reports do (resultReleaseDays).',
  })
  alarm(@Root() { result }: ResultReleaseType, @Ctx() { clock, trust }: Context): boolean {
    return isAlarming(result, clock.now(), trust)
  }

  @Auth(shownOfRelease)
  @FieldResolver(() => [ReleaseStepType], { description: 'What was done, oldest first.' })
  async steps(@Root() { result }: ResultReleaseType, @Ctx() context: Context) {
    return (await stepsOfResult(context, result.id)) ?? []
  }
}

const stepsOfResult = batched(async ({ em }, resultIds) => {
  const where = { resultId: { $in: [...resultIds] } }
  const steps = await em.find(ReleaseStep, where, { orderBy: { resultId: 'asc', sequence: 'asc' } })
  return Map.groupBy(steps, (step) => step.resultId)
})
