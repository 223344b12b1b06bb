import type { CancellationReason, RescheduleReason } from '#lib/graph/index.ts'

/** Why somebody wants another time, as they would say it themselves. */
export const rescheduleReasons: Record<RescheduleReason, string> = {
  AWAY: 'I am away on that day',
  WORK_OR_STUDY: 'Work, school or study',
  CARING: 'I care for somebody',
  TRAVEL: 'I cannot get there at that time',
  UNWELL: 'I am not well enough',
  OTHER: 'Another reason',
  PREFER_NOT_TO_SAY: 'I prefer not to say',
}

/** Why somebody does not want to come at all, as they would say it themselves. */
export const cancellationReasons: Record<CancellationReason, string> = {
  NO_LONGER_NEEDED: 'I no longer need the appointment',
  FEELING_BETTER: 'I feel better',
  TREATED_ELSEWHERE: 'I am treated somewhere else',
  UNWELL: 'I am not well enough',
  CANNOT_COME: 'I cannot come',
  OTHER: 'Another reason',
  PREFER_NOT_TO_SAY: 'I prefer not to say',
}
