import { defineEntity, p } from '@mikro-orm/core'

const ReplacedDocumentTable = defineEntity({
  name: 'ReplacedDocument',
  properties: {
    id: p.string().primary(),
    documentId: p.string(),
    patientId: p.string(),
    /** The version of the document that said it. */
    said: p.json<Record<string, unknown>>(),
    replacedAt: p.datetime(3),
  },
  indexes: [{ name: 'replaced_document_of', properties: ['documentId', 'replacedAt'] }],
})

/** What a document said before the hospital replaced it: the record of what could be read, and when. */
export class ReplacedDocument extends ReplacedDocumentTable.class {}
ReplacedDocumentTable.setClass(ReplacedDocument)
