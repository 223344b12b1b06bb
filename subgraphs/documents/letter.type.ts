import { Directive, Field, InterfaceType, ObjectType } from 'type-graphql'
import { Auth } from '../runtime/auth.ts'
import { DateTime } from '../runtime/scalars.ts'
import { LetterAddresseeType } from './booking-letters/letter-addressee.type.ts'
import { ClinicalDocument, typeOfDocument } from './clinical-document.ts'
import { LetterSectionType } from './letter-section.type.ts'
import { shownOfDocument, shownToReader } from './shown-of-document.ts'

@InterfaceType('Letter', {
  implements: ClinicalDocument,
  description: 'A document that is read as text, part by part.',
  resolveType: typeOfDocument,
})
export abstract class LetterType extends ClinicalDocument {
  @Auth(shownOfDocument)
  @Field(() => [LetterSectionType], {
    description:
      'What it says. Empty while it waits, when withdrawn, and when there is only a PDF whose text could not be read.',
  })
  sections!: LetterSectionType[]

  @Auth(shownOfDocument)
  @Field(() => Boolean, {
    description: "True when the sections were read out of the hospital's PDF: the PDF is what counts.",
  })
  textFromPdf!: boolean

  @Auth(shownOfDocument)
  @Field(() => String, { nullable: true, description: 'Who wrote it, as the hospital names them; null when not said.' })
  author!: string | null
}

@InterfaceType('BookingLetter', {
  implements: [ClinicalDocument, LetterType],
  description:
    'A letter about one booking, as it was written then. It never changes; a move by the hospital writes another.',
  resolveType: typeOfDocument,
})
export abstract class BookingLetterType extends LetterType {
  @Auth(shownOfDocument)
  @Field(() => LetterAddresseeType, { description: 'To whom it was written.' })
  addressee!: LetterAddresseeType

  @Auth(shownOfDocument)
  @Field(() => DateTime, { description: 'When the appointment or stay starts, as the letter says it.' })
  startsAt!: Date

  @Auth(shownToReader)
  @Field(() => Boolean, {
    description:
      'True when the appointment is at another time by now: after a change by the patient no new letter comes.',
  })
  showsOldTime!: boolean
}

const letter = { implements: [ClinicalDocument, LetterType] }
const bookingLetter = { implements: [ClinicalDocument, LetterType, BookingLetterType] }

@Directive('@key(fields: "id")')
@ObjectType('AppointmentLetter', { ...bookingLetter, description: 'The letter about a visit to a clinic.' })
export class AppointmentLetterType extends BookingLetterType {}

@Directive('@key(fields: "id")')
@ObjectType('AdmissionLetter', { ...bookingLetter, description: 'The letter about a stay in hospital.' })
export class AdmissionLetterType extends BookingLetterType {}

@ObjectType('OutcomeLetter', { ...letter, description: 'What came of a visit to a clinic.' })
export class OutcomeLetterType extends LetterType {}

@ObjectType('DischargeSummary', {
  ...letter,
  description: 'What was done during a stay in hospital, and what follows.',
})
export class DischargeSummaryType extends LetterType {}

@ObjectType('OtherLetter', {
  ...letter,
  description: 'Any other letter of a hospital: of no kind that the portal has a page of its own for.',
})
export class OtherLetterType extends LetterType {}

/** Reached only through the interfaces. */
export const letterTypes = [
  AppointmentLetterType,
  AdmissionLetterType,
  OutcomeLetterType,
  DischargeSummaryType,
  OtherLetterType,
]
