import type { Fault } from '../hl7/fault.ts'
import type { Segment } from '../hl7/segment.ts'

const longestDays = 365

/**
 * Until when the hospital wants it kept back: the days in OBX-13, the most of them, counted from when it was written. What cannot be
 * understood there refuses the message: nothing is shown earlier than the hospital may have meant.
 */
export function readNotBefore(
  observations: readonly Segment[],
  from: Date | undefined,
  faults: Fault[],
): string | undefined {
  const written = observations.map((obx) => obx.text(13)).filter((text) => text !== undefined)
  if (written.some((text) => !/^\d{1,3}$/.test(text) || Number(text) > longestDays)) {
    faults.push({
      where: 'OBX-13.1',
      what: `the delay is no number of days. Send 0 to ${longestDays}, or leave it empty.`,
    })
    return undefined
  }
  const days = Math.max(0, ...written.map(Number))
  return days === 0 || !from ? undefined : new Date(from.getTime() + days * 86_400_000).toISOString()
}
