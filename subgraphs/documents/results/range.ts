import { withoutEscapes } from './hl7-escapes.ts'

/** The range of the laboratory that measured a value: its own words, and the numbers in them. */
export interface ReadRange {
  readonly text: string
  readonly low: number | null
  readonly high: number | null
}

const number = String.raw`([+-]?\d{1,12}(?:\.\d{1,12})?)`
const fromTo = new RegExp(String.raw`^${number}\s*(?:-|–|to)\s*${number}$`)
const atMost = new RegExp(String.raw`^(?:<=?|=<|≤|up to)\s*${number}$`, 'i')
const atLeast = new RegExp(String.raw`^(?:>=?|=>|≥)\s*${number}$`)

/** Reads "130-180", "3.5 to 5.3", "<48", ">= 60", "-2 - 2". Words ("Negative") stay words; nothing is null. */
export function readRange(reported: string | null | undefined): ReadRange | null {
  const text = withoutEscapes(reported ?? '').trim()
  if (!text) return null
  const bare = text.replace(/^[([](.*)[)\]]$/, '$1').trim()
  const [, low, high] = fromTo.exec(bare) ?? []
  if (low !== undefined && high !== undefined && Number(low) <= Number(high))
    return { text, low: Number(low), high: Number(high) }
  const [, most] = atMost.exec(bare) ?? []
  const [, least] = atLeast.exec(bare) ?? []
  return { text, low: least === undefined ? null : Number(least), high: most === undefined ? null : Number(most) }
}
