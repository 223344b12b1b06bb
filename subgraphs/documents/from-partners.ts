import type { DocumentsContext } from './context.ts'
import type { RecordSource } from './partners/record-source.type.ts'
import type { ShownDocument } from './shown-document.ts'

/** What one partner answered, and how. */
export interface FromPartner {
  readonly source: RecordSource
  readonly documents: readonly ShownDocument[]
}

export const partnerRecords = (_: DocumentsContext, __?: string): Promise<FromPartner[]> => Promise.resolve([])
export const partnerDocument = (_: DocumentsContext, __: string): Promise<ShownDocument | null> => Promise.resolve(null)
export const markPartnerDocumentRead = (_: DocumentsContext, __: ShownDocument): Promise<void> => Promise.resolve()
