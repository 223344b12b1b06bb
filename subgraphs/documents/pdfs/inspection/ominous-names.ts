import { Faulty, type FaultName } from './fault.ts'

/**
 * Names that only stand in a PDF when it does what no letter needs. Long enough that packed bytes do not spell them by chance;
 * what has a short name, such as /JS, is found in the structure.
 */
const ominous: Record<string, FaultName> = {
  JavaScript: 'ACTIVE_CONTENT',
  Launch: 'ACTIVE_CONTENT',
  SubmitForm: 'ACTIVE_CONTENT',
  ImportData: 'ACTIVE_CONTENT',
  GoToE: 'ACTIVE_CONTENT',
  GoToR: 'ACTIVE_CONTENT',
  Rendition: 'ACTIVE_CONTENT',
  RichMedia: 'ACTIVE_CONTENT',
  RichMediaExecute: 'ACTIVE_CONTENT',
  EmbeddedFile: 'EMBEDDED_FILE',
  EmbeddedFiles: 'EMBEDDED_FILE',
  FileAttachment: 'EMBEDDED_FILE',
  Encrypt: 'ENCRYPTED',
}

/** A letter of a name as it may be written: itself, or "#" and its code. */
const written = (letter: string) => {
  const code = letter.charCodeAt(0).toString(16)
  const anyCase = [...code].map((digit) => (/[a-f]/.test(digit) ? `[${digit}${digit.toUpperCase()}]` : digit)).join('')
  return `(?:${letter}|#${anyCase})`
}
const spellings = Object.keys(ominous).map((name) => [...name].map(written).join(''))
const pattern = new RegExp(String.raw`/(${spellings.join('|')})(?=[\0\t\n\f\r ()<>[\]{}/%]|$)`)

const pieceBytes = 1024 * 1024
/** No name is longer, however it is written. */
const overlap = 100

/** Ends the inspection when one of the names stands anywhere in these bytes. */
export function refuseOminousNames(bytes: Buffer): void {
  for (let start = 0; start < bytes.length; start += pieceBytes) {
    const found = pattern.exec(
      bytes.toString('latin1', start, Math.min(bytes.length, start + pieceBytes + overlap)),
    )?.[1]
    if (found) throw new Faulty(ominous[decoded(found)] ?? 'ACTIVE_CONTENT')
  }
}

const decoded = (name: string) =>
  name.replaceAll(/#([0-9a-fA-F]{2})/g, (_, code: string) => String.fromCharCode(parseInt(code, 16)))
