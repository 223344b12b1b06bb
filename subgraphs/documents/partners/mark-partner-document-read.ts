import type { DocumentsContext } from '../context.ts'
import type { ShownLetter, ShownResult } from '../shown-document.ts'
import { findAtPartner } from './partner-records.ts'
import { PartnerDocumentRead } from './partner-document-read.entity.ts'
import { showPartnerDocument } from './show-partner-document.ts'

/**
 * Notes that the patient opened a partner's document, as it is now: when it is corrected it is unread again. Null when there is
 * none by this id. What cannot be read yet is given back as it was.
 */
export async function markPartnerDocumentRead(
  context: DocumentsContext,
  id: string,
): Promise<ShownLetter | ShownResult | null> {
  const found = await findAtPartner(context, id)
  if (!found) return null
  const { partner, copy, document, patientId } = found
  const showing = { source: partner.source, ownerId: patientId, fetchedAt: copy.fetchedAt, trust: context.trust }
  const shown = showPartnerDocument(document, { ...showing, read: new Map() })
  if (!shown.whole) return shown
  const { versions: version } = document
  const readAt = context.clock.now()
  await context.em.upsert(
    PartnerDocumentRead,
    { patientId, documentId: id, version, readAt },
    { disableIdentityMap: true },
  )
  return { ...shown, unread: false }
}
