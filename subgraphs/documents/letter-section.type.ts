import { Field, ObjectType } from 'type-graphql'
import { Auth, Relation } from '../runtime/auth.ts'
import { Role } from '../runtime/viewer.ts'

const ownAndDesk = { roles: [Role.PATIENT, Role.SYSTEM, Role.STAFF], relation: Relation.SELF }

@ObjectType('LetterSection', { description: 'A part of a letter, or of a report in words. Text, never markup.' })
export class LetterSectionType {
  @Auth(ownAndDesk)
  @Field(() => String, { description: 'What it is about.' })
  heading!: string

  @Auth(ownAndDesk)
  @Field(() => String, {
    nullable: true,
    description:
      'SNOMED CT code of its heading, of those the Professional Record Standards Body lists; null when it is none.',
  })
  code!: string | null

  @Auth(ownAndDesk)
  @Field(() => [String], { description: 'Its paragraphs, which come before the items.' })
  paragraphs!: string[]

  @Auth(ownAndDesk)
  @Field(() => [String], { description: 'Its list, one item each.' })
  items!: string[]
}
