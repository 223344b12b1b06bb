import { writeTimestamp } from '../hl7/timestamp.ts'
import { writeClinician, writeMessage, writeSegment as segment, writeText as text } from '../hl7/writing.ts'
import {
  type HospitalSection,
  type HospitalVisit,
  observationSegments,
  pdfObservation,
  textObservations,
  visitSegment,
} from './document-segments.ts'
import { header, identification, type Envelope, type HospitalPerson } from './person-segments.ts'

/** A letter as the hospital's document system would send it: text in parts, a PDF, or both. */
export interface HospitalLetter extends HospitalVisit {
  /** What names it for good. */
  readonly id: string
  readonly kind: LetterKind
  readonly title: string
  readonly author: string
  readonly writtenAt: Date
  readonly sections?: readonly HospitalSection[] | undefined
  readonly pdf?: { readonly base64: string; readonly fileName: string } | undefined
}

export type LetterKind = 'outcome' | 'discharge' | 'other'

/** MDM^T02: a letter is there. */
export const sendLetter = (person: HospitalPerson, letter: HospitalLetter, envelope: Envelope): string =>
  about('T02', person, letter, letterFields(letter), contentOf(letter), envelope)

/** MDM^T10: a letter takes the place of another. */
export const replaceLetter = (
  person: HospitalPerson,
  letter: HospitalLetter,
  replaced: string,
  envelope: Envelope,
): string => about('T10', person, letter, { ...letterFields(letter), 13: text(replaced) }, contentOf(letter), envelope)

/** MDM^T11: a letter should not have been sent. */
export const withdrawLetter = (person: HospitalPerson, id: string, envelope: Envelope): string =>
  about('T11', person, {}, { 2: 'CN', 12: text(id), 17: 'AU', 19: 'CA' }, [], envelope)

const types: Record<LetterKind, string> = { outcome: 'CN', discharge: 'DS', other: 'LT' }

function letterFields({ id, kind, title, author, writtenAt, pdf }: HospitalLetter): Record<number, string | undefined> {
  return {
    2: `${types[kind]}^${text(title)}^L`,
    3: pdf ? 'AP' : 'TX',
    4: writeTimestamp(writtenAt),
    6: writeTimestamp(writtenAt),
    9: writeClinician(author),
    12: text(id),
    16: text(pdf?.fileName),
    17: 'AU',
    19: 'AV',
  }
}

const contentOf = ({ sections = [], pdf }: HospitalLetter): string[] =>
  observationSegments([
    ...sections.flatMap((it) => textObservations(it, 'F')),
    ...(pdf ? [pdfObservation(pdf.base64, 'F')] : []),
  ])

const about = (
  event: string,
  person: HospitalPerson,
  visit: HospitalVisit,
  document: Record<number, string | undefined>,
  content: string[],
  envelope: Envelope,
) =>
  writeMessage([
    header(`MDM^${event}^MDM_T02`, envelope, 'DOCS'),
    segment('EVN', { 1: event, 2: writeTimestamp(envelope.at) }),
    identification(person, envelope),
    ...visitSegment(visit),
    segment('TXA', { 1: '1', ...document }),
    ...content,
  ])
