import { Field, Float, ObjectType } from 'type-graphql'
import { Auth } from '../../runtime/auth.ts'
import { shownOfResult } from './shown-of-result.ts'

@ObjectType('ReferenceRange', {
  description: 'The range of the laboratory that measured a value. About 1 in 20 healthy people fall outside theirs.',
})
export class ReferenceRangeType {
  @Auth(shownOfResult)
  @Field(() => String, { description: 'As reported: "130-180", "<48".' })
  text!: string

  @Auth(shownOfResult)
  @Field(() => Float, { nullable: true, description: 'Where it begins; null when it has no lower end, or is words.' })
  low!: number | null

  @Auth(shownOfResult)
  @Field(() => Float, { nullable: true, description: 'Where it ends; null when it has no upper end, or is words.' })
  high!: number | null
}
