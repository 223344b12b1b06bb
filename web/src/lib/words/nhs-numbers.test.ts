import { expect, it } from 'vitest'
import { nhsNumber } from './nhs-numbers.ts'

it('groups an NHS number in 3, 3 and 4', () => {
  expect(nhsNumber('9990041571')).toBe('999 004 1571')
})

it('leaves what is not ten digits as it is', () => {
  expect(nhsNumber('12345')).toBe('12345')
})
