import { badInput } from './problem.ts'

const longest = 500

/** What a person typed, without the space around it; null when nothing is left. Refused when it is too long. */
export function freeText(field: string, typed: string | null | undefined): string | null {
  // A browser counts a new line as one character, and sends two.
  const text = typed?.replaceAll('\r\n', '\n').trim() ?? ''
  if (text.length > longest) throw badInput(`${field}: use ${longest} characters or fewer.`)
  return text || null
}

/** The same, of something that must be said. */
export function neededText(field: string, typed: string): string {
  const text = freeText(field, typed)
  if (text === null) throw badInput(`${field}: use 1 to ${longest} characters.`)
  return text
}
