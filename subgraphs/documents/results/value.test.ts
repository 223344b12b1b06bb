import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ValueComparator } from './observation-words.ts'
import { readValue } from './value.ts'

describe('a value of a laboratory', () => {
  it.each([
    ['49', 49, null],
    [' 3.5 ', 3.5, null],
    ['.5', 0.5, null],
    ['-2', -2, null],
    ['+7', 7, null],
    ['<5', 5, ValueComparator.LESS_THAN],
    ['< 0.01', 0.01, ValueComparator.LESS_THAN],
    ['<=5', 5, ValueComparator.AT_MOST],
    ['≤5', 5, ValueComparator.AT_MOST],
    ['>90', 90, ValueComparator.MORE_THAN],
    ['>= 90', 90, ValueComparator.AT_LEAST],
    ['≥90', 90, ValueComparator.AT_LEAST],
  ])('%j holds a number', (text, number, comparator) => {
    expect(readValue(text)).toEqual({ text: text.trim(), number, comparator, isRead: true })
  })

  it.each([
    '1:64',
    '3.5-5.3',
    '3.5 – 5.3',
    '2+',
    '+++',
    '-',
    '2026-11-20',
    'Not detected',
    'See comment',
    '10 to 20',
    'A1',
  ])('%j is shown as it is, and is no number', (text) =>
    expect(readValue(text)).toEqual({ text, number: null, comparator: null, isRead: true }),
  )

  it.each(['', '<', '1,234', '1.2.3', '<>5', '5-', '12345678901234567890', '--5', '.', '1 2'])(
    '%j cannot be read, and is shown as it was sent',
    (text) => expect(readValue(text)).toEqual({ text, number: null, comparator: null, isRead: false }),
  )

  it('writes what HL7 escapes', () => {
    expect(readValue(String.raw`Salt \T\ pepper \F\ \E\ \X0D\ `).text).toBe(String.raw`Salt & pepper | \ \X0D\ `.trim())
  })

  it('never loses what was sent, and never makes a number of words', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 30 }), (sent) => {
        const { text, number } = readValue(sent.replaceAll('\\', '/'))
        expect(text).toBe(sent.replaceAll('\\', '/').trim())
        if (number !== null) expect(text).toMatch(/^\D{0,3}[\d.]+$/)
      }),
      { numRuns: 5000 },
    )
  })

  it('reads every number that a laboratory can print, with and without a sign', () => {
    const printed = fc.tuple(fc.integer({ min: 0, max: 99_999_999 }), fc.integer({ min: 0, max: 3 }))
    fc.assert(
      fc.property(printed, fc.constantFrom('', '<', '>', '<=', '>='), ([digits, places], sign) => {
        const text = (digits / 10 ** places).toFixed(places)
        expect(readValue(`${sign}${text}`).number).toBe(Number(text))
      }),
    )
  })
})
