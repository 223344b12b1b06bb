import { describe, expect, it } from 'vitest'
import type { TrendPointFragment } from '#lib/graph/index.ts'
import { ofUnit, trendChart } from './trend-chart.ts'

const point = (measuredAt: string, number: number, facts: Partial<TrendPointFragment> = {}): TrendPointFragment => ({
  resultId: measuredAt,
  measuredAt,
  value: String(number),
  number,
  comparator: null,
  unit: 'g/L',
  range: { text: '130-180', low: 130, high: 180 },
  flag: 'NONE',
  ...facts,
})

const three = [
  point('2026-01-01T09:00:00Z', 120),
  point('2026-06-01T09:00:00Z', 135),
  point('2026-11-01T09:00:00Z', 150),
]

describe('a trend', () => {
  it('goes from left to right in time, and up as values rise', () => {
    const { points } = trendChart(three)
    const [first, second, third] = points
    expect(points.map(({ x }) => x)).toEqual([16, expect.closeTo(56.2, 0), 97])
    expect(first?.y).toBeGreaterThan(second?.y ?? 0)
    expect(second?.y).toBeGreaterThan(third?.y ?? 0)
  })

  it('has round numbers at its side, in order', () => {
    const { scale } = trendChart(three)
    expect(scale.map(({ label }) => label)).toEqual(['120', '140', '160', '180'])
    expect(scale.every(({ y }, index) => index === 0 || y < (scale[index - 1]?.y ?? 0))).toBe(true)
  })

  it('shows the usual range of each value around that value alone', () => {
    const [low, high] = [point('2026-01-01T00:00:00Z', 10), point('2026-12-31T00:00:00Z', 12)]
    const { usual } = trendChart([
      { ...low, range: { text: '5-15', low: 5, high: 15 } },
      { ...high, range: { text: '<20', low: null, high: 20 } },
    ])
    expect(usual).toHaveLength(2)
    expect(usual[0]).toMatchObject({ x: 16, width: 40.5 })
    expect(usual[1]?.x).toBe(56.5)
    expect((usual[1]?.y ?? 0) + (usual[1]?.height ?? 0)).toBe(100)
    expect(trendChart([{ ...low, range: null }]).usual).toEqual([])
  })

  it('shows the same usual range again as one', () => {
    expect(trendChart(three).usual).toEqual([expect.objectContaining({ x: 16, width: 84 })])
  })

  it('draws a value that is only known to be less as open downwards', () => {
    const { points } = trendChart([point('2026-01-01T00:00:00Z', 5, { value: '<5', comparator: 'LESS_THAN' })])
    expect(points[0]?.open).toBe('down')
  })

  it('has a place for a single value, for values that are all the same, and for two of one moment', () => {
    const at = '2026-01-01T00:00:00Z'
    for (const points of [
      [point(at, 0, { range: null })],
      [point(at, 7, { range: null }), point('2026-02-01T00:00:00Z', 7, { range: null })],
      [point(at, 7), point(at, 9)],
    ])
      for (const { x, y } of trendChart(points).points) {
        expect(x).toBeGreaterThanOrEqual(16)
        expect(x).toBeLessThanOrEqual(97)
        expect(y).toBeGreaterThanOrEqual(0)
        expect(y).toBeLessThanOrEqual(100)
      }
  })

  it('keeps values of another unit off the scale', () => {
    const other = point('2026-03-01T00:00:00Z', 13.5, { unit: 'g/dL' })
    expect(ofUnit([...three, other], 'g/L')).toEqual(three)
    expect(ofUnit([...three, other], 'g/dL')).toEqual([other])
  })
})
