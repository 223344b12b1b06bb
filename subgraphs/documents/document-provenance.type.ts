import { Field, ObjectType } from 'type-graphql'
import { Auth, type Owned, Relation } from '../runtime/auth.ts'
import { DateTime } from '../runtime/scalars.ts'
import { Role } from '../runtime/viewer.ts'

const ownAndDesk = { roles: [Role.PATIENT, Role.SYSTEM, Role.STAFF], relation: Relation.SELF }

@ObjectType({ description: 'Where a document came from.' })
export class DocumentProvenance implements Owned {
  @Auth(ownAndDesk)
  @Field(() => String, { description: 'ODS code of the trust whose system said it.' })
  sourceCode!: string

  @Auth(ownAndDesk)
  @Field(() => String, {
    nullable: true,
    description: 'What that system calls it; null for what the portal writes itself, and while it waits.',
  })
  sourceId!: string | null

  @Auth(ownAndDesk)
  @Field(() => String, { nullable: true, description: 'Its version there, when it has one.' })
  version!: string | null

  @Auth(ownAndDesk)
  @Field(() => DateTime, {
    description: "When the portal got it; of a partner's, when it was last fetched.",
  })
  receivedAt!: Date

  readonly ownerId!: string
}
