import { Field, ObjectType } from 'type-graphql'
import { Auth, Relation } from '../../runtime/auth.ts'
import { Role } from '../../runtime/viewer.ts'

const own = { roles: [Role.PATIENT, Role.SYSTEM], relation: Relation.SELF }

@ObjectType('LetterAddressee', { description: 'To whom a letter was written, as the record was then.' })
export class LetterAddresseeType {
  @Auth(own)
  @Field(() => String, { description: 'Their whole name.' })
  name!: string

  @Auth(own)
  @Field(() => [String], { description: 'Their address, the postcode in the last line.' })
  addressLines!: string[]

  @Auth(own)
  @Field(() => String, { nullable: true, description: 'Their NHS number, ten digits.' })
  nhsNumber!: string | null

  @Auth(own)
  @Field(() => String, { nullable: true, description: "The hospital's number for them." })
  hospitalNumber!: string | null
}
