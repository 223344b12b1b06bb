import { dayInWords, timeInWords } from '../../../runtime/dates-in-words.ts'
import type { LetterSection } from '../../booking-letters/letter-content.ts'
import type { ObservationFlag } from '../../results/observation-words.ts'
import type { ShownObservation } from '../../results/shown-observation.ts'
import { TestResultStatus } from '../../results/test-result-status.ts'
import type { ShownResult } from '../../shown-document.ts'
import type { PrintableContent, PrintableTable } from './printable.ts'

/** In the words of the site. */
const flagged: Record<ObservationFlag, string> = {
  NONE: '',
  NORMAL: 'In the usual range',
  LOW: 'Lower than usual',
  HIGH: 'Higher than usual',
  CRITICALLY_LOW: 'Much lower than usual',
  CRITICALLY_HIGH: 'Much higher than usual',
  ABNORMAL: 'Not as usual',
  CRITICALLY_ABNORMAL: 'Very different from usual',
}
const howFar: Record<TestResultStatus, string> = {
  PRELIMINARY: 'Not final: the laboratory may still change it',
  FINAL: 'Final',
  CORRECTED: 'Corrected by the laboratory',
  WITHDRAWN: 'Taken back by the laboratory',
}
const aboutRanges =
  'A usual range is what about 19 of 20 healthy people have. A value outside it does not by itself mean that something is wrong.'

/** A test result as it is printed. */
export function printableResult(result: ShownResult, values: readonly ShownObservation[]): PrintableContent {
  const { title, notice, report, comments, writtenAt, trustName } = result
  return {
    title,
    writtenAt,
    trustName,
    addressLines: [],
    notices: notice ? [notice] : [],
    facts: factsOf(result),
    table: values.length > 0 ? tableOf(values) : null,
    sections: [...remarks(values, comments), ...report],
  }
}

function factsOf(result: ShownResult): PrintableContent['facts'] {
  const { status, requestedBy, laboratory, specimen, collectedAt, reportedAt } = result
  const facts: [string, string | null][] = [
    ['Status', status && howFar[status]],
    ['Asked for by', requestedBy],
    ['Laboratory', laboratory],
    ['Specimen', specimen],
    ['Taken', collectedAt && momentInWords(collectedAt)],
    ['Reported', reportedAt && momentInWords(reportedAt)],
  ]
  return facts.flatMap(([name, value]) => (value ? [[name, value] as const] : []))
}

const momentInWords = (at: Date) => `${dayInWords(at)}, ${timeInWords(at)}`

const tableOf = (values: readonly ShownObservation[]): PrintableTable => ({
  heading: 'Results',
  columns: ['Test', 'Result', 'Usual range', 'Compared with it'],
  rows: values.map((it) => [
    it.name,
    valueInWords(it),
    it.range?.text ? [inWords(it.range.text), it.unit].filter(Boolean).join(' ') : '',
    flagged[it.flag],
  ]),
})

/** An empty cell would leave open whether something was forgotten. */
function valueInWords({ value, unit, status }: ShownObservation): string {
  if (status === TestResultStatus.WITHDRAWN) return howFar.WITHDRAWN
  const said = value ? [value, unit].filter(Boolean).join(' ') : 'No value given'
  return status === TestResultStatus.FINAL ? said : `${said} (${howFar[status]})`
}

/** "130-180" may be read as a sum; "130 to 180" may not. */
const inWords = (range: string) => range.replace(/^(\d+(?:\.\d+)?)\s*-\s*(\d+(?:\.\d+)?)$/, '$1 to $2')

function remarks(values: readonly ShownObservation[], comments: readonly string[]): LetterSection[] {
  const ofValues = values.flatMap(({ name, comments: said }) => said.map((comment) => `${name}: ${comment}`))
  const said = [...comments, ...ofValues]
  return [
    ...(values.some(({ range }) => range)
      ? [{ heading: 'About usual ranges', paragraphs: [aboutRanges], items: [] }]
      : []),
    ...(said.length > 0 ? [{ heading: 'Comments', paragraphs: said, items: [] }] : []),
  ]
}
