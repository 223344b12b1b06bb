import { describe, expect, it } from 'vitest'
import { bankHolidaysEndSoon, isWorkingDay, lastDayOfNotice, plusWorkingDays } from './working-days.ts'

describe('three working days of notice', () => {
  it.each([
    ['an appointment after Easter', '2026-04-07', '2026-03-31'],
    ['an ordinary Thursday', '2026-11-26', '2026-11-23'],
    ['an appointment after Christmas', '2026-12-29', '2026-12-22'],
    ['an appointment after New Year', '2027-01-04', '2026-12-29'],
    ['the Tuesday after another Easter', '2027-03-30', '2027-03-23'],
  ])('of %s on %s ends on %s', (_, date, last) => {
    expect(lastDayOfNotice(date, 3)).toBe(last)
    expect(plusWorkingDays(last, 3) <= date).toBe(true)
  })

  it('is in time on the last day and too late on the next, for every day of four years', () => {
    for (let at = Date.UTC(2026, 0, 10); at < Date.UTC(2029, 11, 31); at += 86_400_000) {
      const date = new Date(at).toISOString().slice(0, 10)
      const last = lastDayOfNotice(date, 3)
      const next = new Date(new Date(last).getTime() + 86_400_000).toISOString().slice(0, 10)
      expect([date, plusWorkingDays(last, 3) <= date, plusWorkingDays(next, 3) <= date]).toEqual([date, true, false])
    }
  })

  it('is the day itself when none is asked for', () => {
    expect(lastDayOfNotice('2026-11-26', 0)).toBe('2026-11-26')
  })
})

describe('working days', () => {
  it('leaves out weekends and the bank holidays of England and Wales', () => {
    expect(
      ['2026-12-24', '2026-12-25', '2026-12-26', '2026-12-27', '2026-12-28', '2026-12-29'].map(isWorkingDay),
    ).toEqual([true, false, false, false, false, true])
  })

  it('counts over a leap day', () => {
    expect(plusWorkingDays('2028-02-28', 2)).toBe('2028-03-01')
    expect(plusWorkingDays('2028-03-01', -2)).toBe('2028-02-28')
  })

  it('warns when fewer than 12 months of the table are left', () => {
    expect(bankHolidaysEndSoon(new Date('2028-12-31T12:00:00Z'))).toBeUndefined()
    expect(bankHolidaysEndSoon(new Date('2029-01-02T12:00:00Z'))).toMatch(/ends with 2029/)
  })
})
