import { registerEnumType } from 'type-graphql'

export enum RescheduleReason {
  AWAY = 'AWAY',
  WORK_OR_STUDY = 'WORK_OR_STUDY',
  CARING = 'CARING',
  TRAVEL = 'TRAVEL',
  UNWELL = 'UNWELL',
  OTHER = 'OTHER',
  PREFER_NOT_TO_SAY = 'PREFER_NOT_TO_SAY',
}
registerEnumType(RescheduleReason, {
  name: 'RescheduleReason',
  description: 'Why a patient needs another time.',
  valuesConfig: {
    AWAY: { description: 'They are away on that day.' },
    WORK_OR_STUDY: { description: 'Work, school or study.' },
    CARING: { description: 'They care for somebody.' },
    TRAVEL: { description: 'They cannot get there at that time.' },
    UNWELL: { description: 'They are not well enough.' },
    OTHER: { description: 'Something else, which they may say.' },
    PREFER_NOT_TO_SAY: { description: 'They prefer not to say.' },
  },
})

export enum CancellationReason {
  NO_LONGER_NEEDED = 'NO_LONGER_NEEDED',
  FEELING_BETTER = 'FEELING_BETTER',
  TREATED_ELSEWHERE = 'TREATED_ELSEWHERE',
  UNWELL = 'UNWELL',
  CANNOT_COME = 'CANNOT_COME',
  OTHER = 'OTHER',
  PREFER_NOT_TO_SAY = 'PREFER_NOT_TO_SAY',
}
registerEnumType(CancellationReason, {
  name: 'CancellationReason',
  description: 'Why a patient cancels.',
  valuesConfig: {
    NO_LONGER_NEEDED: { description: 'They no longer need the appointment.' },
    FEELING_BETTER: { description: 'They feel better.' },
    TREATED_ELSEWHERE: { description: 'They are treated somewhere else.' },
    UNWELL: { description: 'They are not well enough.' },
    CANNOT_COME: { description: 'They cannot come, and do not want another time.' },
    OTHER: { description: 'Something else, which they may say.' },
    PREFER_NOT_TO_SAY: { description: 'They prefer not to say.' },
  },
})

const rescheduleWords: Record<RescheduleReason, string> = {
  AWAY: 'I am away on that day',
  WORK_OR_STUDY: 'Work, school or study',
  CARING: 'I care for somebody',
  TRAVEL: 'I cannot get there at that time',
  UNWELL: 'I am not well enough',
  OTHER: 'Another reason',
  PREFER_NOT_TO_SAY: 'I prefer not to say',
}

const cancellationWords: Record<CancellationReason, string> = {
  NO_LONGER_NEEDED: 'I no longer need the appointment',
  FEELING_BETTER: 'I feel better',
  TREATED_ELSEWHERE: 'I am treated somewhere else',
  UNWELL: 'I am not well enough',
  CANNOT_COME: 'I cannot come',
  OTHER: 'Another reason',
  PREFER_NOT_TO_SAY: 'I prefer not to say',
}

/** The reason as the patient would say it, with what they added. */
export const rescheduleReasonInWords = (reason: RescheduleReason, detail?: string | null) =>
  withDetail(rescheduleWords[reason], detail)

/** The reason as the patient would say it, with what they added. */
export const cancellationReasonInWords = (reason: CancellationReason, detail?: string | null) =>
  withDetail(cancellationWords[reason], detail)

const withDetail = (words: string, detail?: string | null) => (detail?.trim() ? `${words}: ${detail.trim()}` : words)
