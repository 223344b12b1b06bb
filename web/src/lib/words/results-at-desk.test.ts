import { describe, expect, it } from 'vitest'
import { alarmWords, openedWords, opensWords, releaseClassWords, type Waiting } from './results-at-desk.ts'

const now = new Date('2026-11-22T09:00:00Z')
const waiting = (facts: Partial<Waiting>): Waiting => ({
  opensAt: null,
  reason: 'REPORT',
  alarm: true,
  steps: [
    { at: '2026-11-06T23:00:00Z', act: 'RECEIVED' },
    { at: '2026-11-21T10:00:00Z', act: 'CORRECTED' },
  ],
  ...facts,
})

describe('what must not be missed of a result', () => {
  it.each([
    ['2026-11-22T16:00:00Z', 'Opens by itself today'],
    ['2026-11-22T08:00:00Z', 'Opens by itself today'],
    ['2026-11-23T00:30:00Z', 'Opens by itself tomorrow'],
    ['2026-11-24T08:00:00Z', 'Opens by itself in 2 days'],
  ])('is that it opens by itself soon (%s)', (opensAt, words) => {
    expect(alarmWords(waiting({ opensAt }), now)).toBe(words)
  })

  it('is how long it has waited since it came, whatever was done since', () => {
    expect(alarmWords(waiting({}), now)).toBe('Waiting 16 days')
    expect(alarmWords(waiting({ steps: [{ at: '2026-11-21T10:00:00Z', act: 'RECEIVED' }] }), now)).toBe('Waiting 1 day')
  })

  it('is how long it has waited since it was last open', () => {
    const steps = [
      { at: '2026-10-01T10:00:00Z', act: 'RECEIVED' },
      { at: '2026-10-02T10:00:00Z', act: 'RELEASED' },
      { at: '2026-11-02T10:00:00Z', act: 'RETRACTED' },
    ] as const
    expect(alarmWords(waiting({ steps }), now)).toBe('Waiting 20 days')
  })

  it.each([
    ['2026-11-22T09:00:00Z', 'Critical value, came today'],
    ['2026-11-21T10:00:00Z', 'Critical value, waiting 1 day'],
    ['2026-11-19T10:00:00Z', 'Critical value, waiting 3 days'],
  ])('is that a value is critical, and since when (%s)', (at, words) => {
    expect(alarmWords(waiting({ reason: 'CRITICAL_FLAG', steps: [{ at, act: 'RECEIVED' }] }), now)).toBe(words)
  })

  it('is nothing without an alarm', () => {
    expect(alarmWords(waiting({ alarm: false, opensAt: '2026-11-23T08:00:00Z' }), now)).toBeUndefined()
  })
})

it('says when a result opens', () => {
  expect(opensWords(waiting({ opensAt: '2026-11-30T08:00:00Z' }))).toBe('By itself on Monday 30 November 2026')
  expect(opensWords(waiting({ reason: 'PRELIMINARY' }))).toBe('Not before it is final')
  expect(opensWords(waiting({ reason: 'CRITICAL_FLAG' }))).toBe('Only when a clinician releases it')
})

it('says how a result came to be open, the last time that it did', () => {
  const [at, by] = ['2026-11-20T08:00:00Z', 'Grace Adeyemi']
  const steps = [
    { at, act: 'RECEIVED', by: null },
    { at, act: 'RELEASED', by },
    { at, act: 'CORRECTED', by: null },
  ] as const
  expect(openedWords({ steps })).toBe('Released by Grace Adeyemi')
  expect(openedWords({ steps: [{ at, act: 'RELEASED' }] })).toBe('Released')
  expect(openedWords({ steps: [...steps, { at, act: 'WITHDRAWN' }, { at, act: 'OPENED' }] })).toBe('By itself')
  expect(openedWords({ steps: steps.slice(0, 1) })).toBe('By itself')
})

it('says how long reports wait by the settings of the trust', () => {
  expect(releaseClassWords('REPORT', 1)).toMatch(/ after 1 day$/)
  expect(releaseClassWords('REPORT', 14)).toMatch(/ after 14 days$/)
})
