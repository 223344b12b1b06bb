import { DocumentPdfDocument } from '#lib/graph/index.ts'
import { found } from './found.ts'
import { NOTHING_ALLOWED } from './headers.ts'
import { foundDocument } from './shown-document.ts'

/** The file of a document: kept by the person who asks for it, and opened in none of our pages. */
export async function pdfDownload({ graph }: App.Locals, id: string, largePrint: boolean): Promise<Response> {
  const { answer, hasGaps } = await graph.readWithGaps(DocumentPdfDocument, { id, largePrint })
  const document = foundDocument(answer.document, hasGaps, id)
  const { base64, fileName } = found(foundDocument(document.pdf, hasGaps, id))
  return new Response(Buffer.from(base64, 'base64'), {
    headers: {
      'content-type': 'application/pdf',
      'content-disposition': `attachment; filename="${safeFileName(fileName)}"`,
      'content-security-policy': NOTHING_ALLOWED,
    },
  })
}

/** Whatever a file is called elsewhere, here its name is letters, digits and dashes, and says that it is a PDF. */
export function safeFileName(name: string): string {
  const stem = name
    .replace(/\.pdf$/i, '')
    .replaceAll(/[^A-Za-z\d]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
  return `${stem.slice(0, 80) || 'document'}.pdf`
}
