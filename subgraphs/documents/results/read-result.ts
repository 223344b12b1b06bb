import type { LetterSection } from '../booking-letters/letter-content.ts'
import type { CheckedPdf } from '../pdfs/check-pdf.ts'
import { codeSystemOf } from './code-system.ts'
import { readFlag } from './flag.ts'
import { ObservationFlag } from './observation-words.ts'
import { readRange } from './range.ts'
import { statusOfObservation, statusOfResult } from './read-status.ts'
import type { RecordTestResultInput } from './record-test-result.input.ts'
import type { ReleaseFacts } from './release-rule.ts'
import type { TestObservationInput } from './test-observation.input.ts'
import { TestResultStatus } from './test-result-status.ts'
import { readUnit } from './unit.ts'
import { readValue } from './value.ts'

export type ReadResult = ReturnType<typeof readResult>
export type ReadObservation = ReturnType<typeof readObservation>['row']

/** What the hospital sent, as it is kept: `said`, `observations` and `pdf`; and as the rules look at it: `release`. */
export function readResult(input: RecordTestResultInput, pdf: CheckedPdf | null) {
  const said = readWhole(input)
  const read = input.observations.map((sent, at) => readObservation(sent, at + 1, said))
  const release: ReleaseFacts = {
    status: said.resultStatus,
    panel: { code: said.panelCode, system: said.panelSystem },
    department: said.department,
    observations: read.map(({ row, isFlagKnown }) => ({ ...row, system: row.codeSystem, isFlagKnown })),
    isInWords: said.report.length > 0 || pdf !== null,
  }
  return { said, observations: read.map(({ row }) => row), pdf, release, isRead: read.every(({ isRead }) => isRead) }
}

function readWhole(input: RecordTestResultInput) {
  const { panel, eventAt, collectedAt = null, reportedAt = null } = input
  const title = panel.name.trim()
  return {
    title,
    panel: title,
    ...readCode('panelCode', 'panelSystem', panel),
    resultStatus: statusOfResult(input.status) ?? TestResultStatus.PRELIMINARY,
    department: orNull(input.department),
    requestedBy: orNull(input.requestedBy),
    laboratory: input.laboratory.trim(),
    specimen: orNull(input.specimen),
    collectedAt,
    reportedAt,
    writtenAt: reportedAt ?? eventAt,
    appointmentId: input.appointmentId ?? null,
    comments: lines(input.comments),
    report: (input.report ?? []).map(readSection),
  }
}

function readObservation(
  { test, value, unit, range, flag, status, measuredAt, comments }: TestObservationInput,
  position: number,
  { laboratory, collectedAt }: { laboratory: string; collectedAt: Date | null },
) {
  const known = statusOfObservation(status)
  const observed = {
    position,
    name: test.name.trim(),
    ...readCode('code', 'codeSystem', test),
    laboratory,
    status: known ?? TestResultStatus.PRELIMINARY,
    measuredAt: measuredAt ?? collectedAt,
    comments: lines(comments),
  }
  if (known === TestResultStatus.WITHDRAWN)
    return { row: { ...observed, ...nothingMeasured }, isRead: true, isFlagKnown: true }
  const { text, number, comparator, isRead } = readValue(value)
  const { flag: read, isKnown } = readFlag(flag)
  const measured = { value: text, number, comparator, unit: readUnit(unit), range: readRange(range), flag: read }
  // A mark that nobody here knows may be the one that matters: who looks at the value sees it.
  const said = isKnown
    ? observed.comments
    : [`The laboratory marked this “${flag?.trim().slice(0, 50)}”.`, ...observed.comments]
  return {
    row: { ...observed, ...measured, comments: said },
    isRead: isRead && known !== undefined,
    isFlagKnown: isKnown,
  }
}

/** A value that was posted as wrong is not kept: it may be another patient's. */
const nothingMeasured = {
  value: '',
  number: null,
  comparator: null,
  unit: null,
  range: null,
  flag: ObservationFlag.NONE,
}

function readCode<Code extends string, System extends string>(
  codeName: Code,
  systemName: System,
  { code, system = null }: { code?: string | null; system?: string | null },
) {
  const given = orNull(code)
  return { [codeName]: given, [systemName]: given === null ? null : codeSystemOf(system) } as Record<
    Code | System,
    string | null
  >
}

const readSection = ({ heading, code, paragraphs, items }: LetterSection): LetterSection => ({
  heading: heading.trim(),
  code: code ?? null,
  paragraphs: lines(paragraphs),
  items: lines(items),
})

const orNull = (text: string | null | undefined) => text?.trim() || null
const lines = (texts: readonly string[] | null | undefined) => (texts ?? []).map((it) => it.trim()).filter(Boolean)
