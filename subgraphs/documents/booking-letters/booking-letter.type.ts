import { Directive, Field, FieldResolver, ObjectType, Resolver, Root } from 'type-graphql'
import { Auth, Relation } from '../../runtime/auth.ts'
import { DateTime } from '../../runtime/scalars.ts'
import { Role } from '../../runtime/viewer.ts'
import type { BookingLetter } from './booking-letter.entity.ts'
import { AppointmentStub } from '../appointment.stub.ts'
import { ClinicalDocument } from '../clinical-document.ts'

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

@ObjectType('LetterSection', { description: 'A part of a letter. Text, never markup.' })
export class LetterSectionType {
  @Auth(own)
  @Field(() => String, { description: 'What it is about.' })
  heading!: string

  @Auth(own)
  @Field(() => [String], { description: 'Its paragraphs, which come before the items.' })
  paragraphs!: string[]

  @Auth(own)
  @Field(() => [String], { description: 'Its list, one item each.' })
  items!: string[]
}

@Directive('@key(fields: "id")')
@ObjectType('AppointmentLetter', {
  implements: ClinicalDocument,
  description:
    'The letter about one booking, as it was written then. It never changes; a move by the hospital writes another.',
})
export class AppointmentLetterType extends ClinicalDocument {
  @Auth(own)
  @Field(() => AppointmentStub, { description: 'The appointment it is about.' })
  appointment!: AppointmentStub

  @Auth(own)
  @Field(() => LetterAddresseeType, { description: 'To whom it was written.' })
  addressee!: LetterAddresseeType

  @Auth(own)
  @Field(() => DateTime, { description: 'When the appointment starts, as the letter says it.' })
  startsAt!: Date

  @Auth(own)
  @Field(() => [LetterSectionType], { description: 'What it says, part by part.' })
  sections!: LetterSectionType[]
}

@Resolver(() => AppointmentLetterType)
export class AppointmentLetterFields {
  @Auth(own)
  @Directive('@requires(fields: "appointment { startsAt }")')
  @FieldResolver(() => Boolean, {
    description:
      'True when the appointment is at another time by now: after a change by the patient no new letter comes.',
  })
  showsOldTime(@Root() letter: BookingLetter): boolean {
    return letter.showsOldTime()
  }
}
