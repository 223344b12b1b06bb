import { describe, expect, it } from 'vitest'
import { dayInWords, lengthInWords, timeInWords } from './dates-in-words.ts'

describe('dates and times as the NHS writes them', () => {
  it.each([
    ['2018-08-06T09:00:00Z', 'Monday 6 August 2018'],
    ['2026-06-30T23:30:00Z', 'Wednesday 1 July 2026'],
    ['2026-10-24T23:30:00Z', 'Sunday 25 October 2026'],
    ['2027-03-28T00:30:00Z', 'Sunday 28 March 2027'],
  ])('%s is %s', (at, words) => expect(dayInWords(new Date(at))).toBe(words))

  it.each([
    ['2026-11-23T17:00:00Z', '5pm'],
    ['2026-11-23T17:30:00Z', '5:30pm'],
    ['2026-11-23T12:00:00Z', 'midday'],
    ['2026-11-23T12:05:00Z', '12:05pm'],
    ['2026-11-23T00:00:00Z', 'midnight'],
    ['2026-11-23T00:05:00Z', '12:05am'],
    ['2026-11-23T09:05:00Z', '9:05am'],
    ['2026-07-01T11:00:00Z', 'midday'],
    ['2026-10-25T00:30:00Z', '1:30am'],
    ['2026-10-25T01:30:00Z', '1:30am'],
  ])('%s is %s', (at, words) => expect(timeInWords(new Date(at))).toBe(words))

  it.each([
    [30, '30 minutes'],
    [1, '1 minute'],
    [60, '1 hour'],
    [390, '6 hours 30 minutes'],
  ])('%i minutes are %s', (minutes, words) =>
    expect(lengthInWords(new Date(0), new Date(minutes * 60_000))).toBe(words),
  )
})
