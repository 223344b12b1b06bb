import type { Context } from '../../runtime/context.ts'
import { DocumentRecordFlag } from '../document-record-flag.ts'
import type { HospitalDocument } from '../hospital-document.entity.ts'
import type { CheckedPdf } from './check-pdf.ts'
import { PdfFile } from './pdf-file.entity.ts'

/** Says of a document's PDF what whoever sent it should know. */
export const flagsOfPdf = (pdf: CheckedPdf | null): DocumentRecordFlag[] =>
  pdf?.fault ? [DocumentRecordFlag.PDF_WITHHELD] : []

/**
 * Keeps the PDF that came with a document in place of the one before, or none when none came: the hospital sends the whole
 * again. It was checked before the transaction began.
 */
export async function keepPdf(context: Context, document: HospitalDocument, pdf: CheckedPdf | null): Promise<void> {
  const { em, clock } = context
  const { id: documentId, patientId, hospitalId } = document
  document.pdfWithheld = Boolean(pdf?.fault)
  const before = await em.findOne(PdfFile, { documentId })
  if (!pdf) {
    if (before) em.remove(before)
    return
  }
  const { size, sha256, fault, content } = pdf
  const clinicCode = document.clinicCode ?? null
  const facts = { clinicCode, size, sha256, fault, content, receivedAt: clock.now() }
  if (before) Object.assign(before, facts)
  else em.create(PdfFile, { documentId, patientId, hospitalId: hospitalId ?? '', ...facts })
}

/** The PDF as what is replaced is kept: with its content, which somebody may have read. */
export async function pdfToKeep({ em }: Context, { id: documentId }: HospitalDocument) {
  const file = await em.findOne(PdfFile, { documentId }, { populate: ['content'] })
  if (!file) return null
  const { size, sha256, fault, receivedAt, content } = file
  return { size, sha256, fault, receivedAt, base64: Buffer.from(content).toString('base64') }
}
