import { expect, it } from 'vitest'
import { asSeen, canBeStopped, changedMeanwhile } from './sharing.ts'

const organisation = (...categories: { shared: boolean; since: string | null }[]) => ({
  organisationCode: 'RAL',
  organisationName: 'Royal Free',
  categories: categories.map((it) => ({ category: 'RESULTS' as const, basis: null, until: null, ...it })),
})
const since = '2026-03-02T10:00:00Z'

it('knows a change by somebody else from a form that was sent twice', () => {
  const seen = asSeen(['LETTERS', 'APPOINTMENTS'])
  expect(changedMeanwhile(seen, ['APPOINTMENTS', 'LETTERS'], [])).toBe(false)
  expect(changedMeanwhile(seen, ['RESULTS'], [])).toBe(true)
  expect(changedMeanwhile(seen, ['RESULTS'], ['RESULTS'])).toBe(false)
})

it('offers to stop what is shared, and what could come to be', () => {
  expect(canBeStopped([])).toBe(false)
  expect(canBeStopped([organisation({ shared: false, since })])).toBe(false)
  expect(canBeStopped([organisation({ shared: true, since })])).toBe(true)
  expect(canBeStopped([organisation({ shared: false, since }, { shared: false, since: null })])).toBe(true)
})
