import { describe, expect, it } from 'vitest'
import { captionOf, documentPath, documentStandings, matchWords } from './documents.ts'

const facts = { state: 'READY', unread: false, correctedAt: null } as const

describe('a document', () => {
  it('has its page among the letters or the results, whatever its id holds', () => {
    expect(documentPath({ id: 'l1', kind: 'DISCHARGE_SUMMARY' })).toBe('/letters/l1')
    expect(documentPath({ id: 'RAL.DiagnosticReport.a/b?c', kind: 'TEST_RESULT' })).toBe(
      '/results/RAL.DiagnosticReport.a%2Fb%3Fc',
    )
  })

  it('is not called the same twice', () => {
    const letter = { kind: 'LETTER', trustName: 'Royal Free' } as const
    expect(captionOf({ ...letter, title: 'Letter' })).toBe('Royal Free')
    expect(captionOf({ ...letter, title: 'Knee clinic' })).toBe('Letter, Royal Free')
  })

  it('says in a word or two how things stand with it', () => {
    expect(documentStandings(facts)).toEqual([])
    expect(
      documentStandings({ ...facts, unread: true, correctedAt: '2026-11-20T09:00:00Z', showsOldTime: true }),
    ).toEqual(['Unread', 'Corrected', 'Shows the old time'])
    expect(documentStandings({ ...facts, status: 'PRELIMINARY' })).toEqual(['Not final'])
  })

  it('that waits, or was taken back, says that alone', () => {
    expect(documentStandings({ ...facts, state: 'WAITING', status: 'PRELIMINARY' })).toEqual(['Not open yet'])
    expect(documentStandings({ ...facts, state: 'WITHDRAWN', correctedAt: '2026-11-20T09:00:00Z' })).toEqual([
      'Withdrawn',
    ])
  })
})

it('counts what matches', () => {
  expect(matchWords(1)).toBe('1 letter or result matches')
  expect(matchWords(1_200)).toBe('1,200 letters and results match')
})
