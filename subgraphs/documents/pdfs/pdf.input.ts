import { Field, InputType } from 'type-graphql'

@InputType({ description: 'A PDF as the hospital sent it. It is checked before anybody can see it.' })
export class PdfInput {
  @Field(() => String, { description: 'The file, base64: at most 20 MB when decoded.' })
  base64!: string

  @Field(() => String, {
    nullable: true,
    description: 'What it was called at the hospital. Never used: such names may be personal, or a path.',
  })
  fileName?: string | null
}
