import { dayInWords } from '../../../runtime/dates-in-words.ts'
import type { ShownBookingLetter, ShownLetter } from '../../shown-document.ts'
import type { Printable } from './printable.ts'

const fromPdf =
  'The words of this copy were read out of the PDF that the hospital sent. If they differ, that PDF is what counts.'

/** A letter as it is printed. */
export function printableLetter(letter: ShownLetter): Printable {
  const { title, author, notice, textFromPdf, sections, writtenAt, trustName } = letter
  return {
    title,
    sections,
    writtenAt,
    trustName,
    ...addresseeOf(letter),
    notices: [textFromPdf && fromPdf, notice].filter((it) => typeof it === 'string'),
    facts: [
      ...addresseeOf(letter).facts,
      ['Written on', dayInWords(writtenAt)],
      ...(author ? [['Written by', author] as const] : []),
    ],
    table: null,
  }
}

function addresseeOf(letter: ShownLetter): Pick<Printable, 'addressLines' | 'facts'> {
  if (!('addressee' in letter)) return { addressLines: [], facts: [] }
  const { name, addressLines, nhsNumber, hospitalNumber } = (letter as ShownBookingLetter).addressee
  return {
    addressLines: [name, ...addressLines],
    facts: [
      ...(nhsNumber ? [['NHS number', inGroups(nhsNumber)] as const] : []),
      ...(hospitalNumber ? [['Hospital number', hospitalNumber] as const] : []),
    ],
  }
}

/** As the NHS writes it: "999 004 1571". */
const inGroups = (nhsNumber: string) => nhsNumber.replace(/^(\d{3})(\d{3})(\d{4})$/, '$1 $2 $3')
