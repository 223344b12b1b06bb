import { DocumentIncomplete } from '../document-incomplete.ts'
import { DocumentKind } from '../document-kind.ts'
import { type Fault, ofOurTime, said } from '../field-faults.ts'
import type { LetterSectionInput } from './letter-section.input.ts'
import type { RecordLetterInput } from './record-letter.input.ts'

const kinds: readonly DocumentKind[] = [
  DocumentKind.OUTCOME_LETTER,
  DocumentKind.DISCHARGE_SUMMARY,
  DocumentKind.LETTER,
]
const mostSections = 200
/** More than any letter says: it would be a file, not a letter. */
const mostCharacters = 200_000

/** What keeps a letter from being recorded; undefined when nothing does. */
export function incompleteLetter(input: RecordLetterInput): DocumentIncomplete | undefined {
  for (const [field, message] of faultsOf(input)) return new DocumentIncomplete(field, message)
  return undefined
}

function* faultsOf(input: RecordLetterInput): Generator<Fault> {
  const { hospitalId, patientId, kind, title, author, sections, pdf } = input
  yield* said('hospitalId', hospitalId, 255)
  yield* said('patientId', patientId, 255)
  yield* said('title', title, 300)
  if (author) yield* said('author', author, 300)
  if (!kinds.includes(kind)) yield ['kind', `must be one of ${kinds.join(', ')}.`]
  for (const field of ['eventAt', 'writtenAt', 'notBefore'] as const) yield* ofOurTime(field, input[field])
  if (sections.length === 0 && !pdf) yield ['sections', 'are empty. Send what the letter says, or its PDF, or both.']
  if (sections.length > mostSections) yield ['sections', `are more than ${mostSections}. Send the letter as a PDF.`]
  if (lengthOf(sections) > mostCharacters)
    yield ['sections', `hold more than ${mostCharacters} characters. Send the letter as a PDF.`]
  for (const [at, { heading, code }] of sections.entries()) {
    yield* said(`sections.${at}.heading`, heading, 300)
    if (code && !/^\d{6,18}$/.test(code))
      yield [`sections.${at}.code`, 'is no SNOMED CT code: send 6 to 18 digits, or none.']
  }
}

const lengthOf = (sections: readonly LetterSectionInput[]) =>
  sections.flatMap(({ heading, paragraphs, items }) => [heading, ...paragraphs, ...items]).join('').length
