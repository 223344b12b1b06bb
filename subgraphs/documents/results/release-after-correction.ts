import { isStricter } from './release-classes.ts'
import type { ReleaseVerdict } from './release-rule.ts'
import { type ReleaseClass, ReleaseReason } from './release-words.ts'

const { HELD, RELEASED } = ReleaseReason

/** How a result came, or was to come, to be open. */
export interface Release {
  readonly releaseClass: ReleaseClass
  readonly releaseReason: ReleaseReason
  readonly opensAt: Date | null
  /** When a clinician's hold ends. */
  readonly heldUntil?: Date | null
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
  if (before.releaseReason === ReleaseReason.RELEASED)
    return { ...ruled, releaseReason: RELEASED, opensAt: before.opensAt }
  // Also when it could not count for a while, since a clinician had to look first. A hold never opens it sooner.
  const { heldUntil } = before
  const isHeld = ruled.opensAt && heldUntil && heldUntil > now && heldUntil > ruled.opensAt
  return isHeld ? { ...ruled, releaseReason: HELD, opensAt: heldUntil } : ruled
}
