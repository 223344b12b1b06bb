import { Field, ID, InputType } from 'type-graphql'
import { DateTime, LocalDate } from '../runtime/scalars.ts'
import { LetterFormat } from './letter-format.ts'
import { PersonNameInput, PostalAddressInput } from './patient.type.ts'

@InputType({ description: "The hospital's word on a person. What is left out changes nothing; null clears." })
export class RecordPatientInput {
  @Field(() => ID, { description: 'A new UUID for each request; a repeat with the same one does nothing.' })
  idempotencyKey!: string

  @Field(() => DateTime, { description: 'When it happened at the hospital. This decides the order, not the arrival.' })
  eventAt!: Date

  @Field(() => String, {
    nullable: true,
    description: "The hospital's number for the person: the key of a person in the feeds.",
  })
  hospitalNumber?: string | null

  @Field(() => String, {
    nullable: true,
    description: 'The NHS number, if known. One with a wrong check digit is dropped and flagged.',
  })
  nhsNumber?: string | null

  @Field(() => PersonNameInput, { nullable: true, description: 'The name.' })
  name?: PersonNameInput | null

  @Field(() => LocalDate, { nullable: true, description: 'Date of birth.' })
  bornOn?: string | null

  @Field(() => String, {
    nullable: true,
    description: 'Person stated gender code, as the NHS Data Dictionary has it: 1, 2, 9 or X.',
  })
  sex?: string | null

  @Field(() => PostalAddressInput, { nullable: true, description: 'Where letters go.' })
  address?: PostalAddressInput | null

  @Field(() => String, { nullable: true, description: 'UK mobile. One that is not is dropped and flagged.' })
  mobile?: string | null

  @Field(() => String, { nullable: true, description: 'Another phone number.' })
  homePhone?: string | null

  @Field(() => String, { nullable: true, description: 'E-mail address. One that is not is dropped and flagged.' })
  email?: string | null

  @Field(() => String, { nullable: true, description: 'The language the person prefers.' })
  preferredLanguage?: string | null

  @Field(() => String, { nullable: true, description: 'The language an interpreter is needed for.' })
  interpreterLanguage?: string | null

  @Field(() => LetterFormat, { nullable: true, description: 'The form in which letters are needed.' })
  letterFormat?: LetterFormat | null

  @Field(() => Boolean, { nullable: true, description: 'Whether hospital transport is needed.' })
  transport?: boolean | null

  @Field(() => String, { nullable: true, description: 'ODS code of the general practice.' })
  generalPractice?: string | null

  @Field(() => Boolean, {
    nullable: true,
    description: 'True when the person has died: sessions end, nothing is sent.',
  })
  deceased?: boolean | null

  @Field(() => Boolean, {
    nullable: true,
    description: 'True when the hospital keeps the person out of the portal: sessions end, nothing is sent.',
  })
  sensitive?: boolean | null
}
