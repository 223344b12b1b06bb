import { defineEntity, p } from '@mikro-orm/core'

const PartnerDocumentReadTable = defineEntity({
  name: 'PartnerDocumentRead',
  properties: {
    patientId: p.string().primary(),
    documentId: p.string().primary(),
    /** The version that was read: a corrected one is unread again. */
    version: p.string(),
    readAt: p.datetime(3),
  },
})

/** A partner's document that the patient has opened here. */
export class PartnerDocumentRead extends PartnerDocumentReadTable.class {}
PartnerDocumentReadTable.setClass(PartnerDocumentRead)
