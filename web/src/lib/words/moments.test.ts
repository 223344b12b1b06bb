import { expect, it } from 'vitest'
import { moment } from './moments.ts'

it('says the day and the time as the clocks in England show them', () => {
  expect(moment('2026-07-01T16:30:00Z')).toBe('Wednesday 1 July 2026 at 5:30pm')
  expect(moment('2026-12-01T12:00:00Z')).toBe('Tuesday 1 December 2026 at midday')
})
