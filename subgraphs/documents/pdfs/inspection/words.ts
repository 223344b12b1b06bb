import type { PDF } from '@libpdf/core'
import { limits } from './limits.ts'

/** A line of a page, as it is drawn. */
export interface DrawnLine {
  readonly text: string
  readonly page: number
  /** From the foot of the page, in points. */
  readonly baseline: number
  readonly left: number
  readonly size: number
  readonly bold: boolean
}

/** The lines of all pages in the order they are read; none at all when there is more than a letter holds. */
export function linesOf(pdf: PDF): DrawnLine[] {
  const lines: DrawnLine[] = []
  let characters = 0
  for (const [page, { lines: drawn }] of pdf
    .getPages()
    .map((it) => it.extractText({ includeChars: false }))
    .entries()) {
    for (const { text, baseline, bbox, spans } of drawn) {
      const plain = plainText(text)
      if (!plain) continue
      characters += plain.length
      if (characters > limits.textCharacters) return []
      const said = spans.filter((span) => span.text.trim())
      const bold = said.length > 0 && said.every(({ fontName }) => /bold|black|heavy|semibold|demi/i.test(fontName))
      const size = Math.max(...spans.map(({ fontSize }) => fontSize))
      lines.push({ text: plain, page, baseline, left: bbox.x, size, bold })
    }
  }
  return lines
}

/** Without what no text holds: controls, halves of letters, letters only one font knows; hard spaces and ligatures spelt out. */
const plainText = (text: string) =>
  text
    .toWellFormed()
    .normalize('NFKC')
    .replaceAll(/[\p{Cc}\p{Co}\p{Cn}\uFFFD]/gu, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim()
