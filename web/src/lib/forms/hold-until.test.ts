import { describe, expect, it } from 'vitest'
import { holdDays, holdDaysWords, readHoldUntil } from './hold-until.ts'

// Half past midnight in London, summer time: in UTC it is still the day before.
const now = new Date('2026-06-30T23:30:00Z')
const days = (opensAt: string | null) => holdDays(opensAt, 14, now)
const all = ['day', 'month', 'year']

describe('the days to which a result can be held', () => {
  it.each([
    ['does not open by itself', null, '2026-07-02'],
    ['opens later today', '2026-07-01T07:00:00Z', '2026-07-02'],
    ['opens by itself', '2026-07-09T07:00:00Z', '2026-07-09'],
    ['opens just after midnight', '2026-07-08T23:10:00Z', '2026-07-09'],
    ['opens on the last day', '2026-07-15T07:00:00Z', '2026-07-15'],
  ])('begin when it would be open without, for one that %s', (_, opensAt, first) => {
    expect(days(opensAt)).toEqual({ first, last: '2026-07-15' })
  })

  it('are none for one that opens later than any hold can last', () => {
    const { first, last } = days('2026-07-16T07:00:00Z')
    expect(first > last).toBe(true)
  })

  it('are said as they are', () => {
    expect(holdDaysWords(days('2026-07-09T07:00:00Z'))).toBe(
      'From Thursday 9 July 2026 to Wednesday 15 July 2026. For example, 15 7 2026',
    )
    expect(holdDaysWords(days('2026-07-15T07:00:00Z'))).toBe(
      'Today it can be held until Wednesday 15 July 2026 only. For example, 15 7 2026',
    )
  })
})

const read = (day: string, month: string, year = '2026', opensAt: string | null = null) =>
  readHoldUntil({ day, month, year }, days(opensAt))

it('takes tomorrow, and the last day that the trust allows', () => {
  expect(read('2', '7')).toEqual({ date: '2026-07-02' })
  expect(read('15', 'July')).toEqual({ date: '2026-07-15' })
})

it('takes no day before the one on which the result opens by itself', () => {
  const opensAt = '2026-07-09T07:00:00Z'
  expect(read('9', '7', '2026', opensAt)).toEqual({ date: '2026-07-09' })
  expect(read('8', '7', '2026', opensAt)).toEqual({
    message: 'The date must be Thursday 9 July 2026 or later',
    wrong: all,
  })
})

it.each([
  ['1', '7', '2026', 'The date must be Thursday 2 July 2026 or later', all],
  ['30', '6', '2026', 'The date must be Thursday 2 July 2026 or later', all],
  ['16', '7', '2026', 'The date must be Wednesday 15 July 2026 or earlier', all],
  ['31', '6', '2026', 'The date must be a real date', all],
  ['', '', '', 'Enter the date until which you hold the result', all],
  ['3', '', '2026', 'The date must include a month', ['month']],
  ['3', '7', '26', 'Year must include 4 numbers', ['year']],
])('says what to do about "%s" "%s" "%s"', (day, month, year, message, wrong) => {
  expect(read(day, month, year)).toEqual({ message, wrong })
})
