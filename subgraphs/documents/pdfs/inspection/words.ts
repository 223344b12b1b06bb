import { getDocumentProxy } from 'unpdf'
import { limits } from './limits.ts'

/** A line of a page, as it is drawn. */
export interface DrawnLine {
  readonly text: string
  readonly page: number
  /** From the foot of the page, in points. */
  readonly baseline: number
  readonly size: number
  readonly bold: boolean
}

type Proxy = Awaited<ReturnType<typeof getDocumentProxy>>
type Page = Awaited<ReturnType<Proxy['getPage']>>
type Item = Awaited<ReturnType<Page['getTextContent']>>['items'][number]
type TextItem = Extract<Item, { str: string }>

/**
 * The lines of all pages in the order they are read; none at all when there is more than a letter holds, or too much is a riddle. Read by PDF.js: what it
 * says is what people see in Firefox, and a wrong letter in a letter of a hospital can do harm.
 */
export async function linesOf(file: Buffer): Promise<DrawnLine[]> {
  const pdf = await getDocumentProxy(new Uint8Array(file), { verbosity: 0 })
  const lines: DrawnLine[] = []
  let characters = 0
  for (let page = 1; page <= pdf.numPages; page += 1) {
    const drawn = await linesOfPage(await pdf.getPage(page), page)
    characters += drawn.reduce((sum, { text }) => sum + text.length, 0)
    if (characters > limits.textCharacters) return []
    lines.push(...drawn)
  }
  return isReadable(lines) ? lines : []
}

async function linesOfPage(page: Page, number: number): Promise<DrawnLine[]> {
  const { items } = await page.getTextContent()
  const said = items.filter((item): item is TextItem => 'str' in item && item.str.trim() !== '')
  if (said.length === 0) return []
  // Only now the names of its fonts are known.
  await page.getOperatorList()
  return inLines(said)
    .map((parts) => lineOf(page, number, parts))
    .filter(({ text }) => text)
}

/** Parts one after the other at the same height are one line. */
function inLines(items: readonly TextItem[]): TextItem[][] {
  const lines: TextItem[][] = []
  for (const item of items) {
    const line = lines.at(-1)
    const before = line?.at(-1)
    if (line && before && Math.abs(baselineOf(before) - baselineOf(item)) < item.height / 3) line.push(item)
    else lines.push([item])
  }
  return lines
}

function lineOf(page: Page, number: number, parts: readonly TextItem[]): DrawnLine {
  let text = ''
  let end = 0
  for (const part of parts) {
    const gap = leftOf(part) - end
    text += text && gap > part.height / 8 ? ` ${part.str}` : part.str
    end = leftOf(part) + part.width
  }
  const first = parts[0]
  return {
    text: plainText(text),
    page: number,
    baseline: first ? baselineOf(first) : 0,
    size: Math.max(...parts.map(({ height }) => height)),
    bold: parts.every(({ fontName }) => isBold(page, fontName)),
  }
}

const leftOf = ({ transform }: TextItem) => Number(transform[4])
const baselineOf = ({ transform }: TextItem) => Number(transform[5])

function isBold(page: Page, fontName: string): boolean {
  if (!page.commonObjs.has(fontName)) return false
  const { name } = page.commonObjs.get(fontName) as { name?: unknown }
  return typeof name === 'string' && /bold|black|heavy|demi/i.test(name)
}

/** Letters that only one font knows, or that stand for none: a few are ornaments, many mean that the words cannot be read. */
const unreadable = /[\p{Co}\uFFFD]/gu
const mostUnreadable = 0.01

const isReadable = (lines: readonly DrawnLine[]) => {
  const text = lines.map((line) => line.text).join('')
  return (text.match(unreadable)?.length ?? 0) <= text.length * mostUnreadable
}

/** Without what no text holds, such as controls and halves of letters; hard spaces and ligatures spelt out. */
const plainText = (text: string) =>
  text
    .toWellFormed()
    .replaceAll(/[\uFB00-\uFB06\u00A0]/g, (it) => it.normalize('NFKC'))
    .normalize('NFC')
    // The round dot of the font that word processors make lists with.
    .replaceAll('\uF0B7', '•')
    .replaceAll('\u00AD', '')
    .replaceAll(/[\p{Cc}\p{Cn}]/gu, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim()
