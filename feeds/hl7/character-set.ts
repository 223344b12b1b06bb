import { refuse } from './fault.ts'
import { findHeader } from './message-header.ts'

/** A message as text, and how to read further bytes of the same character set. */
export interface Decoded {
  text: string
  decode: (bytes: Uint8Array) => string
}

const strictUtf8 = new TextDecoder('utf-8', { fatal: true })
const latin1 = new TextDecoder('iso-8859-1')

/** Bytes as text, in the character set MSH-18 names. When it names none: UTF-8, and ISO 8859-1 if it is not that. */
export function decodeMessage(bytes: Uint8Array): Decoded {
  const label = labelOf(findHeader(latin1.decode(bytes.subarray(0, 20_000))).characterSet)
  if (label === undefined)
    refuse('MSH-18', 'this character set is not taken. Send UNICODE UTF-8 (best) or 8859/1, and say which in MSH-18.')
  if (label === 'guess') return { text: decodeAnyhow(bytes), decode: decodeAnyhow }
  const decoder = new TextDecoder(label)
  const decode = (some: Uint8Array) => decoder.decode(some)
  try {
    return { text: new TextDecoder(label, { fatal: true }).decode(bytes), decode }
  } catch {
    return refuse('MSH-18', 'the message is not in the character set it names. Send UTF-8, or name the one it is in.')
  }
}

/** The name of a character set as the platform knows it; `guess` when the message leaves it open. */
function labelOf(name: string): string | undefined {
  const plain = name
    .toUpperCase()
    .replace(/[\s_-]+/g, ' ')
    .trim()
  if (plain === '' || plain === 'ASCII') return 'guess'
  if (['UNICODE', 'UNICODE UTF 8', 'UTF 8', 'UTF8'].includes(plain)) return 'utf-8'
  const part = Number(/^(?:ISO ?)?8859[/ ](\d{1,2})$/.exec(plain)?.[1])
  return part >= 1 && part <= 15 && part !== 12 ? `iso-8859-${part}` : undefined
}

/** UTF-8, or ISO 8859-1 when it is not that: also what can be read of a message whose character set is refused. */
export function decodeAnyhow(bytes: Uint8Array): string {
  try {
    return strictUtf8.decode(bytes)
  } catch {
    return latin1.decode(bytes)
  }
}
