import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isUkMobile, phoneNumber } from './phone-number.ts'

describe('a phone number', () => {
  it.each([
    ['07700 900123', '+447700900123'],
    ['07700-900-123', '+447700900123'],
    ['+44 7700 900123', '+447700900123'],
    ['0044 7700 900123', '+447700900123'],
    ['+44 (0)7700 900123', '+447700900123'],
    ['+4407700900123', '+447700900123'],
    ['(020) 7946 0123', '+442079460123'],
    ['020 7946 0123 ext 45', '+442079460123'],
    ['01632 960001', '+441632960001'],
    ['0808 157 0000', '+448081570000'],
    ['+353 20 915 1234', '+353209151234'],
  ])('is read from %j', (written, e164) => expect(phoneNumber(written)).toBe(e164))

  it.each([
    '',
    '0',
    '12345',
    '07700',
    '077009001234',
    '7700900123',
    'none',
    'amal@example.com',
    '+0123456789',
    '+44 0000 000000',
  ])('%j is none', (written) => expect(phoneNumber(written)).toBeUndefined())

  it('is the same however the gaps are written', () => {
    const gaps = fc.array(fc.constantFrom('', ' ', '-', '.', '  '), { minLength: 11, maxLength: 11 })
    fc.assert(
      fc.property(gaps, (gap) => {
        const written = [...'07700900123'].map((digit, index) => digit + (gap[index] ?? '')).join('')
        expect(phoneNumber(written)).toBe('+447700900123')
      }),
    )
  })

  it.each(['+447700900123', '+447400900123', '+447624900123', '+447911123456'])('%s is a UK mobile', (e164) =>
    expect(isUkMobile(e164)).toBe(true),
  )

  it.each(['+447012345678', '+447612345678', '+442079460123', '+353871234567', '+44770090012'])(
    '%s is no UK mobile',
    (e164) => expect(isUkMobile(e164)).toBe(false),
  )
})
