import { defineEntity, OptionalProps, p } from '@mikro-orm/core'
import { SharingBasis, SharingCategory } from './sharing-terms.ts'

/** Whose word it is. The patient's goes before the hospital's, see decisive-word.ts. */
export enum Speaker {
  PATIENT = 'PATIENT',
  HOSPITAL = 'HOSPITAL',
}

/**
 * In place of a code: every organisation there is, and every one there will ever be. Only objections are said of them all.
 * ODS codes are letters and digits, so none is this.
 */
export const everyOrganisation = '*'

const SharingAgreementTable = defineEntity({
  name: 'SharingAgreement',
  properties: {
    id: p.string().primary(),
    patientId: p.string(),
    /** ODS code, or `everyOrganisation`. */
    organisationCode: p.string(),
    category: p.enum(() => SharingCategory),
    /** Null when the word is that it is not shared: an objection of the patient's, or the hospital's end of it. */
    basis: p.enum(() => SharingBasis).nullable(),
    saidBy: p.enum(() => Speaker),
    actorId: p.string(),
    since: p.datetime(3),
    /** When it was said last, which may be again: this decides what is newer. */
    saidAt: p.datetime(3),
    /** When the sharing ends by itself. */
    until: p.datetime(3).nullable(),
    /** When another word took the place of this one. The rows of before are kept: they say who could see what, and when. */
    endedAt: p.datetime(3).nullable(),
  },
  uniques: [
    {
      name: 'one_live_agreement',
      properties: ['patientId', 'organisationCode', 'category'],
      where: 'ended_at is null',
    },
  ],
})

/** What was said about one category of a record and one organisation, or all of them: that it may see it, or that it may not. */
export class SharingAgreement extends SharingAgreementTable.class {
  declare [OptionalProps]?: 'ownerId'

  get ownerId() {
    return this.patientId
  }

  /** Whether this is the same word: of the same speaker, to the same effect. */
  says({ saidBy, basis, until }: Pick<SharingAgreement, 'saidBy' | 'basis' | 'until'>): boolean {
    return this.saidBy === saidBy && (this.basis ?? null) === basis && this.until?.getTime() === until?.getTime()
  }

  /** Whether it is said of this organisation: by its code, or of every one. */
  isAbout(organisationCode: string): boolean {
    return this.organisationCode === organisationCode || this.organisationCode === everyOrganisation
  }

  end(now: Date): void {
    this.endedAt = now
  }
}
SharingAgreementTable.setClass(SharingAgreement)
