import { describe, expect, it } from 'vitest'
import { chosenFilter, filterFor, isNarrowed, listAddress, searchProblems } from './document-filter.ts'

const chosen = (query: string) => chosenFilter(new URLSearchParams(query))

describe('the filter of the letters and results', () => {
  it('is nothing when nothing was chosen, as when an empty form was sent', () => {
    for (const query of ['', 'search=&kind=&hospital=', 'search=+++']) {
      expect(filterFor(chosen(query))).toEqual({})
      expect(isNarrowed(chosen(query))).toBe(false)
    }
  })

  it('says to the graph what was chosen', () => {
    expect(filterFor(chosen('search=+blood++count&kind=appointments&hospital=RAL&unread=yes'))).toEqual({
      search: 'blood count',
      kinds: ['APPOINTMENT_LETTER', 'ADMISSION_LETTER'],
      trustCode: 'RAL',
      unread: true,
    })
  })

  it.each(['kind=toString', 'kind=TEST_RESULT', 'hospital=ral%27--', 'unread=maybe'])(
    'takes what nobody can have chosen for nothing: %s',
    (query) => expect(filterFor(chosen(query))).toEqual({}),
  )

  it('stays in the address of the next page, and gives way to what is chosen anew', () => {
    const filter = chosen('search=foot+%26+ankle&hospital=RAL&unread=yes&after=c1')
    expect(listAddress(filter, { after: 'c2' })).toBe(
      '/letters-and-results?search=foot+%26+ankle&hospital=RAL&unread=yes&after=c2',
    )
    expect(listAddress(filter, { hospital: 'RWG' })).toBe(
      '/letters-and-results?search=foot+%26+ankle&hospital=RWG&unread=yes',
    )
    expect(listAddress(chosen(''))).toBe('/letters-and-results')
  })

  it('asks for fewer words when there are too many', () => {
    expect(searchProblems(chosen(`search=${'a'.repeat(100)}`))).toEqual([])
    expect(searchProblems(chosen(`search=${'a'.repeat(101)}`))).toEqual([
      { field: 'search', message: 'Search for 100 characters or fewer. You entered 101' },
    ])
  })
})
