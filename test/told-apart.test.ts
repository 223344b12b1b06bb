import { describe, expect, it } from 'vitest'
import { chanceOfSameSource, timesOf } from './told-apart.ts'

describe('telling two samples apart', () => {
  /** Times as computers take them: many short, some long. */
  const times = (count: number, more = 0) =>
    Array.from({ length: count }, () => 4 - 2 * Math.log(1 - Math.random()) + (Math.random() < 0.02 ? 40 : 0) + more)

  it('knows the published values', () => {
    // The table of Smirnov: for two samples of 50, D = 0.32 is told apart at 1 %, and D = 0.26 is not.
    const sample = Array.from({ length: 50 }, (_, index) => index)
    const shifted = (by: number) => sample.map((it) => it + by)
    expect(chanceOfSameSource(sample, shifted(17))).toBeLessThan(0.01)
    expect(chanceOfSameSource(sample, shifted(12.5))).toBeGreaterThan(0.01)
    expect(chanceOfSameSource(sample, sample)).toBe(1)
    expect(chanceOfSameSource(sample, shifted(100))).toBeLessThan(1e-9)
  })

  it('finds a millisecond in 2,000 times, and nothing where there is nothing', () => {
    expect(chanceOfSameSource(times(2000), times(2000, 1))).toBeLessThan(1e-6)
    const chances = Array.from({ length: 200 }, () => chanceOfSameSource(times(500), times(500)))
    expect(chances.filter((it) => it < 0.01).length).toBeLessThan(12)
    expect(chances.filter((it) => it < 0.5).length).toBeGreaterThan(40)
  })

  it('takes turns in an order nobody can foresee', async () => {
    const order: number[] = []
    const [a, b] = await timesOf(50, (which) => Promise.resolve(void order.push(which)))
    expect([a.length, b.length]).toEqual([50, 50])
    expect(order.join('')).not.toBe('01'.repeat(50))
  })
})
