import { DocumentIncomplete } from '../document-incomplete.ts'
import { type Fault, ofOurTime, said, short } from '../field-faults.ts'
import type { CodedNameInput } from './coded-name.input.ts'
import { statusOfResult } from './read-status.ts'
import type { RecordTestResultInput } from './record-test-result.input.ts'
import { TestResultStatus } from './test-result-status.ts'

const mostValues = 1000

/** What keeps a result from being recorded; undefined when nothing does. */
export function incompleteResult(input: RecordTestResultInput): DocumentIncomplete | undefined {
  for (const [field, message] of faultsOf(input)) return new DocumentIncomplete(field, message)
  return undefined
}

function* faultsOf(input: RecordTestResultInput): Generator<Fault> {
  const { hospitalId, status, panel, laboratory, department, observations } = input
  yield* said('hospitalId', hospitalId, 255)
  yield* said('laboratory', laboratory, 300)
  yield* coded('panel', panel)
  yield* short('department', department, 100)
  yield* instants(input)
  if (statusOfResult(status) === undefined)
    yield [
      'status',
      `"${status.slice(0, 20)}" is none of HL7 table 0123. Send the status of the whole result (OBR-25).`,
    ]
  if (observations.length > mostValues) yield ['observations', `send at most ${mostValues} values in one result.`]
  yield* faultsOfValues(observations)
  if (hasNothingToShow(input))
    yield [
      'observations',
      'a finished result needs a value, a report, a comment or a PDF. Send what the laboratory found.',
    ]
}

function* faultsOfValues(observations: RecordTestResultInput['observations']): Generator<Fault> {
  const keys = new Set<string>()
  for (const [at, { key, test, measuredAt }] of observations.entries()) {
    const field = `observations.${at}`
    if (keys.has(key)) yield [`${field}.key`, `"${key.slice(0, 100)}" stands twice. Each value needs a key of its own.`]
    keys.add(key)
    yield* coded(`${field}.test`, test)
    yield* ofOurTime(`${field}.measuredAt`, measuredAt)
  }
}

function* instants({ eventAt, collectedAt, reportedAt, notBefore }: RecordTestResultInput): Generator<Fault> {
  yield* ofOurTime('eventAt', eventAt)
  yield* ofOurTime('collectedAt', collectedAt)
  yield* ofOurTime('reportedAt', reportedAt)
  yield* ofOurTime('notBefore', notBefore)
}

function* coded(field: string, { code, system, name }: CodedNameInput): Generator<Fault> {
  yield* said(`${field}.name`, name, 1000)
  yield* short(`${field}.code`, code, 100)
  yield* short(`${field}.system`, system, 300)
}

const hasNothingToShow = ({ status, observations, report, comments, pdf }: RecordTestResultInput) =>
  isFinished(statusOfResult(status)) && !observations.length && !report?.length && !comments?.length && !pdf

const isFinished = (status: TestResultStatus | undefined) =>
  status === TestResultStatus.FINAL || status === TestResultStatus.CORRECTED
