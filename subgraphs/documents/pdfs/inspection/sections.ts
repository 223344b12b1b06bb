import type { DrawnLine } from './words.ts'

/** A part of a letter, as the rest of the portal knows it. */
export interface ReadSection {
  readonly heading: string
  readonly paragraphs: string[]
  readonly items: string[]
}

const bullet = /^[•●▪◦‣∙·–*-]\s+/
const longestHeading = 80

/** Makes parts of a letter out of drawn lines: what stands out is a heading, what stands together a paragraph. Nothing is left out. */
export function sectionsOf(lines: readonly DrawnLine[], firstHeading: string): ReadSection[] {
  const shown = lines.filter((line) => !isOnEveryPage(line, lines))
  const bodySize = mostCommon(shown.map(({ size }) => Math.round(size)))
  const sections: ReadSection[] = []
  let before: DrawnLine | undefined
  for (const line of shown) {
    const heading = isHeading(line, bodySize)
    if (heading || sections.length === 0)
      sections.push({ heading: heading ? line.text : firstHeading, paragraphs: [], items: [] })
    if (!heading) add(sections, line, before)
    before = heading ? undefined : line
  }
  return sections
}

/** The head or foot of a page: the same words at the same height on all of several pages, but for the number of the page. */
function isOnEveryPage(line: DrawnLine, lines: readonly DrawnLine[]): boolean {
  const pages = lines.at(-1)?.page ?? 0
  if (pages < 2) return false
  const like = lines.filter((it) => Math.abs(it.baseline - line.baseline) < 2 && unnumbered(it) === unnumbered(line))
  return new Set(like.map(({ page }) => page)).size === pages
}
const unnumbered = ({ text }: DrawnLine) => text.replaceAll(/\d+/g, '#')

const isHeading = ({ text, size, bold }: DrawnLine, bodySize: number) =>
  text.length <= longestHeading && !/[.,;]$/.test(text) && !bullet.test(text) && (bold || size >= bodySize * 1.15)

function add(sections: ReadSection[], line: DrawnLine, before: DrawnLine | undefined): void {
  const section = sections.at(-1)
  if (!section) return
  const { paragraphs, items } = section
  if (bullet.test(line.text)) items.push(line.text.replace(bullet, ''))
  else if (before && continues(line, before)) {
    const list = items.length > 0 ? items : paragraphs
    list.push(`${list.pop() ?? ''} ${line.text}`.trim())
  } else if (items.length > 0) {
    // Paragraphs come before items, so what follows a list begins a part of its own.
    sections.push({ heading: section.heading, paragraphs: [line.text], items: [] })
  } else paragraphs.push(line.text)
}

/** A line of the same paragraph: right below the one before. */
function continues(line: DrawnLine, before: DrawnLine): boolean {
  if (line.page !== before.page) return !/[.:?!]$/.test(before.text)
  const distance = before.baseline - line.baseline
  return distance > 0 && distance <= Math.max(line.size, before.size) * 1.6
}

function mostCommon(sizes: readonly number[]): number {
  const times = new Map<number, number>()
  for (const size of sizes) times.set(size, (times.get(size) ?? 0) + 1)
  return [...times].sort((a, b) => b[1] - a[1] || a[0] - b[0])[0]?.[0] ?? 0
}
