import { expect, it } from 'vitest'
import { whyWords } from './sharing.ts'

const since = '2026-03-02T10:00:00Z'

it('says why an organisation can see a part of a record, since when and until when', () => {
  const shared = { shared: true, since, until: null }
  expect(whyWords({ ...shared, basis: 'CONSENT' })).toBe('You chose this. Shared since Monday 2 March 2026.')
  expect(whyWords({ ...shared, basis: 'DIRECT_CARE' })).toBe(
    'Hospital staff share this for your care there since Monday 2 March 2026.',
  )
  expect(whyWords({ ...shared, basis: 'DIRECT_CARE', until: '2026-09-30T23:30:00Z' })).toContain(
    'This ends on Thursday 1 October 2026.',
  )
})

it('says since when nothing is shared', () => {
  const closed = { shared: false, basis: null, until: null }
  expect(whyWords({ ...closed, since })).toBe('Not shared since Monday 2 March 2026.')
  expect(whyWords({ ...closed, since: null })).toBe('Not shared so far.')
})
