import { Field, InputType } from 'type-graphql'

@InputType({ description: 'What a test is called, and its code where it has one.' })
export class CodedNameInput {
  @Field(() => String, { nullable: true, description: 'Its code; left out when it has none.' })
  code?: string | null

  @Field(() => String, {
    nullable: true,
    description: 'Whose code it is: "LN", "SCT", "http://loinc.org". Left out, or "L": the laboratory\'s own.',
  })
  system?: string | null

  @Field(() => String, { description: 'Its name: "Haemoglobin".' })
  name!: string
}
