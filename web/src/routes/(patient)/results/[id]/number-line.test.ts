import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { numberLine } from './number-line.ts'

type Facts = Parameters<typeof numberLine>[0]

const range = (low: number | null, high: number | null) => ({ text: '', low, high })
const line = (number: number | null, low: number | null, high: number | null, comparator: Facts['comparator'] = null) =>
  numberLine({ number, comparator, range: range(low, high) })

describe('a number line', () => {
  it('has the usual range in its middle third', () => {
    expect(line(155, 130, 180)).toEqual({
      usual: { from: 33.33, to: 66.67 },
      value: 50,
      open: undefined,
      beyond: undefined,
    })
  })

  it('keeps a value on the right side of each end, however near', () => {
    expect(line(129.9, 130, 180)?.value).toBeLessThan(33.33)
    expect(line(130, 130, 180)?.value).toBe(33.33)
    expect(line(180.1, 130, 180)?.value).toBeGreaterThan(66.67)
  })

  it('grows towards a value far out, and says when it cannot grow enough', () => {
    const far = line(280, 130, 180)
    expect(far?.beyond).toBeUndefined()
    expect(far?.usual.from).toBeLessThan(33)
    expect(far?.value).toBeGreaterThan(90)
    expect(line(5_000, 130, 180)).toMatchObject({ value: 100, beyond: 'right', usual: { from: 20, to: 40 } })
    expect(line(-5_000, 130, 180)).toMatchObject({ value: 0, beyond: 'left', usual: { from: 60, to: 80 } })
  })

  it('lets a range with one end go on to the end of the line', () => {
    expect(line(42, null, 48)?.usual).toEqual({ from: 0, to: 50 })
    expect(line(72, 60, null)?.usual).toEqual({ from: 50, to: 100 })
    expect(line(0, null, 0)?.usual.from).toBe(0)
  })

  it('shows that a value is only known to be less or more than a number', () => {
    expect(line(5, null, 5, 'LESS_THAN')?.open).toBe('left')
    expect(line(90, 60, null, 'AT_LEAST')?.open).toBe('right')
  })

  it('is not drawn without a number, without a range, or with one that makes no sense', () => {
    expect(line(null, 130, 180)).toBeUndefined()
    expect(line(155, null, null)).toBeUndefined()
    expect(numberLine({ number: 155, comparator: null, range: null })).toBeUndefined()
    expect(line(155, 180, 130)).toBeUndefined()
  })

  it('stands on the paper and in order, whatever the numbers', () => {
    const anyNumber = fc.double({ noNaN: true, min: -1e12, max: 1e12 })
    const anyEnd = fc.option(anyNumber)
    fc.assert(
      fc.property(anyNumber, anyEnd, anyEnd, (number, low, high) => {
        const drawn = line(number, low, high)
        if (!drawn) return
        const { usual, value } = drawn
        for (const place of [usual.from, usual.to, value]) {
          expect(place).toBeGreaterThanOrEqual(0)
          expect(place).toBeLessThanOrEqual(100)
        }
        expect(usual.from).toBeLessThanOrEqual(usual.to)
        if (low !== null && number < low) expect(value).toBeLessThanOrEqual(usual.from)
        if (high !== null && number > high) expect(value).toBeGreaterThanOrEqual(usual.to)
      }),
      { numRuns: 2_000 },
    )
  })
})
