import { Field, InputType } from 'type-graphql'

@InputType({ description: 'A part of a letter, or of a report in words. Text, never markup.' })
export class LetterSectionInput {
  @Field(() => String, { description: 'What it is about.' })
  heading!: string

  @Field(() => String, { nullable: true, description: 'SNOMED CT code of its heading; left out when it has none.' })
  code?: string | null

  @Field(() => [String], { description: 'Its paragraphs, which come before the items.' })
  paragraphs!: string[]

  @Field(() => [String], { description: 'Its list, one item each.' })
  items!: string[]
}
