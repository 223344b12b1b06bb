import { Field, Float, ID, ObjectType } from 'type-graphql'
import { Auth } from '../../runtime/auth.ts'
import { DateTime } from '../../runtime/scalars.ts'
import { ObservationFlag, ValueComparator } from './observation-words.ts'
import { ReferenceRangeType } from './reference-range.type.ts'
import { shownOfResult } from './shown-of-result.ts'

@ObjectType('TrendPoint', { description: 'One of several values of the same test of the same laboratory.' })
export class TrendPointType {
  @Auth(shownOfResult)
  @Field(() => ID, { description: 'The result it is part of.' })
  resultId!: string

  @Auth(shownOfResult)
  @Field(() => DateTime, { description: 'When it was measured.' })
  measuredAt!: Date

  @Auth(shownOfResult)
  @Field(() => String, { description: 'As reported, with its sign.' })
  value!: string

  @Auth(shownOfResult)
  @Field(() => Float, { description: 'The number in it.' })
  number!: number

  @Auth(shownOfResult)
  @Field(() => ValueComparator, { nullable: true, description: 'Which way the number is not exact; null when it is.' })
  comparator!: ValueComparator | null

  @Auth(shownOfResult)
  @Field(() => String, { nullable: true, description: 'Its unit, the same for all; null when it has none.' })
  unit!: string | null

  @Auth(shownOfResult)
  @Field(() => ReferenceRangeType, { nullable: true, description: 'Its own range, as the laboratory gave it then.' })
  range!: ReferenceRangeType | null

  @Auth(shownOfResult)
  @Field(() => ObservationFlag, { description: 'What the laboratory said of it then.' })
  flag!: ObservationFlag
}
