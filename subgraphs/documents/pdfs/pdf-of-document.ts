import { Arg, Ctx, FieldResolver, Resolver, Root } from 'type-graphql'
import { Auth, Relation } from '../../runtime/auth.ts'
import { Role } from '../../runtime/viewer.ts'
import { ClinicalDocument } from '../clinical-document.ts'
import type { DocumentsContext } from '../context.ts'
import { DocumentKind } from '../document-kind.ts'
import { DocumentPdfType, PdfOrigin } from '../document-pdf.type.ts'
import { DocumentState } from '../document-state.ts'
import { partnerPdf } from '../partners/partner-pdf.ts'
import type { ShownObservation } from '../results/shown-observation.ts'
import { TestObservation } from '../results/test-observation.entity.ts'
import type { ShownDocument, ShownLetter, ShownResult } from '../shown-document.ts'
import { refuseManyPdfs } from './few-pdfs.ts'
import { pdfFileName } from './pdf-file-name.ts'
import { PdfFile } from './pdf-file.entity.ts'
import { printableLetter } from './rendering/printable-letter.ts'
import { printableResult } from './rendering/printable-result.ts'

/**
 * The hospital's own file, else one made here of what the document says. Only the hospital knows what its file looks like, so
 * large print is always made here, when there are words to make it of.
 */
export async function pdfOfDocument(
  context: DocumentsContext,
  document: ShownDocument,
  largePrint: boolean,
): Promise<DocumentPdfType | null> {
  if (!document.whole || document.state !== DocumentState.READY) return null
  refuseManyPdfs(context)
  const made = (large: boolean) => madeHere(context, document, large)
  if (largePrint) return (await made(true)) ?? (await ofHospital(context, document))
  return (await ofHospital(context, document)) ?? (await made(false))
}

/** The hospital's own file, when it sent one that passed the checks. */
export async function ofHospital(context: DocumentsContext, document: ShownDocument): Promise<DocumentPdfType | null> {
  const content = document.row ? await ownFile(context, document) : await partnerPdf(context, document.id)
  return content && answer(document, PdfOrigin.HOSPITAL, content, false)
}

async function ownFile({ em }: DocumentsContext, { id }: ShownDocument): Promise<Buffer | null> {
  const file = await em.findOne(PdfFile, { documentId: id, fault: null }, { populate: ['content'] })
  return file && Buffer.from(file.content)
}

/** Of a partner's document nothing is made: what is not theirs must not look like theirs. */
async function madeHere(context: DocumentsContext, document: ShownDocument, large: boolean) {
  if (!document.row) return null
  const printable =
    document.kind === DocumentKind.TEST_RESULT
      ? printableResult(document as ShownResult, await valuesOf(context, document as ShownResult))
      : printableLetter(document as ShownLetter)
  if (!printable.table && printable.sections.length === 0) return null
  // Loaded when the first is made: what makes PDFs takes memory that a portal at rest does not need.
  const { renderPdf } = await import('./rendering/render-pdf.ts')
  return answer(document, PdfOrigin.PORTAL, await renderPdf(printable, { large }), large)
}

async function valuesOf({ em }: DocumentsContext, { id, values }: ShownResult): Promise<readonly ShownObservation[]> {
  return values ?? em.find(TestObservation, { resultId: id }, { orderBy: { position: 'asc' } })
}

const answer = (document: ShownDocument, origin: PdfOrigin, content: Buffer, large: boolean): DocumentPdfType => ({
  origin,
  bytes: content.length,
  fileName: pdfFileName(document, large),
  base64: content.toString('base64'),
  ownerId: document.ownerId,
})

@Resolver(() => ClinicalDocument)
export class PdfOfDocument {
  @Auth({ roles: [Role.PATIENT, Role.SYSTEM], relation: Relation.SELF })
  @FieldResolver(() => DocumentPdfType, {
    nullable: true,
    description:
      "As a PDF: the hospital's own if it sent one that passed the checks, else made from the text and tagged. Null while it waits, when withdrawn, and for a partner's without one.",
  })
  pdf(
    @Root() document: ShownDocument,
    @Arg('largePrint', () => Boolean, {
      defaultValue: false,
      description: 'True for one in letters of 18 points, where there is text to make it of.',
    })
    largePrint: boolean,
    @Ctx() context: DocumentsContext,
  ) {
    return pdfOfDocument(context, document, largePrint)
  }
}
