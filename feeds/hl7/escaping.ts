/** The characters a message divides itself with, as its MSH-1 and MSH-2 say. */
export interface Separators {
  field: string
  component: string
  repetition: string
  escape: string
  subcomponent: string
}

export const standardSeparators: Separators = {
  field: '|',
  component: '^',
  repetition: '~',
  escape: '\\',
  subcomponent: '&',
}

type Decode = (bytes: Uint8Array) => string
const asUtf8: Decode = (bytes) => new TextDecoder('utf-8').decode(bytes)

/** Text as a person reads it, from one value of a message. What is no escape of the standard stays as it was sent. */
export function unescapeText(
  value: string,
  separators: Separators = standardSeparators,
  decode: Decode = asUtf8,
): string {
  const { escape } = separators
  if (escape === '' || !value.includes(escape)) return value
  let text = ''
  let from = 0
  while (from < value.length) {
    const open = value.indexOf(escape, from)
    const close = open < 0 ? -1 : value.indexOf(escape, open + 1)
    if (close < 0) break
    const meaning = meaningOf(value.slice(open + 1, close), separators, decode)
    text += value.slice(from, open) + (meaning ?? escape)
    from = meaning === undefined ? open + 1 : close + 1
  }
  return text + value.slice(from)
}

function meaningOf(code: string, separators: Separators, decode: Decode): string | undefined {
  switch (code) {
    case 'F':
      return separators.field
    case 'S':
      return separators.component
    case 'T':
      return separators.subcomponent
    case 'R':
      return separators.repetition
    case 'E':
      return separators.escape
    case 'H': // highlighting begins and ends: the site shows plain text
    case 'N':
      return ''
  }
  if (/^\.(br|sp\d*|ce)$/.test(code)) return '\n'
  if (/^\.(in|ti|sk|fi|nf)[-+]?\d*$/.test(code)) return ''
  if (/^X([0-9A-Fa-f]{2})+$/.test(code)) return decode(Buffer.from(code.slice(1), 'hex'))
  return undefined
}

/** The same text, fit to stand in a message as one value. */
export function escapeText(text: string, separators: Separators = standardSeparators): string {
  const { field, component, repetition, escape, subcomponent } = separators
  const codes = new Map([
    [escape, 'E'],
    [field, 'F'],
    [component, 'S'],
    [subcomponent, 'T'],
    [repetition, 'R'],
    ['\n', '.br'],
    ['\r', 'X0D'],
  ])
  const escaped = (character: string) => {
    const code = codes.get(character)
    return code === undefined ? character : escape + code + escape
  }
  return Array.from(text, escaped).join('')
}
