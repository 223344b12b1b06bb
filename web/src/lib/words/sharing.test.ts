import { expect, it } from 'vitest'
import { differenceWords, whyWords } from './sharing.ts'

const since = '2026-03-02T10:00:00Z'

it('says why an organisation can see a part of a record, since when and until when', () => {
  const shared = { shared: true, chosen: false, since, until: null }
  expect(whyWords({ ...shared, basis: 'CONSENT', chosen: true })).toBe(
    'You chose this. Shared since Monday 2 March 2026.',
  )
  expect(whyWords({ ...shared, basis: 'DIRECT_CARE' })).toBe(
    'Hospital staff share this for your care there since Monday 2 March 2026.',
  )
  const ends = (until: string) => /This ends (.*)\.$/.exec(whyWords({ ...shared, basis: 'DIRECT_CARE', until }))?.[1]
  expect(ends('2026-09-30T23:00:00Z')).toBe('at the end of Wednesday 30 September 2026')
  expect(ends('2026-12-01T00:00:00Z')).toBe('at the end of Monday 30 November 2026')
  expect(ends('2026-09-30T11:30:00Z')).toBe('on Wednesday 30 September 2026 at 12:30pm')
})

it('says since when nothing is shared, and whose choice that is', () => {
  const closed = { shared: false, basis: null, chosen: false, until: null }
  expect(whyWords({ ...closed, since })).toBe('Not shared since Monday 2 March 2026.')
  expect(whyWords({ ...closed, chosen: true, since })).toBe('You chose this. Not shared since Monday 2 March 2026.')
  expect(whyWords({ ...closed, since: null })).toBe('Not shared so far.')
})

it('says what a choice changes, and nothing that could be taken for what it leads to', () => {
  expect(differenceWords(true, false)).toBe('This changes. They can see it until you save.')
  expect(differenceWords(false, true)).toBe('This changes. They cannot see it until you save.')
  expect(differenceWords(true, true)).toBe('No change')
})
