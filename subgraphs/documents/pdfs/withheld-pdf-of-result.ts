import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql'
import { Auth } from '../../runtime/auth.ts'
import { batched } from '../../runtime/batch.ts'
import type { Context } from '../../runtime/context.ts'
import { TestResultType } from '../results/test-result.type.ts'
import type { ShownResult } from '../shown-document.ts'
import { PdfFile } from './pdf-file.entity.ts'
import { desk, isWithheld, WithheldPdfType } from './withheld-pdfs.ts'

/** Whoever decides on a result knows that a part of it is shown to nobody, themselves included. */
@Resolver(() => TestResultType)
export class WithheldPdfOfResult {
  @Auth(desk)
  @FieldResolver(() => WithheldPdfType, {
    nullable: true,
    description:
      "For staff: the PDF that came with it and did not pass the checks, so that nobody is shown it, and what to do about it. Null when it passed, when none came, when the laboratory took the result back, and for a partner's.",
  })
  withheldPdf(@Root() { row }: ShownResult, @Ctx() context: Context) {
    return row?.pdfWithheld && !row.withdrawnAt ? withheldOf(context, row.id) : null
  }
}

const withheldOf = batched(async ({ em }, documentIds) => {
  const files = await em.find(PdfFile, { documentId: { $in: [...documentIds] }, fault: { $ne: null } })
  return new Map(files.filter(isWithheld).map((file) => [file.documentId, new WithheldPdfType(file)]))
})
