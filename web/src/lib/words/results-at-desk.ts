import type {
  ObservationFlag,
  PdfFault,
  ReleaseAct,
  ReleaseClass,
  ReleaseReason,
  TestResultStatus,
} from '#lib/graph/index.ts'
import { dayAndDate } from './dates.ts'
import { daysBetween } from './days.ts'
import { counted } from './times.ts'

/** Why a result waits, or why it is open. */
export const releaseReasonWords: Record<ReleaseReason, string> = {
  AT_ONCE: 'It is final, and of a kind that opens at once',
  PRELIMINARY: 'It is not final yet',
  CRITICAL_FLAG: 'A value is flagged as critical',
  UNKNOWN_CODE: 'The portal does not know this test, or a mark of the laboratory',
  REPORT: 'It is a report in words',
  CLINICIAN_ONLY: 'Only a clinician opens results of this kind',
  RELEASED: 'A clinician released it',
  HELD: 'A clinician holds it',
  RETRACTED: 'A clinician took it back',
}

/** How results of a class come to be open. `days` is how long the trust lets reports wait. */
export function releaseClassWords(it: ReleaseClass, days: number): string {
  switch (it) {
    case 'NUMERIC':
      return 'They open as soon as they are final'
    case 'REPORT':
      return `They open when a clinician releases them, or by themselves after ${counted(days, 'day')}`
    case 'CLINICIAN_ONLY':
      return 'They open only when a clinician releases them'
    default:
      return it satisfies never
  }
}

/** One step of a result; who took it is said beside it. */
export const releaseActWords: Record<ReleaseAct, string> = {
  RECEIVED: 'Received from the hospital',
  CORRECTED: 'Corrected by the hospital',
  RELEASED: 'Released',
  HELD: 'Held',
  RETRACTED: 'Taken back',
  OPENED: 'Opened by itself',
  WITHDRAWN: 'Withdrawn by the hospital',
}

/** How far the laboratory has come with a result. */
export const resultStatusWords: Record<TestResultStatus, string> = {
  PRELIMINARY: 'Not final',
  FINAL: 'Final',
  CORRECTED: 'Corrected',
  WITHDRAWN: 'Withdrawn',
}

/** What the laboratory says of a value. */
export const flagWords: Record<ObservationFlag, string> = {
  NONE: 'Not given',
  NORMAL: 'Normal',
  LOW: 'Low',
  HIGH: 'High',
  CRITICALLY_LOW: 'Critically low',
  CRITICALLY_HIGH: 'Critically high',
  ABNORMAL: 'Outside the usual',
  CRITICALLY_ABNORMAL: 'Critical',
}

/** Whether the laboratory says that a value is not as usual. */
export const isFlagged = (flag: ObservationFlag): boolean => flag !== 'NONE' && flag !== 'NORMAL'

/** Whether a flag is one that a clinician must see before the patient does. */
export const isCritical = (flag: ObservationFlag): boolean => flag.startsWith('CRITICALLY')

/** Why a PDF of the hospital is not shown. */
export const pdfFaultWords: Record<PdfFault, string> = {
  TOO_LARGE: 'It is too large',
  NOT_A_PDF: 'It is not a PDF',
  EMPTY: 'It is empty',
  TRUNCATED: 'It is not complete',
  ENCRYPTED: 'It is locked with a password',
  ACTIVE_CONTENT: 'It contains a program',
  EMBEDDED_FILE: 'Another file is hidden in it',
  TWO_FILES_IN_ONE: 'It is two kinds of file in one',
  TOO_COMPLEX: 'It is too complex to check',
}

/** What says when a result opens, and since when it waits. */
export interface Waiting {
  readonly opensAt: string | null
  readonly reason: ReleaseReason
  readonly alarm: boolean
  readonly steps: readonly { readonly at: string; readonly act: ReleaseAct; readonly by?: string | null }[]
}

/** What must not be missed about a result that waits: nothing while there is time. */
export function alarmWords({ alarm, opensAt, reason, steps }: Waiting, now: Date): string | undefined {
  if (!alarm) return undefined
  if (opensAt !== null) return `Opens by itself ${soon(opensAt, now)}`
  // It has waited since it was last open, or since it came.
  const opened = steps.findLastIndex(({ act }) => act === 'OPENED' || act === 'RELEASED')
  const since = steps[opened + 1]
  if (!since) return reason === 'CRITICAL_FLAG' ? 'Critical value' : 'Waiting'
  const days = daysBetween(since.at, now)
  if (reason !== 'CRITICAL_FLAG') return `Waiting ${counted(days, 'day')}`
  return days > 0 ? `Critical value, waiting ${counted(days, 'day')}` : 'Critical value, came today'
}

function soon(instant: string, now: Date): string {
  const days = daysBetween(now, instant)
  if (days <= 0) return 'today'
  return days === 1 ? 'tomorrow' : `in ${counted(days, 'day')}`
}

/** How a result that is open came to be so, the last time that it did. */
export function openedWords({ steps }: Pick<Waiting, 'steps'>): string {
  const last = steps.findLast(({ act }) => act === 'OPENED' || act === 'RELEASED')
  if (last?.act !== 'RELEASED') return 'By itself'
  return last.by ? `Released by ${last.by}` : 'Released'
}

/** When a result that waits can be read by the patient. */
export function opensWords({ opensAt, reason }: Waiting): string {
  if (opensAt !== null) return `By itself on ${dayAndDate(opensAt)}`
  return reason === 'PRELIMINARY' ? 'Not before it is final' : 'Only when a clinician releases it'
}
