import { defineEntity, OptionalProps, p } from '@mikro-orm/core'
import { PdfFault } from './pdf-fault.ts'

const PdfFileTable = defineEntity({
  name: 'PdfFile',
  properties: {
    /** Of the document whose it is: one each. */
    documentId: p.string().primary(),
    patientId: p.string(),
    clinicCode: p.string().nullable(),
    hospitalId: p.string(),
    receivedAt: p.datetime(3),
    size: p.integer(),
    sha256: p.string(),
    /** Why it is kept from everybody; null when it passed the checks. */
    fault: p.enum(() => PdfFault).nullable(),
    /** Never loaded but to be handed out. */
    content: p.blob().lazy(),
  },
  indexes: [{ name: 'pdf_file_withheld', properties: ['receivedAt'], where: 'fault is not null' }],
})

/** A PDF the hospital sent: handed out when it passed the checks, kept from everybody when not. */
export class PdfFile extends PdfFileTable.class {
  declare [OptionalProps]?: 'ownerId'

  get ownerId() {
    return this.patientId
  }
}
PdfFileTable.setClass(PdfFile)
