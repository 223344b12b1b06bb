import { Arg, Ctx, FieldResolver, Resolver, Root } from 'type-graphql'
import { Auth } from '../../runtime/auth.ts'
import { emergencies } from '../booking-letters/emergencies.ts'
import { ClinicalDocument } from '../clinical-document.ts'
import type { DocumentsContext } from '../context.ts'
import { DocumentKind } from '../document-kind.ts'
import { DocumentPdfType, PdfOrigin } from '../document-pdf.type.ts'
import { DocumentState } from '../document-state.ts'
import { hasPartnerPdf, partnerPdf } from '../partners/partner-pdf.ts'
import type { ShownObservation } from '../results/shown-observation.ts'
import { TestObservation } from '../results/test-observation.entity.ts'
import type { ShownDocument, ShownLetter, ShownResult } from '../shown-document.ts'
import { shownOfDocument } from '../shown-of-document.ts'
import { pdfFileName } from './pdf-file-name.ts'
import { PdfFile } from './pdf-file.entity.ts'
import { personOnPaper } from './person-on-paper.ts'
import type { Printable } from './rendering/printable.ts'
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
  const made = (large: boolean) => madeHere(context, document, large)
  if (largePrint) return (await made(true)) ?? (await ofHospital(context, document))
  return (await ofHospital(context, document)) ?? (await made(false))
}

/** The hospital's own file, when it sent one that passed the checks. */
export async function ofHospital(context: DocumentsContext, document: ShownDocument): Promise<DocumentPdfType | null> {
  const of = document.row ? await ownFile(context, document) : await fileOfPartner(context, document)
  return of && answer(document, { origin: PdfOrigin.HOSPITAL, large: false, ...of })
}

/** A file that is there: its size, when that is known without it, and how to have it. */
type File = Pick<DocumentPdfType, 'bytes' | 'load'>

async function ownFile({ em }: DocumentsContext, { id }: ShownDocument): Promise<File | null> {
  const passed = { documentId: id, fault: null }
  const file = await em.findOne(PdfFile, passed)
  const whole = { populate: ['content'], refresh: true } as const
  return (
    file && {
      bytes: file.size,
      load: async () => Buffer.from((await em.findOneOrFail(PdfFile, passed, whole)).content),
    }
  )
}

async function fileOfPartner(context: DocumentsContext, { id }: ShownDocument): Promise<File | null> {
  return (await hasPartnerPdf(context, id)) ? { bytes: null, load: () => partnerPdf(context, id) } : null
}

/** Of a partner's document nothing is made: what is not theirs must not look like theirs. */
async function madeHere(context: DocumentsContext, document: ShownDocument, large: boolean) {
  if (!document.row) return null
  const printable =
    document.kind === DocumentKind.TEST_RESULT
      ? printableResult(document as ShownResult, await valuesOf(context, document as ShownResult))
      : printableLetter(document as ShownLetter)
  if (!printable.table && printable.sections.length === 0) return null
  // What the portal wrote itself says it already.
  const sections = 'addressee' in document ? printable.sections : [...printable.sections, emergencies]
  const load = async () =>
    render({ ...printable, sections, person: await personOnPaper(context, document.ownerId) }, large)
  return answer(document, { origin: PdfOrigin.PORTAL, large, bytes: null, load })
}

async function render(printable: Printable, large: boolean): Promise<Buffer> {
  // Loaded when the first is made: what makes PDFs takes memory that a portal at rest does not need.
  const { renderPdf } = await import('./rendering/render-pdf.ts')
  return renderPdf(printable, { large })
}

async function valuesOf({ em }: DocumentsContext, { id, values }: ShownResult): Promise<readonly ShownObservation[]> {
  return values ?? em.find(TestObservation, { resultId: id }, { orderBy: { position: 'asc' } })
}

const answer = (
  document: ShownDocument,
  { large, ...file }: File & { origin: PdfOrigin; large: boolean },
): DocumentPdfType => ({ ...file, fileName: pdfFileName(document, large), ownerId: document.ownerId })

@Resolver(() => ClinicalDocument)
export class PdfOfDocument {
  @Auth(shownOfDocument)
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
