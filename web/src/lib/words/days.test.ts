import { expect, it } from 'vitest'
import { daysAfter, daysBetween } from './days.ts'

it('counts days by the calendar in England, over the night in which the clocks change too', () => {
  expect(daysBetween('2026-06-30T22:30:00Z', '2026-06-30T23:30:00Z')).toBe(1)
  expect(daysBetween('2026-11-22T00:10:00Z', '2026-11-22T23:50:00Z')).toBe(0)
  expect(daysBetween('2026-10-24T12:00:00Z', '2026-10-26T12:00:00Z')).toBe(2)
  expect(daysBetween('2026-11-22T12:00:00Z', '2026-11-20T12:00:00Z')).toBe(-2)
})

it('finds the day so many days later', () => {
  expect(daysAfter('2026-10-24', 2)).toBe('2026-10-26')
  expect(daysAfter('2026-12-31', 1)).toBe('2027-01-01')
})
