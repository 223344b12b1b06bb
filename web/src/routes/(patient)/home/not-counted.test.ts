import { expect, it } from 'vitest'
import type { SeenSources } from '../letters-and-results/notices.ts'
import { notCounted } from './not-counted.ts'

const source = { message: null, status: 'AVAILABLE' } as const
const own = { ...source, trustCode: 'RWG', shortName: 'West Hertfordshire', own: true } as const
const royalFree = { ...source, trustCode: 'RAL', shortName: 'Royal Free', own: false } as const
const barnet = { ...source, trustCode: 'RVL', shortName: 'Barnet', own: false, status: 'UNAVAILABLE' } as const
const seen = (facts: Partial<SeenSources> = {}): SeenSources => ({
  sources: [own, royalFree],
  without: undefined,
  hospitals: [own, royalFree],
  partnerNames: ['Royal Free London NHS Foundation Trust'],
  ...facts,
})

it('is nothing when every hospital was asked and answered, or has nothing to show', () => {
  expect(notCounted(seen())).toBeUndefined()
  for (const status of ['STALE', 'NOT_LINKED', 'WITHHELD'] as const)
    expect(notCounted(seen({ sources: [own, { ...royalFree, status }] }))).toBeUndefined()
})

it('is what is waited for, or away, and never called nothing', () => {
  expect(notCounted(seen({ without: 'STILL_WAITING' }))).toBe(
    'There may be more to read in Royal Free records. We are still waiting for them.',
  )
  expect(notCounted(seen({ without: 'AWAY', hospitals: [] }))).toBe(
    'There may be more to read in Royal Free London NHS Foundation Trust records, which are temporarily unavailable.',
  )
  expect(notCounted(seen({ sources: [own, royalFree, barnet] }))).toBe(
    'There may be more to read in Barnet records, which are temporarily unavailable.',
  )
  expect(notCounted(undefined)).toBe('We cannot see just now whether there is something new to read.')
})

it('is nothing of other hospitals where this one shows none', () => {
  for (const without of ['STILL_WAITING', 'AWAY'] as const)
    expect(notCounted(seen({ without, hospitals: [own], partnerNames: [] }))).toBeUndefined()
})
