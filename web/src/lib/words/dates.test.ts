import { describe, expect, it } from 'vitest'
import { calendarDate, dayAndDate, dayInWords, londonDay, monthAndYear, year } from './dates.ts'

describe('dates as the NHS writes them', () => {
  it('names the day and writes the month in full, without a comma', () => {
    expect(dayAndDate('2018-08-06T09:00:00Z')).toBe('Monday 6 August 2018')
  })

  it('keeps an appointment just after midnight in summer on its own day', () => {
    expect(dayAndDate('2026-06-30T23:30:00Z')).toBe('Wednesday 1 July 2026')
  })

  it('keeps an appointment late on the last evening of winter time on its own day', () => {
    expect(dayAndDate('2027-03-27T23:30:00Z')).toBe('Saturday 27 March 2027')
  })

  it('writes a date of birth as it is, whatever the clocks do', () => {
    expect(calendarDate('1984-03-09')).toBe('9 March 1984')
    expect(calendarDate('1970-07-01')).toBe('1 July 1970')
    expect(calendarDate('1996-02-29')).toBe('29 February 1996')
  })

  it('puts the last night of the year in the right year', () => {
    expect(year('2026-12-31T23:59:00Z')).toBe('2026')
    expect(year('2027-01-01T00:00:00Z')).toBe('2027')
    expect(monthAndYear('2026-12-31T23:59:00Z')).toBe('December 2026')
    expect(monthAndYear('2026-06-30T23:30:00Z')).toBe('July 2026')
  })

  it('knows the day of an instant in England, and says it', () => {
    expect(londonDay('2026-06-30T23:30:00Z')).toBe('2026-07-01')
    expect(londonDay('2026-12-31T23:30:00Z')).toBe('2026-12-31')
    expect(dayInWords('2026-10-25')).toBe('Sunday 25 October 2026')
    expect(dayInWords('2027-03-28')).toBe('Sunday 28 March 2027')
  })
})
