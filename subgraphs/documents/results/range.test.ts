import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readRange } from './range.ts'

describe('the range of a laboratory', () => {
  it.each([
    ['130-180', 130, 180],
    ['3.5-5.3', 3.5, 5.3],
    ['3.5 - 5.3', 3.5, 5.3],
    ['3.5–5.3', 3.5, 5.3],
    ['3.5 to 5.3', 3.5, 5.3],
    ['(3.5-5.3)', 3.5, 5.3],
    ['[3.5 - 5.3]', 3.5, 5.3],
    ['-2-2', -2, 2],
    ['-5 - -1', -5, -1],
    ['<48', null, 48],
    ['<= 48', null, 48],
    ['≤48', null, 48],
    ['Up to 5', null, 5],
    ['>60', 60, null],
    ['>= 60', 60, null],
    ['≥60', 60, null],
  ])('%j', (text, low, high) => {
    expect(readRange(text)).toEqual({ text, low, high })
  })

  it.each(['Negative', 'See report', '180-130', '5', '1:64', '3.5-5.3-7', '130-180 (male)', '-'])(
    '%j stays in its words alone',
    (text) => expect(readRange(text)).toEqual({ text, low: null, high: null }),
  )

  it.each(['', '   ', null, undefined])('%j is none', (text) => expect(readRange(text)).toBeNull())

  it('never turns a range round, and keeps its words', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'0123456789.-– <>=to()[]'), maxLength: 14 }), (sent) => {
        const range = readRange(sent)
        expect(range?.text ?? '').toBe(sent.trim())
        if (range && range.low !== null && range.high !== null) expect(range.low).toBeLessThanOrEqual(range.high)
      }),
      { numRuns: 5000 },
    )
  })
})
