import { escapeText } from './escaping.ts'

/** The value of a field as it stands in a message; empty or left out says nothing. */
export type Cell = string | undefined

/** Text as one value, whatever signs are in it. */
export const writeText = (text: Cell): string => (text === undefined ? '' : escapeText(text))

/** The components of a field, without the empty ones at its end. */
export const writeComponents = (...parts: string[]): string => parts.join('^').replace(/\^+$/, '')

/** A segment of fields by their number. Those of MSH stand one place further left: MSH-1 is the separator after the name. */
export function writeSegment(name: string, fields: Record<number, Cell>): string {
  const last = Math.max(
    0,
    ...Object.keys(fields)
      .map(Number)
      .filter((field) => fields[field]),
  )
  return [name, ...Array.from({ length: last }, (_, index) => fields[index + 1] ?? '')].join('|')
}

/** A message of these segments. */
export const writeMessage = (segments: string[]): string => segments.map((it) => `${it}\r`).join('')

/** "Dr Priya Shah" in the components of a clinician's name: title, first name, the rest. */
export function writeClinician(clinician: string): string {
  const [, title = '', rest = ''] =
    /^(?:((?:Dr|Mr|Mrs|Miss|Ms|Mx|Prof|Professor|Sister)\.?) )?(.*)$/.exec(clinician.trim()) ?? []
  const [given = '', ...family] = rest.split(' ')
  return writeComponents(
    '',
    writeText(family.length > 0 ? family.join(' ') : given),
    writeText(family.length > 0 ? given : ''),
    '',
    '',
    writeText(title),
  )
}
