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
  ],
})

/** A person as the hospital's record knows them. */
export class Patient extends PatientTable.class {
  declare [OptionalProps]?: 'ownerId' | 'name' | 'address' | 'needs' | 'deceased'

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
    return this.deceasedAt != null
  }

  /** Alive, old enough today in London, and not kept out of the portal: may log in, and be written to. */
  mayUsePortal({ clock, trust }: { clock: Clock; trust: Trust }): boolean {
    return !this.deceased && !this.sensitive && ageOn(this.bornOn, londonDate(clock.now())) >= trust.minimumAge
  }
}
PatientTable.setClass(Patient)
