import type { DiagnosticReport, Observation } from '@medplum/fhirtypes'
import type { LetterSection } from '../booking-letters/letter-content.ts'
import { DocumentKind } from '../document-kind.ts'
import { statusOfResult } from '../results/read-status.ts'
import { TestResultStatus } from '../results/test-result-status.ts'
import { firstInstant } from './fhir-date.ts'
import { calledBy, codesOf, nameOf, statedVersion, versionsOf } from './fhir-words.ts'
import { pdfOf, sectionsOfText } from './map-letter.ts'
import { valuesOf } from './map-observation.ts'
import type { PartnerResult } from './partner-document.ts'
import { paragraphsOf, textOfMarkup } from './plain-text.ts'

const mostValues = 500

/** The observations a result is made of, in order, and how many of them there are that could not be read. */
export interface Parts {
  readonly observations: readonly Observation[]
  readonly missing: number
}

/** A DiagnosticReport and its observations as a result. Undefined when nothing says of when it is. */
export function resultOfReport(report: DiagnosticReport, parts: Parts, trustName: string): PartnerResult | undefined {
  const { id = '', code, status, meta, issued, effectiveDateTime, effectivePeriod, contained } = report
  const writtenAt = writtenAtOf(report)
  if (!writtenAt) return undefined
  const laboratory = calledBy(report.performer?.[0], contained) ?? trustName
  const panel = nameOf(code) || 'Test result'
  return {
    type: 'DiagnosticReport',
    id,
    kind: DocumentKind.TEST_RESULT,
    title: panel,
    panel,
    writtenAt,
    version: statedVersion(meta),
    versions: versionsOf([report, ...parts.observations]),
    ...standing(status, firstInstant(issued, meta?.lastUpdated) ?? writtenAt),
    isAnnounced: status === 'registered',
    pdf: pdfOf(report.presentedForm ?? [], `DiagnosticReport/${id}`),
    missing: parts.missing,
    requestedBy: calledBy(report.basedOn?.[0], contained),
    laboratory,
    specimen: calledBy(report.specimen?.[0], contained),
    collectedAt: firstInstant(effectiveDateTime, effectivePeriod?.start) ?? null,
    reportedAt: firstInstant(issued) ?? null,
    comments: [],
    report: inWordsOf(report, parts),
    values: parts.observations.flatMap((it) => valuesOf(it, laboratory)).slice(0, mostValues),
    codes: [...codesOf(code), ...(report.category ?? []).flatMap(codesOf), ...codesIn(parts.observations)],
  }
}

/** An observation of a laboratory that is in no report: a result of one value. Undefined when it has no date or says nothing. */
export function resultOfObservation(
  observation: Observation,
  parts: Parts,
  trustName: string,
): PartnerResult | undefined {
  const { id = '', code, status, meta, issued, effectiveDateTime, effectivePeriod, contained } = observation
  const all = [observation, ...parts.observations]
  const laboratory = calledBy(observation.performer?.[0], contained) ?? trustName
  const values = all.flatMap((it) => valuesOf(it, laboratory)).slice(0, mostValues)
  const writtenAt = writtenAtOf(observation)
  const panel = nameOf(code) || 'Test result'
  if (!writtenAt || (!values.length && status !== 'registered')) return undefined
  return {
    type: 'Observation',
    id,
    kind: DocumentKind.TEST_RESULT,
    title: panel,
    panel,
    writtenAt,
    version: statedVersion(meta),
    versions: versionsOf(all),
    ...standing(status, firstInstant(issued, meta?.lastUpdated) ?? writtenAt),
    isAnnounced: status === 'registered',
    pdf: null,
    missing: parts.missing,
    requestedBy: calledBy(observation.basedOn?.[0], contained),
    laboratory,
    specimen: calledBy(observation.specimen, contained),
    collectedAt: firstInstant(effectiveDateTime, effectivePeriod?.start) ?? null,
    reportedAt: firstInstant(issued) ?? null,
    comments: [],
    report: [],
    values,
    codes: [...(observation.category ?? []).flatMap(codesOf), ...codesIn(all)],
  }
}

const writtenAtOf = ({ issued, effectiveDateTime, effectivePeriod, meta }: DiagnosticReport | Observation) =>
  firstInstant(issued, effectiveDateTime, effectivePeriod?.end, effectivePeriod?.start, meta?.lastUpdated)

/** FHIR R4: issued is when this version was given out; when it was last updated may be when it was moved to another server. */
function standing(said: string, changedAt: string) {
  const status = statusOfResult(said) ?? TestResultStatus.PRELIMINARY
  return {
    status,
    correctedAt: status === TestResultStatus.CORRECTED ? changedAt : null,
    isWithdrawn: status === TestResultStatus.WITHDRAWN,
    isPreliminary: status === TestResultStatus.PRELIMINARY,
  }
}

const codesIn = (observations: readonly Observation[]) =>
  observations.flatMap((it) => [it, ...(it.component ?? [])].flatMap(({ code }) => codesOf(code)))

/** What a report says in words. Its narrative repeats the values: it is read only where there are none. */
function inWordsOf(report: DiagnosticReport, { observations }: Parts): LetterSection[] {
  const { conclusion, conclusionCode, presentedForm, text } = report
  const concluded = [...paragraphsOf(conclusion), ...(conclusionCode ?? []).map(nameOf)].filter(Boolean)
  const forms = (presentedForm ?? []).flatMap((it) => sectionsOfText(it, 'Report'))
  const narrated = textOfMarkup(observations.length || forms.length ? '' : (text?.div ?? ''))
  return [
    ...forms,
    { heading: 'Report', code: null, ...narrated },
    { heading: 'Conclusion', code: null, paragraphs: [...new Set(concluded)], items: [] },
  ].filter(({ paragraphs, items }) => paragraphs.length || items.length)
}
