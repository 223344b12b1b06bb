import { isDeepStrictEqual } from 'node:util'
import { defineEntity, OptionalProps, p } from '@mikro-orm/core'
import { AppointmentStub } from './appointment.stub.ts'
import type { LetterContent } from './letter-content.ts'

const AppointmentLetterTable = defineEntity({
  name: 'AppointmentLetter',
  properties: {
    id: p.string().primary(),
    patientId: p.string(),
    appointmentId: p.string(),
    /** The first letter about an appointment is 1; each booking of the hospital's that says something else is the next. */
    number: p.integer(),
    clinicCode: p.string(),
    /** Its clinic is kept out of the portal. */
    excluded: p.boolean().default(false),
    writtenOn: p.string(),
    trustName: p.text(),
    startsAt: p.datetime(3),
    /** What it says, as it was written: a letter never changes. */
    content: p.json<LetterContent>(),
  },
  uniques: [{ name: 'appointment_letter_number', properties: ['appointmentId', 'number'] }],
  indexes: [
    { name: 'appointment_letter_of_patient', properties: ['patientId'] },
    { name: 'appointment_letter_of_clinic', properties: ['clinicCode'] },
  ],
})

/** The letter about one booking, as it was written then. */
export class AppointmentLetter extends AppointmentLetterTable.class {
  declare [OptionalProps]?: 'ownerId' | 'title' | 'appointment' | 'addressee' | 'sections'
  /** When the appointment is by now: the gateway brings it along. */
  declare startsAtNow?: Date

  get ownerId() {
    return this.patientId
  }

  get title() {
    return this.content.title
  }

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
AppointmentLetterTable.setClass(AppointmentLetter)
