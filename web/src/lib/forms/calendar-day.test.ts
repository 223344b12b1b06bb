import { expect, it } from 'vitest'
import { calendarDay } from './calendar-day.ts'

it('takes a day that exists, and nothing else', () => {
  expect(calendarDay('2028-02-29')).toBe('2028-02-29')
  for (const odd of [null, '', '2027-02-29', '2027-13-01', '29/02/2028', '2028-2-9', 'tomorrow'])
    expect(calendarDay(odd), String(odd)).toBeUndefined()
})
