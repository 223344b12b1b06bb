import type { CancellationReason, RescheduleReason } from '#lib/graph/index.ts'

/** Why somebody wants another time, as they would say it themselves. */
export const rescheduleReasons: Record<RescheduleReason, string> = {
  AWAY: 'I will be away',
  WORK_OR_STUDY: 'I have to work or study',
  CARING: 'I am looking after someone',
  TRAVEL: 'I cannot get there at that time',
  UNWELL: 'I am too ill to come',
  OTHER: 'Another reason',
  PREFER_NOT_TO_SAY: 'I prefer not to say',
}

/** Why somebody does not want to come at all, as they would say it themselves. */
export const cancellationReasons: Record<CancellationReason, string> = {
  NO_LONGER_NEEDED: 'I do not need it any more',
  FEELING_BETTER: 'I feel better',
  TREATED_ELSEWHERE: 'I have been treated somewhere else',
  UNWELL: 'I am too ill to come',
  CANNOT_COME: 'I cannot come',
  OTHER: 'Another reason',
  PREFER_NOT_TO_SAY: 'I prefer not to say',
}
