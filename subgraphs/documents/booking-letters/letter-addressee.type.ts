import { Field, ObjectType } from 'type-graphql'
import { Auth, Relation } from '../../runtime/auth.ts'
import { Role } from '../../runtime/viewer.ts'
import { shownOfDocument } from '../shown-of-document.ts'

/** Where somebody lives is not a partner's to know from us. */
const shownOfHome = { roles: [Role.PATIENT, Role.SYSTEM], relation: Relation.SELF }

@ObjectType('LetterAddressee', { description: 'To whom a letter was written, as the record was then.' })
export class LetterAddresseeType {
  @Auth(shownOfDocument)
  @Field(() => String, { description: 'Their whole name.' })
  name!: string

  @Auth(shownOfHome)
  @Field(() => [String], { description: 'Their address, the postcode in the last line.' })
  addressLines!: string[]

  @Auth(shownOfDocument)
  @Field(() => String, { nullable: true, description: 'Their NHS number, ten digits.' })
  nhsNumber!: string | null

  @Auth(shownOfDocument)
  @Field(() => String, { nullable: true, description: "The hospital's number for them." })
  hospitalNumber!: string | null
}
