import { dayInWords } from '../../../runtime/dates-in-words.ts'
import type { ShownBookingLetter, ShownLetter } from '../../shown-document.ts'
import type { PrintableContent } from './printable.ts'

const fromPdf =
  'The words of this copy were read out of the PDF that the hospital sent. If they differ, that PDF is what counts.'

/** A letter as it is printed. */
export function printableLetter(letter: ShownLetter): PrintableContent {
  const { title, author, notice, textFromPdf, sections, writtenAt, trustName } = letter
  return {
    title,
    sections,
    writtenAt,
    trustName,
    addressLines: addressOf(letter),
    notices: [textFromPdf && fromPdf, notice].filter((it) => typeof it === 'string'),
    facts: [['Written on', dayInWords(writtenAt)], ...(author ? [['Written by', author] as const] : [])],
    table: null,
  }
}

/** To whom it was written then. Their numbers stand at the head of every page, as they are by now: no second ones beside them. */
function addressOf(letter: ShownLetter): string[] {
  if (!('addressee' in letter)) return []
  const { name, addressLines } = (letter as ShownBookingLetter).addressee
  return [name, ...addressLines]
}
