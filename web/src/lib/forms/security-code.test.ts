import { describe, expect, it } from 'vitest'
import { readLastFour, readSecurityCode } from './security-code.ts'

describe('a security code as people type it', () => {
  it.each(['123456', '123 456', ' 12-34-56 ', '123–456', '123456\n', '123\u00a0456'])('takes %j', (typed) => {
    expect(readSecurityCode(typed)).toEqual({ code: '123456' })
  })

  it.each([
    ['', 'Enter your security code'],
    ['   ', 'Enter your security code'],
    ['12345', 'Security code must be 6 numbers'],
    ['1234567', 'Security code must be 6 numbers'],
    ['12345a', 'Security code must be 6 numbers'],
    ['１２３４５６', 'Security code must be 6 numbers'],
  ])('says what to do about %j', (typed, message) => {
    expect(readSecurityCode(typed)).toEqual({ message })
  })
})

describe('the last four digits of an NHS number', () => {
  it.each(['1571', ' 15 71 ', '999 004 1571', '999-004-1571'])('takes %j', (typed) => {
    expect(readLastFour(typed)).toEqual({ lastFour: '1571' })
  })

  it.each([
    ['', 'Enter the last 4 digits of your NHS number'],
    ['157', 'The last 4 digits of your NHS number must be 4 numbers'],
    ['15711', 'The last 4 digits of your NHS number must be 4 numbers'],
    ['abcd', 'The last 4 digits of your NHS number must be 4 numbers'],
  ])('says what to do about %j', (typed, message) => {
    expect(readLastFour(typed)).toEqual({ message })
  })
})
