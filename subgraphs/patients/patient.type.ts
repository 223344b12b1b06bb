import { Directive, Field, ID, InputType, ObjectType } from 'type-graphql'
import { Auth, Relation } from '../runtime/auth.ts'
import { LocalDate } from '../runtime/scalars.ts'
import { Role } from '../runtime/viewer.ts'
import { LetterFormat } from './letter-format.ts'

const own = { roles: [Role.PATIENT, Role.SYSTEM], relation: Relation.SELF }
/** What staff need to know somebody by, and to reach them. They come to a patient by an appointment or a request, never by a search. */
const ownAndStaff = { roles: [Role.PATIENT, Role.STAFF, Role.SYSTEM], relation: Relation.SELF }
/** What a partner that was granted the record sees of the person: who they are, and what they need. */
const ownStaffAndPartners = {
  roles: [Role.PATIENT, Role.PARTNER, Role.STAFF, Role.SYSTEM],
  scopes: ['patients.read'],
  relation: Relation.SELF,
}
/** Nobody reads of themselves that they have died. */
const staffAndSystems = { roles: [Role.STAFF, Role.SYSTEM], relation: Relation.SELF }

@ObjectType('PersonName', { description: "A person's name, in its parts and as it is said." })
export class PersonNameType {
  @Auth(ownStaffAndPartners)
  @Field(() => String, { nullable: true, description: 'Mr, Mrs, Dr and so on, when the record has one.' })
  title!: string | null

  @Auth(ownStaffAndPartners)
  @Field(() => [String], { description: 'Given names, the first one first.' })
  given!: string[]

  @Auth(ownStaffAndPartners)
  @Field(() => String, { description: 'Family name.' })
  family!: string

  @Auth(ownStaffAndPartners)
  @Field(() => String, { description: 'The whole name in reading order: "Dr Amal Jane Haddad".' })
  full!: string
}

@ObjectType('PostalAddress', { description: 'Where letters go.' })
export class PostalAddressType {
  @Auth(own)
  @Field(() => [String], { description: 'The lines of the address, without the postcode.' })
  lines!: string[]

  @Auth(own)
  @Field(() => String, { nullable: true, description: 'Postcode.' })
  postcode!: string | null
}

@ObjectType('CommunicationNeeds', {
  description: 'What a person needs from us to read, hear, speak and get here (Accessible Information Standard).',
})
export class CommunicationNeedsType {
  @Auth(ownStaffAndPartners)
  @Field(() => String, { nullable: true, description: 'The language the person prefers, as the record names it.' })
  preferredLanguage!: string | null

  @Auth(ownStaffAndPartners)
  @Field(() => String, { nullable: true, description: 'The language an interpreter is needed for; null when none is.' })
  interpreterLanguage!: string | null

  @Auth(ownStaffAndPartners)
  @Field(() => LetterFormat, { description: 'The form in which letters are needed.' })
  letterFormat!: LetterFormat

  @Auth(ownStaffAndPartners)
  @Field(() => Boolean, { description: 'True when the person needs hospital transport.' })
  transport!: boolean
}

@Directive('@key(fields: "id")')
@ObjectType('Patient', { description: 'A person with a record at this hospital.' })
export class PatientType {
  @Auth(ownStaffAndPartners)
  @Field(() => ID, { description: "The portal's own id. Not the NHS number, nor the hospital's." })
  id!: string

  @Auth(ownStaffAndPartners)
  @Field(() => String, { nullable: true, description: "The hospital's number for this person." })
  hospitalNumber!: string | null

  @Auth(ownStaffAndPartners)
  @Field(() => String, {
    nullable: true,
    description: 'The NHS number, ten digits, with a right check digit; null when the record has none.',
  })
  nhsNumber!: string | null

  @Auth(ownStaffAndPartners)
  @Field(() => PersonNameType, { description: 'Their name.' })
  name!: PersonNameType

  @Auth(ownStaffAndPartners)
  @Field(() => LocalDate, { description: 'Date of birth.' })
  bornOn!: string

  @Auth(own)
  @Field(() => PostalAddressType, { nullable: true, description: 'Where letters go.' })
  address!: PostalAddressType | null

  @Auth(ownAndStaff)
  @Field(() => String, { nullable: true, description: 'The UK mobile on the health record, E.164.' })
  mobile!: string | null

  @Auth(ownAndStaff)
  @Field(() => String, { nullable: true, description: 'Another phone number on the health record, E.164.' })
  homePhone!: string | null

  @Auth(ownAndStaff)
  @Field(() => String, { nullable: true, description: 'The e-mail address on the health record.' })
  email!: string | null

  @Auth(ownStaffAndPartners)
  @Field(() => CommunicationNeedsType, { description: 'What the person needs from us.' })
  needs!: CommunicationNeedsType

  @Auth(own)
  @Field(() => Boolean, { description: 'True when the person chose to have letters here and not on paper.' })
  paperless!: boolean

  @Auth(staffAndSystems)
  @Field(() => Boolean, {
    description: 'True when the record says that the person has died: nothing is sent, nobody logs in.',
  })
  deceased!: boolean
}

@InputType({ description: "A person's name, in its parts." })
export class PersonNameInput {
  @Field(() => String, { nullable: true, description: 'Mr, Mrs, Dr and so on.' })
  title?: string | null

  @Field(() => [String], { description: 'Given names, the first one first.' })
  given!: string[]

  @Field(() => String, { description: 'Family name.' })
  family!: string
}

@InputType({ description: 'Where letters go.' })
export class PostalAddressInput {
  @Field(() => [String], { description: 'The lines of the address, without the postcode.' })
  lines!: string[]

  @Field(() => String, { nullable: true, description: 'Postcode.' })
  postcode?: string | null
}
