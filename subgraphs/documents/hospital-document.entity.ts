import { defineEntity, type EntityClass, OptionalProps, p } from '@mikro-orm/core'
import { DocumentKind } from './document-kind.ts'

const HospitalDocumentTable = defineEntity({
  name: 'HospitalDocument',
  tableName: 'document',
  abstract: true,
  discriminatorColumn: 'form',
  properties: {
    id: p.string().primary(),
    /** Which class it is of: set by the database layer. */
    form: p.enum(['BOOKING_LETTER', 'LETTER', 'TEST_RESULT']),
    kind: p.enum(() => DocumentKind),
    patientId: p.string(),
    title: p.text(),
    trustName: p.text(),
    clinicCode: p.string().nullable(),
    appointmentId: p.string().nullable(),
    /** Its clinic is kept out of the portal. */
    excluded: p.boolean().default(false),
    /** What the hospital's own system calls it for good; null for what the portal writes itself. */
    hospitalId: p.string().nullable(),
    /** Of the newest message that was heeded: an older one changes nothing. */
    eventAt: p.datetime(3).nullable(),
    writtenAt: p.datetime(3),
    receivedAt: p.datetime(3),
    /** From when the patient can read it; null: only when a clinician opens it. */
    opensAt: p.datetime(3).nullable(),
    /** When the patient was told that it can be read; null until then. */
    toldAt: p.datetime(3).nullable(),
    readAt: p.datetime(3).nullable(),
    correctedAt: p.datetime(3).nullable(),
    withdrawnAt: p.datetime(3).nullable(),
    /** It came with a PDF that did not pass the checks, and was not replaced since. */
    pdfWithheld: p.boolean().default(false),
    /** Its title and words, without accents and capitals, to be searched. */
    searchText: p.text().lazy(),
    version: p.integer().version(),
  },
  uniques: [{ name: 'document_hospital_id', properties: ['hospitalId'] }],
  indexes: [
    { name: 'document_of_patient', properties: ['patientId', 'writtenAt', 'id'] },
    { name: 'document_of_patient_by_id', properties: ['patientId', 'id'] },
    { name: 'document_of_appointment', properties: ['appointmentId'] },
    { name: 'document_of_clinic', properties: ['clinicCode'] },
    {
      name: 'document_unread',
      properties: ['patientId', 'writtenAt', 'id'],
      where: 'read_at is null and withdrawn_at is null',
    },
    { name: 'document_to_tell', properties: ['opensAt'], where: 'told_at is null' },
  ],
})

/** Something this hospital wrote about, or to, a patient: one list, whatever it is. */
export abstract class HospitalDocument extends HospitalDocumentTable.class {
  /** What is computed, here and in what extends this: never given when a row is made. */
  declare [OptionalProps]?: 'form' | 'ownerId' | 'sharedAs'

  get ownerId() {
    return this.patientId
  }

  /** Letters of any sort; results say otherwise. */
  get sharedAs(): string {
    return 'LETTERS'
  }

  /** True when the patient may read it at this moment. */
  isOpen(now: Date): boolean {
    return !this.withdrawnAt && !!this.opensAt && this.opensAt <= now
  }
}
HospitalDocumentTable.setClass(HospitalDocument as never)

/** To find documents of any form: the class itself is abstract, and a row is of the class of its form. */
export const AnyDocument = HospitalDocument as unknown as EntityClass<HospitalDocument>
