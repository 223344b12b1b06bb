import { expect, it } from 'vitest'
import { readHoldUntil } from './hold-until.ts'

// Half past midnight in London, summer time: in UTC it is still the day before.
const now = new Date('2026-06-30T23:30:00Z')
const read = (day: string, month: string, year = '2026') => readHoldUntil({ day, month, year }, 14, now)

it('takes tomorrow, and the last day that the trust allows', () => {
  expect(read('2', '7')).toEqual({ date: '2026-07-02' })
  expect(read('15', 'July')).toEqual({ date: '2026-07-15' })
})

const all = ['day', 'month', 'year']
it.each([
  ['1', '7', '2026', 'The date must be tomorrow or later', all],
  ['30', '6', '2026', 'The date must be tomorrow or later', all],
  ['16', '7', '2026', 'The date must be Wednesday 15 July 2026 or earlier', all],
  ['31', '6', '2026', 'The date must be a real date', all],
  ['', '', '', 'Enter the date until which you hold the result', all],
  ['3', '', '2026', 'The date must include a month', ['month']],
  ['3', '7', '26', 'Year must include 4 numbers', ['year']],
])('says what to do about "%s" "%s" "%s"', (day, month, year, message, wrong) => {
  expect(read(day, month, year)).toEqual({ message, wrong })
})
