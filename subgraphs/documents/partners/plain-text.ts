import { compile } from 'html-to-text'
import type { LetterSection } from '../booking-letters/letter-content.ts'

/** Marks an item of a list in what the converter writes: a character that means nothing, and is taken out of what comes in. */
const bullet = '\u{E000}'
const longestText = 200_000
const longestLine = 300

const toText = compile({
  wordwrap: false,
  limits: { maxInputLength: longestText, maxDepth: 30, maxChildNodes: 2000, ellipsis: '…' },
  selectors: [
    { selector: '*', format: 'inline' },
    ...['script', 'style', 'head', 'img', 'svg', 'object', 'iframe', 'template'].map((selector) => ({
      selector,
      format: 'skip',
    })),
    { selector: 'a', options: { ignoreHref: true } },
    ...['h1', 'h2', 'h3', 'h4', 'h5', 'h6'].map((selector) => ({ selector, options: { uppercase: false } })),
    ...['ul', 'ol'].map((selector) => ({ selector, format: 'unorderedList', options: { itemPrefix: bullet } })),
    { selector: 'table', format: 'dataTable', options: { uppercaseHeaderCells: false, colSpacing: 2 } },
  ],
})

type Said = Pick<LetterSection, 'paragraphs' | 'items'>

/** What markup says, as text: paragraphs and items of lists. Nothing of the markup itself comes through. */
export function textOfMarkup(markup: string): Said {
  const lines = toText(markup.replaceAll(bullet, '')).split('\n').map(tidy)
  return {
    paragraphs: lines.filter((line) => line && !line.startsWith(bullet)),
    items: lines
      .filter((line) => line.startsWith(bullet))
      .map((line) => line.slice(1).trim())
      .filter(Boolean),
  }
}

/** The lines of a plain text. */
export const paragraphsOf = (text: string | undefined): string[] =>
  (text ?? '')
    .slice(0, longestText)
    .split(/\r\n|[\r\n]/)
    .map(tidy)
    .filter(Boolean)

/** One line of text: no control characters, and none that turn the reading direction of what follows. */
export const oneLine = (text: string | undefined): string => tidy(text ?? '').slice(0, longestLine)

const tidy = (text: string) =>
  text
    .replaceAll(/[\p{Cc}\u202A-\u202E\u2066-\u2069\uFFFE\uFFFF]/gu, ' ')
    .replaceAll(/\p{Surrogate}/gu, '�')
    .replaceAll(/\s+/g, ' ')
    .trim()
