import { Field, ID, InputType, Int } from 'type-graphql'

@InputType({ description: 'Which result a clinician acts on.' })
export abstract class ActOnResultInput {
  @Field(() => ID, { description: 'Made when the form is rendered: the same key is the same request.' })
  idempotencyKey!: string

  @Field(() => ID, { description: 'The result.' })
  resultId!: string

  @Field(() => Int, {
    description: 'How many steps of its release the page showed: with another number by now, nothing is done.',
  })
  steps!: number
}
