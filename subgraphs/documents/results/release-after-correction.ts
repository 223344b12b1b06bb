import { isStricter } from './release-classes.ts'
import type { ReleaseVerdict } from './release-rule.ts'
import { type ReleaseClass, ReleaseReason } from './release-words.ts'

/** How a result came, or was to come, to be open. */
export interface Release {
  readonly releaseClass: ReleaseClass
  readonly releaseReason: ReleaseReason
  readonly opensAt: Date | null
}

/**
 * How a result that is replaced comes to be open. It goes through the rules again; but what a clinician decided outlasts a
 * correction, unless the rules are stricter with it than they were when it was decided.
 */
export function releaseAfterCorrection(
  before: Release,
  verdict: ReleaseVerdict,
  byRule: Date | null,
  now: Date,
): Release {
  const ruled = { releaseClass: verdict.class, releaseReason: verdict.reason, opensAt: byRule }
  if (before.releaseReason === ReleaseReason.RETRACTED)
    return { ...ruled, releaseReason: ReleaseReason.RETRACTED, opensAt: null }
  const mustBeLookedAt = verdict.reason === ReleaseReason.CRITICAL_FLAG || verdict.reason === ReleaseReason.PRELIMINARY
  if (mustBeLookedAt || isStricter(verdict.class, before.releaseClass)) return ruled
  const isReleased = before.releaseReason === ReleaseReason.RELEASED
  const isHeld = before.releaseReason === ReleaseReason.HELD && !!before.opensAt && before.opensAt > now
  return isReleased || isHeld ? { ...before, releaseClass: verdict.class } : ruled
}
