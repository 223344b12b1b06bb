import type { DocumentsContext } from '../context.ts'
import type { ShownDocument } from '../shown-document.ts'
import { PartnerDocumentRead } from './partner-document-read.entity.ts'

/** Notes that the patient opened a partner's document, in the version that was shown: a corrected one is unread again. */
export async function markPartnerDocumentRead({ em, clock }: DocumentsContext, document: ShownDocument): Promise<void> {
  if (!('versions' in document)) throw new Error('this is no document of a partner')
  const { id: documentId, ownerId: patientId } = document
  const row = { patientId, documentId, version: String(document.versions), readAt: clock.now() }
  await em.upsert(PartnerDocumentRead, row, { disableIdentityMap: true })
}
