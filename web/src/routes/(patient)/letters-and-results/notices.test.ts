import { describe, expect, it } from 'vitest'
import { chosenFilter } from './document-filter.ts'
import { isWhole, noticesOf, type SeenSources } from './notices.ts'

const source = { own: false, message: null } as const
const own = { ...source, trustCode: 'RWG', shortName: 'West Hertfordshire', own: true, status: 'AVAILABLE' } as const
const royalFree = { ...source, trustCode: 'RAL', shortName: 'Royal Free', status: 'AVAILABLE' } as const
const barnet = { ...source, trustCode: 'RVL', shortName: 'Barnet', status: 'AVAILABLE' } as const
const seen = (facts: Partial<SeenSources> = {}): SeenSources => ({
  sources: [own, royalFree],
  without: undefined,
  hospitals: [own, royalFree],
  partnerNames: ['Royal Free London NHS Foundation Trust'],
  ...facts,
})
const words = (facts: Partial<SeenSources>, query = '') =>
  noticesOf(seen(facts), chosenFilter(new URLSearchParams(query)), null).map((notice) => notice.words)

describe('what is said of the hospitals', () => {
  it('is nothing when all of them answered', () => {
    expect(words({})).toEqual([])
    expect(isWhole(seen())).toBe(true)
  })

  it('is what each of them has to say', () => {
    const stale = { ...royalFree, status: 'STALE', message: 'Last updated 10:32am.' } as const
    const away = { ...barnet, status: 'UNAVAILABLE', message: 'Barnet is away.' } as const
    expect(words({ sources: [own, stale, away] })).toEqual(['Last updated 10:32am.', 'Barnet is away.'])
  })

  it('names those that are waited for, as shortly as they are known by then', () => {
    const without = 'STILL_WAITING'
    expect(words({ without })).toEqual(['We are still waiting for Royal Free records.'])
    expect(words({ without, hospitals: [own, royalFree, barnet] })).toEqual([
      'We are still waiting for Royal Free and Barnet records.',
    ])
    expect(words({ without, hospitals: [own, royalFree, barnet] }, 'hospital=RVL')).toEqual([
      'We are still waiting for Barnet records.',
    ])
    expect(words({ without, hospitals: [] })).toEqual([
      'We are still waiting for Royal Free London NHS Foundation Trust records.',
    ])
    expect(words({ without, hospitals: [], partnerNames: [] })).toEqual([
      'We are still waiting for other hospitals’ records.',
    ])
  })

  it('keeps the way on in the list that is looked at', () => {
    const chosen = chosenFilter(new URLSearchParams('kind=results'))
    expect(noticesOf(seen({ without: 'AWAY' }), chosen, 'c2')).toEqual([
      {
        words: 'Royal Free records are temporarily unavailable. They are not in this list.',
        link: { href: '/letters-and-results?kind=results&after=c2', words: 'Try again' },
      },
    ])
  })
})

describe('a list', () => {
  it.each([
    ['AVAILABLE', true],
    ['STALE', true],
    ['NOT_LINKED', true],
    ['UNAVAILABLE', false],
    ['WITHHELD', false],
  ] as const)('with a hospital that is %s is whole: %s', (status, whole) => {
    expect(isWhole(seen({ sources: [own, { ...royalFree, status }] }))).toBe(whole)
  })

  it('that did not wait for a hospital is not whole', () => {
    expect(isWhole(seen({ sources: [own], without: 'STILL_WAITING' }))).toBe(false)
  })
})
