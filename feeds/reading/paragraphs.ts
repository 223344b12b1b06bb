import type { LetterSectionInput } from '../../client/main.ts'

const bullet = /^\s*[-•*]\s+/

/** Lines of text as paragraphs, parted by empty lines, and the list they end with, when they do. */
export function readParagraphs(lines: readonly string[]): Pick<LetterSectionInput, 'paragraphs' | 'items'> {
  const end = lines.findLastIndex((line) => line.trim() !== '')
  const lastOfText = lines.slice(0, end + 1).findLastIndex((line) => line.trim() !== '' && !bullet.test(line))
  const items = lines.slice(lastOfText + 1, end + 1).filter((line) => line.trim() !== '')
  return {
    paragraphs: lines
      .slice(0, lastOfText + 1)
      .join('\n')
      .split(/\n[^\S\n]*\n\s*/)
      .map((text) => text.trim())
      .filter((text) => text !== ''),
    items: items.map((line) => line.replace(bullet, '').trim()),
  }
}
