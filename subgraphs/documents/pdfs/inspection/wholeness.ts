import { PDF, PdfArray, type PdfObject, PdfRef, PdfStream } from '@libpdf/core'
import { Faulty } from './fault.ts'
import { limits } from './limits.ts'

/** Opens the file as readers do, by its own tables; ends the inspection unless all of it is there and can be read. */
export async function wholePdf(file: Buffer): Promise<PDF> {
  const pdf = await PDF.load(file).catch((): never => {
    throw new Faulty('TRUNCATED')
  })
  if (pdf.isEncrypted) throw new Faulty('ENCRYPTED')
  // Its tables had to be guessed: other readers may guess something else.
  if (pdf.recoveredViaBruteForce) throw new Faulty('TRUNCATED')
  const pages = pdf.getPageCount()
  if (pages === 0) throw new Faulty('EMPTY')
  if (pages > limits.pages) throw new Faulty('TOO_COMPLEX')
  for (const page of pdf.getPages()) {
    const resolve = (ref: PdfRef) => pdf.context.registry.resolve(ref)
    if (page.dict.has('Contents') && !isThere(page.dict.get('Contents', resolve), resolve))
      throw new Faulty('TRUNCATED')
  }
  return pdf
}

/** What a page shows: one stream, or several. */
function isThere(contents: PdfObject | undefined, resolve: (ref: PdfRef) => PdfObject | null): boolean {
  if (contents instanceof PdfStream) return true
  return (
    contents instanceof PdfArray &&
    [...contents].every((it) => it instanceof PdfRef && resolve(it) instanceof PdfStream)
  )
}
