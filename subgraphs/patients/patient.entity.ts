import { defineEntity, OptionalProps, p } from '@mikro-orm/core'
import type { Clock } from '../runtime/clock.ts'
import { ageOn, londonDate } from '../runtime/london.ts'
import type { Trust } from '../runtime/trust.ts'
import { LetterFormat } from './letter-format.ts'

const PatientTable = defineEntity({
  name: 'Patient',
  properties: {
    id: p.string().primary(),
    hospitalNumber: p.string().nullable(),
    nhsNumber: p.string().nullable(),
    title: p.string().nullable(),
    given: p.json<string[]>(),
    family: p.string(),
    bornOn: p.string(),
    sex: p.string().nullable(),
    addressLines: p.json<string[]>(),
    postcode: p.string().nullable(),
    mobile: p.string().nullable(),
    homePhone: p.string().nullable(),
    email: p.string().nullable(),
    preferredLanguage: p.string().nullable(),
    interpreterLanguage: p.string().nullable(),
    letterFormat: p.enum(() => LetterFormat).default(LetterFormat.STANDARD),
    transport: p.boolean().default(false),
    generalPractice: p.string().nullable(),
    paperless: p.boolean().default(false),
    deceasedAt: p.datetime(3).nullable(),
    sensitive: p.boolean().default(false),
    /** The record this one was merged into. From then on this person is that one. */
    mergedIntoId: p.string().nullable(),
    /** What records that were merged into this one say: on either of the two, it counts. */
    formerDeceased: p.boolean().default(false),
    formerSensitive: p.boolean().default(false),
    /** When the hospital's latest word on this person was said: an older one changes nothing. */
    recordedAt: p.datetime(3),
    version: p.integer().version(),
  },
  uniques: [
    { name: 'patient_hospital_number', properties: ['hospitalNumber'] },
    { name: 'patient_nhs_number', properties: ['nhsNumber'] },
  ],
  indexes: [
    { name: 'patient_mobile', properties: ['mobile', 'bornOn'] },
    { name: 'patient_email', properties: ['email', 'bornOn'] },
    { name: 'patient_merged_into', properties: ['mergedIntoId'] },
  ],
})

/** A person as the hospital's record knows them. */
export class Patient extends PatientTable.class {
  declare [OptionalProps]?: 'ownerId' | 'name' | 'address' | 'needs' | 'deceased' | 'keptOut'

  get ownerId() {
    return this.id
  }

  get name() {
    const { id: ownerId, title, given, family } = this
    return { ownerId, title, given, family, full: [title, ...given, family].filter(Boolean).join(' ') }
  }

  get address() {
    const { id: ownerId, addressLines: lines, postcode } = this
    return lines.length || postcode ? { ownerId, lines, postcode } : null
  }

  get needs() {
    const { id: ownerId, preferredLanguage, interpreterLanguage, letterFormat, transport } = this
    return { ownerId, preferredLanguage, interpreterLanguage, letterFormat, transport }
  }

  get deceased() {
    return this.deceasedAt != null || this.formerDeceased
  }

  /** Whether the hospital keeps the person out of the portal. */
  get keptOut() {
    return this.sensitive || this.formerSensitive
  }

  /** Alive, old enough today in London, not kept out of the portal, and not merged into another record. */
  mayUsePortal({ clock, trust }: { clock: Clock; trust: Trust }): boolean {
    if (this.deceased || this.keptOut || this.mergedIntoId != null) return false
    return ageOn(this.bornOn, londonDate(clock.now())) >= trust.minimumAge
  }
}
PatientTable.setClass(Patient)
