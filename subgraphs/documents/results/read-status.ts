import { TestResultStatus } from './test-result-status.ts'

const { PRELIMINARY, FINAL, CORRECTED, WITHDRAWN } = TestResultStatus

/** FHIR R4, diagnostic-report-status and observation-status. */
const ofFhir: Readonly<Record<string, TestResultStatus>> = {
  registered: PRELIMINARY,
  partial: PRELIMINARY,
  preliminary: PRELIMINARY,
  unknown: PRELIMINARY,
  final: FINAL,
  // Something was added; what it said stands.
  appended: FINAL,
  amended: CORRECTED,
  corrected: CORRECTED,
  cancelled: WITHDRAWN,
  'entered-in-error': WITHDRAWN,
}

/** HL7 v2 table 0123, OBR-25. */
const ofResult: Readonly<Record<string, TestResultStatus>> = {
  ...ofFhir,
  O: PRELIMINARY,
  I: PRELIMINARY,
  S: PRELIMINARY,
  A: PRELIMINARY,
  P: PRELIMINARY,
  R: PRELIMINARY,
  M: PRELIMINARY,
  F: FINAL,
  C: CORRECTED,
  X: WITHDRAWN,
  W: WITHDRAWN,
}

/** HL7 v2 table 0085, OBX-11. */
const ofObservation: Readonly<Record<string, TestResultStatus>> = {
  ...ofFhir,
  I: PRELIMINARY,
  N: PRELIMINARY,
  O: PRELIMINARY,
  P: PRELIMINARY,
  R: PRELIMINARY,
  S: PRELIMINARY,
  B: FINAL,
  F: FINAL,
  // Final now, and not sent again.
  U: FINAL,
  V: FINAL,
  C: CORRECTED,
  D: WITHDRAWN,
  W: WITHDRAWN,
  X: WITHDRAWN,
}

/** The status of a whole result. Undefined for one the portal does not know: it must not be guessed whether it may be shown. */
export const statusOfResult = (reported: string): TestResultStatus | undefined => lookUp(ofResult, reported)

/** The status of one value. Undefined for one the portal does not know. */
export const statusOfObservation = (reported: string): TestResultStatus | undefined => lookUp(ofObservation, reported)

function lookUp(table: Readonly<Record<string, TestResultStatus>>, reported: string) {
  const status = reported.trim()
  return Object.hasOwn(table, status) ? table[status] : undefined
}

/** How final a status is: of two words of one instant the more final one is the later. */
export const finality = (status: TestResultStatus): number => [PRELIMINARY, FINAL, CORRECTED, WITHDRAWN].indexOf(status)
