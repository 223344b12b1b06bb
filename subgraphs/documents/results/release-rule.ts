import { londonDate, londonInstant, plusDays } from '../../runtime/london.ts'
import type { Trust } from '../../runtime/trust.ts'
import type { Coded } from './code-system.ts'
import { SECTION } from './code-system.ts'
import { isCritical } from './flag.ts'
import type { ObservationFlag } from './observation-words.ts'
import { classOfCode, strictest } from './release-classes.ts'
import { ReleaseClass, ReleaseReason } from './release-words.ts'
import { TestResultStatus } from './test-result-status.ts'

/** What the rules of release look at: nothing else of a result decides when its patient reads it. */
export interface ReleaseFacts {
  readonly status: TestResultStatus
  readonly panel: Coded
  /** HL7 table 0074. */
  readonly department: string | null
  readonly observations: readonly ObservationFacts[]
  /** It comes with a report in words, or with a PDF. */
  readonly isInWords: boolean
}

export interface ObservationFacts extends Coded {
  readonly number: number | null
  readonly flag: ObservationFlag
  /** False when the laboratory gave a flag that the portal does not know. */
  readonly isFlagKnown: boolean
  readonly status: TestResultStatus
}

/** How a result comes to be open, by the rules alone. */
export interface ReleaseVerdict {
  readonly class: ReleaseClass
  readonly reason: ReleaseReason
}

const { NUMERIC, REPORT, CLINICIAN_ONLY } = ReleaseClass

/** The rules of release. The strictest class of the panel, the department and every value counts. */
export function releaseOf(facts: ReleaseFacts, { resultClasses }: Pick<Trust, 'resultClasses'>): ReleaseVerdict {
  const standing = facts.observations.filter((it) => it.status !== TestResultStatus.WITHDRAWN)
  const section = classOfCode({ code: facts.department, system: SECTION }, resultClasses)
  const ofCodes = [facts.panel, ...facts.observations].map((it) => classOfCode(it, resultClasses))
  const named = strictest([section, ...ofCodes])
  const isUnknown =
    // Whatever imaging calls a picture, its department says that it is one.
    (section === undefined && ofCodes.includes(undefined)) || standing.some((it) => !it.isFlagKnown)
  const isInWords = facts.isInWords || !standing.length || standing.some((it) => it.number === null)
  const releaseClass = isUnknown ? CLINICIAN_ONLY : (strictest([named, isInWords ? REPORT : NUMERIC]) ?? CLINICIAN_ONLY)
  const reason = (): ReleaseReason => {
    if ([facts, ...standing].some((it) => it.status === TestResultStatus.PRELIMINARY)) return ReleaseReason.PRELIMINARY
    if (standing.some((it) => isCritical(it.flag))) return ReleaseReason.CRITICAL_FLAG
    if (releaseClass === NUMERIC) return ReleaseReason.AT_ONCE
    if (releaseClass === REPORT) return ReleaseReason.REPORT
    return named === CLINICIAN_ONLY ? ReleaseReason.CLINICIAN_ONLY : ReleaseReason.UNKNOWN_CODE
  }
  return { class: releaseClass, reason: reason() }
}

/** Results open in the morning, when there is somebody to phone. */
const morning = '08:00'
export const morningOf = (date: string): Date => londonInstant(date, morning)

/** When a result opens by the rules alone, received at this moment; null: only when a clinician opens it. */
export function opensByItself(
  { reason }: ReleaseVerdict,
  { resultReleaseDays }: Pick<Trust, 'resultReleaseDays'>,
  received: Date,
): Date | null {
  if (reason === ReleaseReason.AT_ONCE) return received
  return reason === ReleaseReason.REPORT ? morningOf(plusDays(londonDate(received), resultReleaseDays)) : null
}
