import { Field, ObjectType } from 'type-graphql'
import { Auth, type Owned } from '../runtime/auth.ts'
import { DateTime } from '../runtime/scalars.ts'
import { shownOfAnyDocument } from './shown-of-document.ts'

@ObjectType({ description: 'Where a document came from.' })
export class DocumentProvenance implements Owned {
  @Auth(shownOfAnyDocument)
  @Field(() => String, { description: 'ODS code of the trust whose system said it.' })
  sourceCode!: string

  @Auth(shownOfAnyDocument)
  @Field(() => String, {
    nullable: true,
    description: 'What that system calls it; null for what the portal writes itself, and while it waits.',
  })
  sourceId!: string | null

  @Auth(shownOfAnyDocument)
  @Field(() => String, { nullable: true, description: 'Its version there, when it has one.' })
  version!: string | null

  @Auth(shownOfAnyDocument)
  @Field(() => DateTime, {
    description: "When the portal got it; of a partner's, when it was last fetched.",
  })
  receivedAt!: Date

  readonly ownerId!: string
}
