import { describe, expect, it } from 'vitest'
import { contactHint, phone } from './phones.ts'

describe('phone numbers as the NHS writes them', () => {
  it.each([
    ['+442074504000', '020 7450 4000'],
    ['+447700900866', '07700 900 866'],
    ['+441273800900', '01273 800 900'],
    ['+441632960001', '01632 960 001'],
    ['+441134960000', '0113 496 0000'],
    ['+441214960000', '0121 496 0000'],
    ['+442896496000', '028 9649 6000'],
    ['+448081570000', '0808 157 0000'],
    ['+44800890567', '0800 890 567'],
    ['+443069990000', '0306 999 0000'],
    ['+33142685300', '+33142685300'],
    ['07700900866', '07700 900 866'],
  ])('writes %s as %s', (number, words) => {
    expect(phone(number)).toBe(words)
  })

  it('hints at a contact without showing it', () => {
    expect(contactHint('07700 900 866')).toBe('ending 866')
    expect(contactHint('amal@example.com')).toBe('a…@example.com')
  })
})
