import PDFDocument from 'pdfkit'

export interface LetterOnPaper {
  /** Whose letter it is: the head of the page. */
  readonly from: string
  readonly title: string
  readonly paragraphs: readonly string[]
}

/** A letter as a hospital's system would print it to a PDF. */
export function letterPdf(letter: LetterOnPaper): Promise<Buffer> {
  const page = pageOf(letter)
  return bytesOf(page)
}

/** The same with a script in it that runs when it is opened: nothing a portal should show anybody. */
export function letterPdfWithScript(letter: LetterOnPaper): Promise<Buffer> {
  const page = pageOf(letter)
  page.addNamedJavaScript('greeting', 'app.alert("Hello")')
  return bytesOf(page)
}

function pageOf({ from, title, paragraphs }: LetterOnPaper): PDFKit.PDFDocument {
  const page = new PDFDocument({ size: 'A4', margin: 60, lang: 'en-GB', tagged: true, info: { Title: title } })
  const root = page.struct('Document')
  page.addStructure(root)
  const write = (tag: string, text: string, size: number) =>
    root.add(page.struct(tag, {}, () => page.fontSize(size).text(text).moveDown()))
  write('P', from, 10)
  write('H1', title, 18)
  for (const paragraph of paragraphs) write('P', paragraph, 11)
  root.end()
  return page
}

async function bytesOf(page: PDFKit.PDFDocument): Promise<Buffer> {
  page.end()
  const parts: Buffer[] = []
  for await (const part of page) parts.push(part as Buffer)
  return Buffer.concat(parts)
}
