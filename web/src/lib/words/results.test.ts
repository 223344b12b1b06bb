import { describe, expect, it } from 'vitest'
import { isSurelyUsual, rangeEnds, rangeWords, spokenValue, valueWords } from './results.ts'

describe('a usual range', () => {
  it.each([
    [{ text: '130-180', low: 130, high: 180 }, 'g/L', '130 to 180 g/L'],
    [{ text: '0.40-0.52', low: 0.4, high: 0.52 }, 'L/L', '0.40 to 0.52 L/L'],
    [{ text: '-2 - +2', low: -2, high: 2 }, null, '-2 to 2'],
    [{ text: '1,000-1,500', low: 1000, high: 1500 }, null, '1,000 to 1,500'],
    [{ text: '<48', low: null, high: 48 }, 'mmol/mol', 'less than 48 mmol/mol'],
    [{ text: '<=5.0', low: null, high: 5 }, null, '5.0 or less'],
    [{ text: 'Up to 5.0', low: null, high: 5 }, null, '5.0 or less'],
    [{ text: '>60', low: 60, high: null }, null, 'more than 60'],
    [{ text: '≥ 60', low: 60, high: null }, null, '60 or more'],
    [{ text: 'Negative', low: null, high: null }, 'g/L', 'Negative'],
  ])('%j in %s is %s', (range, unit, words) => expect(rangeWords(range, unit)).toBe(words))

  it('says a number the laboratory wrote in another way', () => {
    expect(rangeEnds({ text: 'up to five', low: null, high: 5 })).toEqual({ high: '5' })
  })
})

describe('a value', () => {
  it('is shown as it was reported, with its unit', () => {
    expect(valueWords({ value: '135', unit: 'g/L' })).toBe('135 g/L')
    expect(valueWords({ value: 'Not detected', unit: null })).toBe('Not detected')
    expect(valueWords({ value: '', unit: 'g/L' })).toBe('No value given')
  })

  it('is read aloud with its sign in words', () => {
    expect(spokenValue({ value: '<5', unit: 'mg/L', comparator: 'LESS_THAN' })).toBe('less than 5 mg/L')
    expect(spokenValue({ value: '>= 90', unit: null, comparator: 'AT_LEAST' })).toBe('at least 90')
    expect(spokenValue({ value: '135', unit: 'g/L', comparator: null })).toBe('135 g/L')
    expect(spokenValue({ value: '< .5', unit: 'mg/L', comparator: 'LESS_THAN' })).toBe('less than .5 mg/L')
  })
})

describe('a value that the laboratory did not mark', () => {
  const range = { text: '130-180', low: 130, high: 180 }
  const none = { text: 'Male: 130 to 180', low: null, high: null }
  it.each([
    [{ number: 130, range }, true],
    [{ number: 180, range }, true],
    [{ number: 129, range }, false],
    [{ number: 181, range: { ...range, low: null } }, false],
    [{ number: 181, range: { ...range, high: null } }, true],
    [{ number: null, range }, false],
    [{ number: 5, range: null }, false],
    [{ number: 5, range: none }, false],
  ])('%j surely lies in its range: %s', (observation, usual) =>
    expect(isSurelyUsual({ comparator: null, ...observation })).toBe(usual),
  )

  it.each([
    ['LESS_THAN', 5, { low: 0, high: 5 }, true],
    ['LESS_THAN', 5, { low: null, high: 5 }, true],
    ['AT_MOST', 140, { low: 130, high: 180 }, false],
    ['MORE_THAN', 90, { low: 60, high: null }, true],
    ['AT_LEAST', 140, { low: 130, high: 180 }, false],
  ] as const)('%s %d surely lies in %j: %s', (comparator, number, ends, usual) =>
    expect(isSurelyUsual({ number, comparator, range: { text: '', ...ends } })).toBe(usual),
  )
})
