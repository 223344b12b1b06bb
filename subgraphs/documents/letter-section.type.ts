import { Field, ObjectType } from 'type-graphql'
import { Auth } from '../runtime/auth.ts'
import { shownOfAnyDocument } from './shown-of-document.ts'

@ObjectType('LetterSection', { description: 'A part of a letter, or of a report in words. Text, never markup.' })
export class LetterSectionType {
  @Auth(shownOfAnyDocument)
  @Field(() => String, { description: 'What it is about.' })
  heading!: string

  @Auth(shownOfAnyDocument)
  @Field(() => String, {
    nullable: true,
    description:
      'SNOMED CT code of its heading, of those the Professional Record Standards Body lists; null when it is none.',
  })
  code!: string | null

  @Auth(shownOfAnyDocument)
  @Field(() => [String], { description: 'Its paragraphs, which come before the items.' })
  paragraphs!: string[]

  @Auth(shownOfAnyDocument)
  @Field(() => [String], { description: 'Its list, one item each.' })
  items!: string[]
}
