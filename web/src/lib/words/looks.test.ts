import { describe, expect, it } from 'vitest'
import { seenWords } from './looks.ts'

const ofEachPart = (things: string[], person: string | null = 'j.okoro') =>
  seenWords(
    [
      { part: 'details', things },
      { part: 'appointments', things },
      { part: 'documents', things },
    ],
    person,
  )

describe('what somebody looked at', () => {
  it('is said in plain words, each once, part by part', () => {
    expect(
      seenWords(
        [
          { part: 'details', things: ['Patient'] },
          { part: 'appointments', things: ['Appointment', 'ChangeRequest', 'HospitalNotice'] },
          { part: 'documents', things: ['OutcomeLetter', 'DischargeSummary', 'TestResult'] },
        ],
        'j.okoro',
      ),
    ).toEqual([
      'Your personal details',
      'Your appointments',
      'Your requests about appointments',
      'Your letters and summaries',
      'Your test results',
    ])
  })

  it('is said to be nothing when they looked and nothing was there', () => {
    expect(ofEachPart([])).toEqual([
      'Whether this hospital knows you',
      'Your appointments: none were shown',
      'Your letters or test results: none were shown',
    ])
  })

  it('is not called nothing when it was not kept yet', () => {
    expect(ofEachPart([], null)).toEqual([
      'Your details: what was seen was not written down then',
      'Your appointments: what was seen was not written down then',
      'Your letters or test results: what was seen was not written down then',
    ])
  })

  it.each(['Hologram', 'constructor', '__proto__'])('is never called %s, a name that only the graph knows', (thing) => {
    expect(ofEachPart([thing])).toEqual([
      'Something else about you',
      'Something else about your appointments',
      'Something else about your letters or test results',
    ])
  })
})
