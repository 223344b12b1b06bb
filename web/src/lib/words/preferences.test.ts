import { expect, it } from 'vitest'
import { daysInWords, timesInWords } from './preferences.ts'

it('says which days suit', () => {
  expect(daysInWords([])).toBe('Any day')
  expect(daysInWords(['FRIDAY'])).toBe('Friday')
  expect(daysInWords(['MONDAY', 'TUESDAY', 'FRIDAY'])).toBe('Monday, Tuesday or Friday')
})

it('says which half of the day suits; both halves are any time', () => {
  expect(timesInWords([])).toBe('Any time')
  expect(timesInWords(['MORNING'])).toBe('Mornings')
  expect(timesInWords(['AFTERNOON'])).toBe('Afternoons')
  expect(timesInWords(['MORNING', 'AFTERNOON'])).toBe('Any time')
})
