import { Field, InputType } from 'type-graphql'
import { DateTime } from '../../runtime/scalars.ts'
import { CodedNameInput } from './coded-name.input.ts'

@InputType({ description: 'One value, as the laboratory sent it.' })
export class TestObservationInput {
  @Field(() => String, { description: 'Unique within the result: its code and sub-id.' })
  key!: string

  @Field(() => CodedNameInput, { description: 'What was measured.' })
  test!: CodedNameInput

  @Field(() => String, { description: 'The value as it stands: "49", "<5", "1:64", "Not detected".' })
  value!: string

  @Field(() => String, { nullable: true, description: 'Its unit as it stands, escaped or not.' })
  unit?: string | null

  @Field(() => String, { nullable: true, description: 'The laboratory\'s range for it as it stands: "130-180".' })
  range?: string | null

  @Field(() => String, { nullable: true, description: 'OBX-8 as it stands; several parted by "~".' })
  flag?: string | null

  @Field(() => String, { description: 'OBX-11 as it stands.' })
  status!: string

  @Field(() => DateTime, { nullable: true, description: 'When it was measured; left out: when the sample was taken.' })
  measuredAt?: Date | null

  @Field(() => [String], { nullable: true, description: 'What the laboratory remarked on it.' })
  comments?: string[] | null
}
