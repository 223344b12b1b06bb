import { expect, it } from 'vitest'
import { fileSize } from './sizes.ts'

it('says how large a file is, and never that it is nothing', () => {
  expect([12, 120_400, 999_400, 999_600, 1_440_000, 20_000_000].map(fileSize)).toEqual([
    '1KB',
    '120KB',
    '999KB',
    '1.0MB',
    '1.4MB',
    '20.0MB',
  ])
})
