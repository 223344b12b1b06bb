import { Ctx, Field, FieldResolver, Float, ID, ObjectType, Resolver, Root } from 'type-graphql'
import { Auth } from '../../runtime/auth.ts'
import type { Context } from '../../runtime/context.ts'
import { DateTime } from '../../runtime/scalars.ts'
import { ObservationFlag, ValueComparator } from './observation-words.ts'
import { ReferenceRangeType } from './reference-range.type.ts'
import type { ShownObservation } from './shown-observation.ts'
import { shownOfResult } from './shown-of-result.ts'
import { TestResultStatus } from './test-result-status.ts'
import { trendOf } from './trend.ts'
import { TrendPointType } from './trend-point.type.ts'

@ObjectType('TestObservation', {
  description: 'One value of a result, with the range of the laboratory that measured it.',
})
export class TestObservationType {
  @Auth(shownOfResult)
  @Field(() => ID, { description: 'Unique within the result.' })
  id!: string

  @Auth(shownOfResult)
  @Field(() => String, { description: 'What was measured: "Haemoglobin".' })
  name!: string

  @Auth(shownOfResult)
  @Field(() => String, { nullable: true, description: 'Its code; null when the laboratory gave none.' })
  code!: string | null

  @Auth(shownOfResult)
  @Field(() => String, {
    nullable: true,
    description: 'Whose code it is: "LOINC", "SNOMED-CT", "L" for the laboratory\'s own; null without a code.',
  })
  codeSystem!: string | null

  @Auth(shownOfResult)
  @Field(() => String, {
    description:
      'As reported, with its sign: "135", "<5", "Not detected". Empty when nothing was, or it was withdrawn.',
  })
  value!: string

  @Auth(shownOfResult)
  @Field(() => Float, { nullable: true, description: 'The number in it, when it is one: 5 for "<5".' })
  number!: number | null

  @Auth(shownOfResult)
  @Field(() => ValueComparator, {
    nullable: true,
    description: 'Which way the number is not exact; null when it is exact, or there is none.',
  })
  comparator!: ValueComparator | null

  @Auth(shownOfResult)
  @Field(() => String, { nullable: true, description: 'As the UK writes it: "g/L", "x10⁹/L"; null when it has none.' })
  unit!: string | null

  @Auth(shownOfResult)
  @Field(() => ReferenceRangeType, {
    nullable: true,
    description: 'Its own range; null when the laboratory gave none.',
  })
  range!: ReferenceRangeType | null

  @Auth(shownOfResult)
  @Field(() => ObservationFlag, { description: 'What the laboratory said of it. Never computed here.' })
  flag!: ObservationFlag

  @Auth(shownOfResult)
  @Field(() => TestResultStatus, { description: 'How far this value is.' })
  status!: TestResultStatus

  @Auth(shownOfResult)
  @Field(() => [String], { description: 'What the laboratory remarked on it.' })
  comments!: string[]

  @Auth(shownOfResult)
  @Field(() => DateTime, {
    nullable: true,
    description: 'When it was measured, or the sample taken; null when not said.',
  })
  measuredAt!: Date | null
}

/** What a value says beside others of the same test. */
@Resolver(() => TestObservationType)
export class TestObservationFields {
  @Auth(shownOfResult)
  @FieldResolver(() => [TrendPointType], {
    description:
      'Earlier and later values of the same test of the same laboratory, in the same unit, that the patient can read: oldest first, this one included, at most 50. Empty when it is no number.',
  })
  trend(@Root() value: ShownObservation, @Ctx() context: Context) {
    return trendOf(context, value)
  }

  /** A range has no owner of its own in the database: it is its value's. */
  @Auth(shownOfResult)
  @FieldResolver(() => ReferenceRangeType, { nullable: true })
  range(@Root() { range, ownerId }: ShownObservation) {
    return range && { ...range, ownerId }
  }
}
