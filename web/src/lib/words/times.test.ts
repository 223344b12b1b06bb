import { describe, expect, it } from 'vitest'
import { counted, duration, time, timeRange, untilWords } from './times.ts'

describe('times as the NHS writes them', () => {
  it.each([
    ['2026-01-12T17:00:00Z', '5pm'],
    ['2026-01-12T17:30:00Z', '5:30pm'],
    ['2026-01-12T09:05:00Z', '9:05am'],
    ['2026-01-12T12:00:00Z', 'midday'],
    ['2026-01-12T12:15:00Z', '12:15pm'],
    ['2026-01-12T00:00:00Z', 'midnight'],
    ['2026-01-12T00:20:00Z', '12:20am'],
    ['2026-07-12T14:00:00Z', '3pm'],
    ['2026-07-11T23:00:00Z', 'midnight'],
  ])('writes %s as %s', (instant, words) => {
    expect(time(instant)).toBe(words)
  })

  it('shows the hour the clocks show on both sides of the change', () => {
    expect(time('2026-10-25T00:30:00Z')).toBe('1:30am')
    expect(time('2026-10-25T01:30:00Z')).toBe('1:30am')
    expect(time('2027-03-28T01:00:00Z')).toBe('2am')
  })

  it('joins two times with "to"', () => {
    expect(timeRange('2026-01-12T14:00:00Z', '2026-01-12T18:00:00Z')).toBe('2pm to 6pm')
  })

  it('writes lengths of time in hours and minutes', () => {
    expect(duration(1)).toBe('1 minute')
    expect(duration(2)).toBe('2 minutes')
    expect(duration(60)).toBe('1 hour')
    expect(duration(390)).toBe('6 hours 30 minutes')
    expect(duration(0)).toBe('0 minutes')
  })

  it('counts with the right noun', () => {
    expect(counted(1, 'appointment')).toBe('1 appointment')
    expect(counted(1200, 'appointment')).toBe('1,200 appointments')
  })

  it('says until when something can be done, with the day unless it is today', () => {
    const now = new Date('2026-11-22T23:40:00Z')
    expect(untilWords('2026-11-22T23:59:00Z', now)).toBe('11:59pm today')
    expect(untilWords('2026-11-23T00:10:00Z', now)).toBe('12:10am on Monday 23 November 2026')
  })
})
