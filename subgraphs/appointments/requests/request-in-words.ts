import type { ChangeRequest } from './change-request.entity.ts'

/** Why, as the patient says it: the reason they chose, and what they added. */
export const whyInWords = ({ reason, detail }: Pick<ChangeRequest, 'reason' | 'detail'>) =>
  detail == null ? reason : `${reason}: ${detail}`

/** All that the patient asks for, for the hospital's own system, which keeps one text. */
export function requestInWords(
  request: Pick<ChangeRequest, 'reason' | 'detail' | 'preferredDays' | 'preferredTimes' | 'unavailable'>,
): string {
  const { preferredDays, preferredTimes, unavailable } = request
  const suits = [...preferredDays, ...preferredTimes].map((it) => it.toLowerCase()).join(', ')
  return [whyInWords(request), suits && `suits: ${suits}`, unavailable && `does not suit: ${unavailable}`]
    .filter(Boolean)
    .join('; ')
}
