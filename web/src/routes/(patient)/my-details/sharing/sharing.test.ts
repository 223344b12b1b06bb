import { expect, it } from 'vitest'
import { canBeStopped } from './sharing.ts'

const stoppedAt = '2026-03-02T10:00:00Z'
const organisation = (...shared: boolean[]) => ({
  organisationCode: 'RAL',
  organisationName: 'Royal Free',
  version: 'first',
  categories: shared.map((it) => ({
    ...{ category: 'RESULTS' as const, shared: it, basis: null, chosen: true, since: stoppedAt, until: null },
  })),
})

it('offers to stop what is shared, and what could come to be, also with a hospital that comes later', () => {
  expect(canBeStopped({ organisations: [], stoppedAt: null })).toBe(true)
  expect(canBeStopped({ organisations: [organisation(false, false)], stoppedAt: null })).toBe(true)
  expect(canBeStopped({ organisations: [], stoppedAt })).toBe(false)
  expect(canBeStopped({ organisations: [organisation(false), organisation(false, true)], stoppedAt })).toBe(true)
  expect(canBeStopped({ organisations: [organisation(false, false)], stoppedAt })).toBe(false)
})
