import { isDeepStrictEqual } from 'node:util'
import { defineEntity, p } from '@mikro-orm/core'
import { HospitalDocument } from '../hospital-document.entity.ts'
import type { LetterContent } from './letter-content.ts'

const BookingLetterTable = defineEntity({
  name: 'BookingLetter',
  extends: HospitalDocument,
  discriminatorValue: 'BOOKING_LETTER',
  properties: {
    /** The first letter about an appointment is 1; each booking of the hospital's that says something else is the next. */
    number: p.integer(),
    startsAt: p.datetime(3),
    /** What it says, as it was written: a letter never changes. */
    content: p.json<LetterContent>(),
  },
  uniques: [{ name: 'booking_letter_number', properties: ['appointmentId', 'number'] }],
})

/** The letter about one booking, as it was written then. */
export class BookingLetter extends BookingLetterTable.class {
  /** It is always about one. */
  declare appointmentId: string

  says(content: LetterContent): boolean {
    return isDeepStrictEqual(this.content, content)
  }
}
BookingLetterTable.setClass(BookingLetter)
