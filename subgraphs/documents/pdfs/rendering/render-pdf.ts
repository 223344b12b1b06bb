import { buffer } from 'node:stream/consumers'
import PDFDocument from 'pdfkit'
import { drawable, fonts } from './fonts.ts'
import { personInLine, personInLines } from './person-in-words.ts'
import type { PersonOnPaper, Printable, PrintableTable } from './printable.ts'

type Document = PDFKit.PDFDocument
type Part = ReturnType<Document['struct']>
/** Sizes in points. The clear print guides ask for 12 at least, and for 16 at least as large print. */
interface Sizes {
  readonly text: number
  readonly heading: number
  readonly title: number
}

const sizes: Record<'standard' | 'large', Sizes> = {
  standard: { text: 12, heading: 15, title: 20 },
  large: { text: 18, heading: 22, title: 28 },
}
const margin = 56
const widthOfA4 = 595.28
/** Between the text and the foot of a page. */
const footGap = 10

/** Makes a tagged PDF: one that says what is a heading, a list or a table, so that it can be read aloud and found through. */
export async function renderPdf(printable: Printable, print: { large: boolean }): Promise<Buffer> {
  const { title, trustName, writtenAt } = printable
  const document = new PDFDocument({
    size: 'A4',
    margin,
    pdfVersion: '1.7',
    // The types do not know yet that it can say so of itself.
    subset: 'PDF/UA' as 'PDF/A-1a',
    tagged: true,
    lang: 'en-GB',
    displayTitle: true,
    bufferPages: true,
    autoFirstPage: false,
    info: { Title: drawable(title), Author: drawable(trustName), CreationDate: writtenAt, ModDate: writtenAt },
  })
  const file = buffer(document)
  document.registerFont('regular', fonts.regular)
  document.registerFont('bold', fonts.bold)
  const pen = new Pen(document, sizes[print.large ? 'large' : 'standard'], printable.person)
  write(pen, printable)
  pen.finish()
  document.end()
  return file
}

function write(pen: Pen, printable: Printable): void {
  const { title, addressLines, facts, notices, table, sections, trustName } = printable
  pen.paragraph(trustName)
  pen.person()
  for (const line of addressLines) pen.line(line)
  pen.title(title)
  for (const notice of notices) pen.paragraph(notice)
  pen.list(facts.map(([name, value]) => `${name}: ${value}`))
  if (table) pen.table(table)
  for (const { heading, paragraphs, items } of sections) {
    if (heading) pen.heading(heading)
    for (const paragraph of paragraphs) pen.paragraph(paragraph)
    pen.list(items)
  }
}

/** Writes from top to bottom, and tags what it writes. */
class Pen {
  readonly #document: Document
  readonly #sizes: Sizes
  readonly #person: PersonOnPaper
  readonly #root: Part

  constructor(document: Document, given: Sizes, person: PersonOnPaper) {
    this.#document = document
    this.#sizes = given
    this.#person = person
    this.#leaveRoomAtTheFoot()
    this.#root = document.struct('Document')
    document.addStructure(this.#root)
  }

  /** Whose it is, before anything it says. */
  person(): void {
    const [name, ...facts] = personInLines(this.#person)
    this.#say(name, 'P', 'bold', this.#sizes.text)
    for (const fact of facts) this.line(fact)
    this.#space(0.5)
  }

  title(text: string): void {
    this.#space(1)
    this.#say(text, 'H1', 'bold', this.#sizes.title)
    this.#space(0.5)
  }

  heading(text: string): void {
    this.#space(0.5)
    this.#keepWithNext()
    this.#say(text, 'H2', 'bold', this.#sizes.heading)
    this.#space(0.25)
  }

  paragraph(text: string): void {
    this.line(text)
    this.#space(0.5)
  }

  line(text: string): void {
    this.#say(text, 'P', 'regular', this.#sizes.text)
  }

  list(items: readonly string[]): void {
    if (items.length === 0) return
    const list = this.#document.struct('L')
    this.#root.add(list)
    this.#write('regular', this.#sizes.text)
    this.#document.list(items.map(drawable), { structParent: list, lineGap: this.#sizes.text * 0.25, bulletRadius: 2 })
    list.end()
    this.#space(0.5)
  }

  table({ heading, columns, rows }: PrintableTable): void {
    this.heading(heading)
    this.#write('regular', this.#sizes.text)
    const th = (text: string, scope: 'Column' | 'Row') => ({
      text: drawable(text),
      type: 'TH' as const,
      scope,
      font: { src: 'bold' },
    })
    const data = [
      columns.map((column) => th(column, 'Column')),
      ...rows.map(([name = '', ...cells]) => [th(name, 'Row'), ...cells.map((text) => ({ text: drawable(text) }))]),
    ]
    // The types do not know yet that a table has a place among the tags.
    this.#document.table({ data, structParent: this.#root, defaultStyle: { padding: 4, border: 0.5 } } as never)
    this.#document.x = margin
    this.#space(1)
  }

  /** Says on each further page whose it is, and numbers them all, for the eye alone: read aloud in the middle of a sentence that helps nobody. */
  finish(): void {
    this.#root.end()
    const { start, count } = this.#document.bufferedPageRange()
    for (let page = start; page < start + count; page += 1) {
      this.#document.switchToPage(page)
      const { height, margins } = this.#document.page
      const top = height - margins.bottom + footGap
      // Below the margin nothing may be written, or there would be a page more.
      margins.bottom = 0
      this.#document.markContent('Artifact', { type: 'Pagination' })
      this.#write('regular', this.#sizes.text)
      if (page > start) this.#document.text(this.#foot, margin, top, { width: this.#width })
      const last = height - margin / 2 - this.#sizes.text
      this.#document.text(`Page ${page + 1} of ${count}`, margin, last, { width: this.#width, align: 'right' })
      this.#document.endMarkedContent()
    }
  }

  /** As much as the words at the foot need, however long a name is. */
  #leaveRoomAtTheFoot(): void {
    this.#write('regular', this.#sizes.text)
    const words = this.#document.heightOfString(this.#foot, { width: this.#width })
    const bottom = footGap + words + this.#sizes.text * 1.25 + margin / 2
    this.#document.options.margins = { top: margin, left: margin, right: margin, bottom: Math.max(margin, bottom) }
    delete this.#document.options.margin
    this.#document.addPage()
  }

  get #foot() {
    return drawable(personInLine(this.#person))
  }

  get #width() {
    return widthOfA4 - 2 * margin
  }

  #say(text: string, structType: string, font: 'regular' | 'bold', size: number): void {
    this.#write(font, size)
    this.#document.text(drawable(text), { structParent: this.#root, structType, lineGap: size * 0.25 })
  }

  #write(font: 'regular' | 'bold', size: number): void {
    this.#document.font(font).fontSize(size)
  }

  #space(lines: number): void {
    this.#document.y += lines * this.#sizes.text
  }

  /** A heading alone at the foot of a page leads nowhere. */
  #keepWithNext(): void {
    if (this.#document.y > this.#document.page.maxY() - 5 * this.#sizes.heading) this.#document.addPage()
  }
}
