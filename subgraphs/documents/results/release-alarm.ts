import type { Trust } from '../../runtime/trust.ts'
import type { TestResult } from './test-result.entity.ts'
import { ReleaseReason } from './release-words.ts'
import { TestResultStatus } from './test-result-status.ts'

type Days = Pick<Trust, 'resultReleaseDays' | 'resultAlarmDays'>

/** Before these instants a clinician should look: what opens by itself by then, and what has waited for one since then. */
const limits = (now: Date, { resultReleaseDays, resultAlarmDays }: Days) => ({
  opensBy: plusDays(now, resultAlarmDays),
  waitedSince: plusDays(now, -resultReleaseDays),
})
const plusDays = (at: Date, days: number) => new Date(at.getTime() + days * 86_400_000)

/** Results that wait for a clinician, or open by themselves later. What the laboratory has not finished waits for it alone. */
export const waiting = (now: Date) => ({
  waitingSince: { $ne: null },
  withdrawnAt: null,
  excluded: false,
  resultStatus: { $ne: TestResultStatus.PRELIMINARY },
  $or: [{ opensAt: null }, { opensAt: { $gt: now } }],
})

/** Those of them that a clinician should look at now: what has a critical value does not wait for a day to come. */
export function alarming(now: Date, trust: Days) {
  const { opensBy, waitedSince } = limits(now, trust)
  return {
    $or: [
      { releaseReason: ReleaseReason.CRITICAL_FLAG },
      { opensAt: { $lte: opensBy } },
      { opensAt: null, waitingSince: { $lt: waitedSince } },
    ],
  }
}

/** True when a value is critical, or it opens by itself soon, or has waited for a clinician for too long. */
export function isAlarming(result: TestResult, now: Date, trust: Days): boolean {
  const { opensAt, waitingSince, resultStatus, releaseReason, withdrawnAt } = result
  if (!waitingSince || withdrawnAt || resultStatus === TestResultStatus.PRELIMINARY || result.isOpen(now)) return false
  if (releaseReason === ReleaseReason.CRITICAL_FLAG) return true
  const { opensBy, waitedSince } = limits(now, trust)
  return opensAt ? opensAt <= opensBy : waitingSince < waitedSince
}
