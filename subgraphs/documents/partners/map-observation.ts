import type { CodeableConcept, Observation, ObservationComponent } from '@medplum/fhirtypes'
import { codeSystemOf } from '../results/code-system.ts'
import { readFlag } from '../results/flag.ts'
import { statusOfObservation } from '../results/read-status.ts'
import { TestResultStatus } from '../results/test-result-status.ts'
import { firstInstant } from './fhir-date.ts'
import { calledBy, codesOf, nameOf, notesOf } from './fhir-words.ts'
import { rangeOf, valueOf } from './observation-value.ts'
import type { PartnerValue } from './partner-document.ts'
import { oneLine } from './plain-text.ts'

/** The rows of a result that one observation gives: itself, when it says something, and its components. */
export function valuesOf(observation: Observation, laboratory: string): PartnerValue[] {
  const { id = '', code, component = [], performer, contained } = observation
  const measuredAt = firstInstant(
    observation.effectiveDateTime,
    observation.effectiveInstant,
    observation.effectivePeriod?.start,
    observation.issued,
  )
  const status = statusOfObservation(observation.status) ?? TestResultStatus.PRELIMINARY
  const common = {
    status,
    measuredAt: measuredAt ?? null,
    laboratory: calledBy(performer?.[0], contained) ?? laboratory,
  }
  const isWhole = !component.length && !observation.hasMember?.length
  const itself = rowOf(observation, isWhole, { id, name: nameOf(code), comments: notesOf(observation.note), ...common })
  const parts = component.map((it, index) =>
    rowOf(it, true, { id: `${id}-${index + 1}`, name: partName(code, it), comments: [], ...common }),
  )
  return [itself, ...parts].filter((it) => it !== undefined)
}

const partName = (whole: CodeableConcept, { code }: ObservationComponent) =>
  [nameOf(whole), nameOf(code)].filter(Boolean).join(': ')

type Common = Pick<PartnerValue, 'id' | 'name' | 'status' | 'measuredAt' | 'laboratory' | 'comments'>

/** A heading of others may say nothing itself; of anything else it is told that there is no value. */
function rowOf(it: Observation | ObservationComponent, isWhole: boolean, common: Common): PartnerValue | undefined {
  const [coded] = codesOf(it.code)
  const about = {
    ...common,
    name: common.name || 'Test without a name',
    code: coded?.code ?? null,
    codeSystem: coded?.code ? codeSystemOf(coded.system) : null,
  }
  const nothing = { number: null, comparator: null, unit: null, range: null }
  // What it said was wrong: nobody should go by it.
  if (common.status === TestResultStatus.WITHDRAWN)
    return { ...about, ...nothing, comments: [], value: '', flag: readFlag('').flag }
  const value = valueOf(it) ?? (isWhole ? { ...nothing, value: '' } : undefined)
  if (!value) return undefined
  const marks = (it.interpretation ?? []).map(markOf)
  const { flag } = readFlag(marks.map(({ codes }) => codes).join('~'))
  const comments = [...marks.flatMap(({ unread }) => unread), ...about.comments]
  return { ...about, ...value, comments, range: rangeOf(it.referenceRange, value.unit), flag }
}

/** What a laboratory says of a value by codes, and in words when nobody here knows any of them: it may be what matters. */
function markOf(concept: CodeableConcept): { codes: string; unread: string[] } {
  const codes = codesOf(concept).flatMap(({ code }) => code || [])
  const isRead = codes.some((code) => readFlag(code).isKnown)
  const words = nameOf(concept) || codes.map(oneLine).join(', ')
  return { codes: codes.join('~'), unread: isRead || !words ? [] : [`The laboratory marked this “${words}”.`] }
}
