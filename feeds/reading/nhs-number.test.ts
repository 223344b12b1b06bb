import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { nhsNumber } from './nhs-number.ts'

const valid = ['9990041571', '9990083142', '9990166285', '9990207852', '9990290997', '9990540411', '9990789835']

describe('an NHS number', () => {
  it.each(valid)('%s is one', (number) => expect(nhsNumber(number)).toBe(number))

  it.each(['999 004 1571', '999-004-1571', ' 9990041571 '])('may be written %j', (written) =>
    expect(nhsNumber(written)).toBe('9990041571'),
  )

  it.each([
    '3333333333',
    '0000000000',
    '9999999999',
    '9991234567',
    '999004157',
    '99900415711',
    '999004157X',
    '',
    'QQ123456C',
  ])('%j is none', (written) => expect(nhsNumber(written)).toBeUndefined())

  it('is none when one digit is wrong, or two neighbours are swapped', () => {
    const place = fc.integer({ min: 0, max: 9 })
    fc.assert(
      fc.property(fc.constantFrom(...valid), place, place, (number, at, digit) => {
        const wrong = number.slice(0, at) + String(digit) + number.slice(at + 1)
        if (wrong !== number) expect(nhsNumber(wrong)).toBeUndefined()
        const swapped = number.slice(0, at) + (number[at + 1] ?? '') + (number[at] ?? '') + number.slice(at + 2)
        if (swapped !== number) expect(nhsNumber(swapped)).toBeUndefined()
      }),
    )
  })
})
