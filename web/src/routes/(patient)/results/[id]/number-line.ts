import { scaleLinear } from 'd3-scale'
import type { ObservationFragment } from '#lib/graph/index.ts'

/** A value beside its usual range, in per cent of the width of the line. */
export interface NumberLine {
  /** Where the usual range begins and ends. One that has no lowest or highest value goes on to the end of the line. */
  usual: { from: number; to: number }
  /** Where the value stands. */
  value: number
  /** The value may be anywhere from there to this end: it is reported as less, or more, than a number. */
  open: End | undefined
  /** The value lies further out than the line goes. */
  beyond: End | undefined
}
export type End = 'left' | 'right'

/** As much room as the usual range takes stands on each side of it; three times as much when the value lies there. */
const MOST_ROOM = 3
/** What is left between such a value and the end of the line. */
const BESIDE = 0.1

type Facts = Pick<ObservationFragment, 'number' | 'comparator' | 'range'>

/** Places a value beside its usual range; nothing when one of them is not a number that can be placed. */
export function numberLine({ number, comparator, range }: Facts): NumberLine | undefined {
  const low = range?.low ?? null
  const high = range?.high ?? null
  if (number === null || (low === null && high === null)) return undefined
  if (low !== null && high !== null && low > high) return undefined
  const width = widthOf(low, high)
  const [least, most] = [low ?? (high ?? 0) - width, high ?? (low ?? 0) + width]
  const [leftEnd, rightEnd] = [low === null ? least : least - width, high === null ? most : most + width]
  const from = number < leftEnd ? Math.max(number - width * BESIDE, least - width * MOST_ROOM) : leftEnd
  const to = number > rightEnd ? Math.min(number + width * BESIDE, most + width * MOST_ROOM) : rightEnd
  const scale = scaleLinear([from, to], [0, 100]).clamp(true)
  const place = (at: number) => Math.round(scale(at) * 100) / 100
  return {
    usual: { from: low === null ? 0 : place(low), to: high === null ? 100 : place(high) },
    value: place(number),
    open: openEnd(comparator),
    beyond: number < from ? 'left' : number > to ? 'right' : undefined,
  }
}

/** How wide the usual range counts as: with one end only, as wide as from nothing to that end. */
function widthOf(low: number | null, high: number | null): number {
  if (low !== null && high !== null && high > low) return high - low
  return Math.abs(high ?? low ?? 0) || 1
}

function openEnd(comparator: Facts['comparator']): End | undefined {
  if (comparator === null) return undefined
  return comparator === 'LESS_THAN' || comparator === 'AT_MOST' ? 'left' : 'right'
}
