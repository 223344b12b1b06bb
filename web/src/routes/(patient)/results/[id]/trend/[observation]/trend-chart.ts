import { scaleLinear } from 'd3-scale'
import type { TrendPointFragment } from '#lib/graph/index.ts'

/** A trend as a picture, in per cent of its width and of its height from the top. */
export interface TrendChart {
  points: TrendMark[]
  /** The usual range of each value that has one, half the way to its neighbours; the same one again is one. */
  usual: { x: number; y: number; width: number; height: number }[]
  /** The lines across, each with its number. */
  scale: { y: number; label: string }[]
}

/** One value in the picture. */
export interface TrendMark {
  x: number
  y: number
  /** The value is only known to lie this way from where it is drawn. */
  open: 'up' | 'down' | undefined
  point: TrendPointFragment
}

/** On the left stand the numbers of the scale; a mark in a corner is not cut, nor an arrow at the foot. */
const ACROSS = [16, 97]
const DOWN = [87, 7]

/** Draws values of one unit, oldest first. */
export function trendChart(points: readonly TrendPointFragment[]): TrendChart {
  const times = points.map(({ measuredAt }) => Date.parse(measuredAt))
  const x = scaleLinear([Math.min(...times), Math.max(...times)], ACROSS)
  const y = scaleLinear(domainOf(points), DOWN).nice(4)
  const format = y.tickFormat(4)
  const marks = points.map((point, index) => ({
    x: round(x(times[index] ?? 0)),
    y: round(y(point.number)),
    open: openWay(point.comparator),
    point,
  }))
  return {
    points: marks,
    usual: joined(marks.flatMap((mark, index) => usualAround(mark, marks[index - 1], marks[index + 1], y))),
    scale: y.ticks(4).map((number) => ({ y: round(y(number)), label: format(number).replace('−', '-') })),
  }
}

/** Only values of one unit can stand on one scale. */
export function ofUnit(points: readonly TrendPointFragment[], unit: string | null): TrendPointFragment[] {
  return points.filter((point) => point.unit === unit)
}

function domainOf(points: readonly TrendPointFragment[]): [number, number] {
  const numbers = points.flatMap(({ number, range }) => [number, range?.low ?? number, range?.high ?? number])
  const [least, most] = [Math.min(...numbers), Math.max(...numbers)]
  // Values that are all the same would have no scale at all.
  const room = most > least ? 0 : Math.abs(most) * 0.1 || 1
  return [least - room, most + room]
}

function usualAround(
  { x, point: { range } }: TrendMark,
  before: TrendMark | undefined,
  after: TrendMark | undefined,
  place: (number: number) => number,
): TrendChart['usual'] {
  const low = range?.low ?? null
  const high = range?.high ?? null
  if (low === null && high === null) return []
  const from = before ? (before.x + x) / 2 : ACROSS[0]
  const to = after ? (x + after.x) / 2 : 100
  const [top, bottom] = [high === null ? 0 : place(high), low === null ? 100 : place(low)]
  if (bottom < top || from === undefined) return []
  return [{ x: round(from), y: round(top), width: round(to - from), height: round(bottom - top) }]
}

/** Bands of the same height that touch become one: no seam between them says that something changed. */
function joined(bands: TrendChart['usual']): TrendChart['usual'] {
  return bands.reduce<TrendChart['usual']>((kept, band) => {
    const last = kept.at(-1)
    const goesOn = last && last.y === band.y && last.height === band.height && round(last.x + last.width) >= band.x
    return goesOn ? [...kept.slice(0, -1), { ...last, width: round(band.x + band.width - last.x) }] : [...kept, band]
  }, [])
}

function openWay(comparator: TrendPointFragment['comparator']): TrendMark['open'] {
  if (comparator === null) return undefined
  return comparator === 'LESS_THAN' || comparator === 'AT_MOST' ? 'down' : 'up'
}

const round = (place: number) => Math.round(place * 100) / 100
