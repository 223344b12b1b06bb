import { defineEntity, p } from '@mikro-orm/core'
import type { ContactCard } from '../runtime/contact-card.ts'
import type { Trust } from '../runtime/trust.ts'
import { ClinicMode } from './clinic-mode.ts'
import { Medium } from './medium.ts'
import type { Place } from './place.ts'

const ClinicTable = defineEntity({
  name: 'Clinic',
  properties: {
    /** The hospital's own code. */
    code: p.string().primary(),
    name: p.text(),
    specialty: p.text(),
    mode: p.enum(() => ClinicMode),
    contact: p.json<ContactCard>().nullable(),
    place: p.json<Place>().nullable(),
    medium: p.enum(() => Medium),
    appointmentMinutes: p.integer(),
    whatToBring: p.json<string[]>(),
    preparation: p.json<string[]>(),
    letterIntroduction: p.text().nullable(),
    ifYouDoNotAttend: p.text().nullable(),
    /** The trust keeps this clinic out of the portal: its bookings are neither taken in nor shown. */
    excluded: p.boolean().default(false),
  },
})

/** A clinic, with what holds for all of its appointments. */
export class Clinic extends ClinicTable.class {
  /** Whom to phone about its appointments: the trust's own team, when the clinic has nobody who can be reached. */
  contactIn({ appointmentsTeam }: Trust): ContactCard {
    const { contact } = this
    return contact && (contact.phone || contact.textphone || contact.email)
      ? contact
      : (appointmentsTeam as ContactCard)
  }
}
ClinicTable.setClass(Clinic)
