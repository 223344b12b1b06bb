import { Arg, Ctx, FieldResolver, Resolver, Root } from 'type-graphql'
import { Auth } from '../../runtime/auth.ts'
import { Role } from '../../runtime/viewer.ts'
import type { DocumentsContext } from '../context.ts'
import { DocumentPdfType } from '../document-pdf.type.ts'
import { DocumentState } from '../document-state.ts'
import { shownOfResult } from '../results/shown-of-result.ts'
import { TestResultType } from '../results/test-result.type.ts'
import type { ShownResult } from '../shown-document.ts'
import { ofHospital, pdfOfDocument } from './pdf-of-document.ts'

/**
 * Whoever decides on a result reads the file that came with it before its patient does. Nothing is made for them of the values:
 * they see those, and a file made while a result waits could go round before it is released.
 */
async function pdfForClinician(context: DocumentsContext, result: ShownResult): Promise<DocumentPdfType | null> {
  if (result.state === DocumentState.WITHDRAWN) return null
  return ofHospital(context, result)
}

@Resolver(() => TestResultType)
export class PdfOfResult {
  @Auth(shownOfResult)
  @FieldResolver(() => DocumentPdfType, {
    nullable: true,
    description:
      "As a PDF: the hospital's own if it sent one that passed the checks, else made from the text and tagged. Null while it waits, when withdrawn, and for a partner's without one. Staff who release results have the hospital's own while it waits too, and none that is made here.",
  })
  pdf(
    @Root() result: ShownResult,
    @Arg('largePrint', () => Boolean, {
      defaultValue: false,
      description: 'True for one in letters of 18 points, where there is text to make it of; staff get what came.',
    })
    largePrint: boolean,
    @Ctx() context: DocumentsContext,
  ) {
    if (context.viewer.role === Role.STAFF) return pdfForClinician(context, result)
    return pdfOfDocument(context, result, largePrint)
  }
}
