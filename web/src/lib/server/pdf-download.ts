import { redirect } from '@sveltejs/kit'
import { DocumentPdfDocument, ResultPdfDocument } from '#lib/graph/index.ts'
import { FILE_IS_AWAY } from './document-file.ts'
import { NOTHING_ALLOWED } from './headers.ts'

/**
 * The file of a document: kept by the person who asks for it, and opened in none of our pages. Whoever asks for one that
 * cannot be had comes to the page of the document, which says why.
 */
export async function pdfDownload({ graph }: App.Locals, url: URL, id: string): Promise<Response> {
  const largePrint = url.searchParams.has('large-print')
  const { answer, hasGaps } = await graph.readWithGaps(DocumentPdfDocument, { id, largePrint })
  return handOut(answer.document?.pdf, hasGaps, url)
}

/** The file that came with a result, handed in the same way to staff who decide on it. */
export async function pdfAtDesk({ graph }: App.Locals, url: URL, id: string): Promise<Response> {
  const { answer, hasGaps } = await graph.readWithGaps(ResultPdfDocument, { id })
  return handOut(answer.testResult?.pdf, hasGaps, url)
}

type Pdf = { base64: string; fileName: string } | null | undefined

function handOut(pdf: Pdf, hasGaps: boolean, url: URL): Response {
  if (!pdf) redirect(303, `${url.pathname.replace(/\/pdf$/, '')}${hasGaps ? FILE_IS_AWAY : ''}`)
  const { base64, fileName } = pdf
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
