import { isDeepStrictEqual } from 'node:util'
import { defineEntity, p } from '@mikro-orm/core'
import { AppointmentStub } from '../appointment.stub.ts'
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
  /** When the appointment is by now: the gateway brings it along. */
  declare startsAtNow?: Date

  get appointment() {
    return new AppointmentStub(this.appointmentId, this.patientId)
  }

  get addressee() {
    return { ...this.content.addressee, ownerId: this.patientId }
  }

  get sections() {
    return this.content.sections.map((section) => ({ ...section, ownerId: this.patientId }))
  }

  says(content: LetterContent): boolean {
    return isDeepStrictEqual(this.content, content)
  }

  showsOldTime(): boolean {
    if (!this.startsAtNow) throw new Error('the time of the appointment did not come along')
    return this.startsAtNow.getTime() !== this.startsAt.getTime()
  }
}
BookingLetterTable.setClass(BookingLetter)
