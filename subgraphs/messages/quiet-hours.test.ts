import { expect, it } from 'vitest'
import { isQuiet } from './quiet-hours.ts'

const night = { from: '20:00', to: '08:00' }

it.each([
  ['in winter', '2026-12-01T19:59:59.999Z', false],
  ['in winter', '2026-12-01T20:00:00Z', true],
  ['in winter', '2026-12-02T07:59:59.999Z', true],
  ['in winter', '2026-12-02T08:00:00Z', false],
  ['in summer', '2026-07-01T18:59:59.999Z', false],
  ['in summer', '2026-07-01T19:00:00Z', true],
  ['in summer', '2026-07-02T06:59:59.999Z', true],
  ['in summer', '2026-07-02T07:00:00Z', false],
  ['the night the clocks go back', '2026-10-24T19:00:00Z', true],
  ['the night the clocks go back', '2026-10-25T07:59:59Z', true],
  ['the night the clocks go back', '2026-10-25T08:00:00Z', false],
  ['the night the clocks go forward', '2027-03-27T20:00:00Z', true],
  ['the night the clocks go forward', '2027-03-28T06:59:59Z', true],
  ['the night the clocks go forward', '2027-03-28T07:00:00Z', false],
])('is quiet from 8pm to 8am in London: %s, %s', (_, at, quiet) => {
  expect(isQuiet(new Date(at), night)).toBe(quiet)
})

it('keeps hours that lie within one day, and none where a trust keeps none', () => {
  const lunch = { from: '12:00', to: '13:30' }
  expect(isQuiet(new Date('2026-12-01T12:00:00Z'), lunch)).toBe(true)
  expect(isQuiet(new Date('2026-12-01T13:30:00Z'), lunch)).toBe(false)
  expect(isQuiet(new Date('2026-12-01T03:00:00Z'), null)).toBe(false)
})
