import { describe, expect, it } from 'vitest'
import { seenWords } from './looks.ts'

const ofEachPart = (...things: string[]) =>
  seenWords([
    { part: 'details', things },
    { part: 'appointments', things },
    { part: 'documents', things },
  ])

describe('what somebody looked at', () => {
  it('is said in plain words, each once, part by part', () => {
    expect(
      seenWords([
        { part: 'details', things: ['Patient'] },
        { part: 'appointments', things: ['Appointment', 'ChangeRequest', 'HospitalNotice'] },
        { part: 'documents', things: ['OutcomeLetter', 'DischargeSummary', 'TestResult'] },
      ]),
    ).toEqual([
      'Your personal details',
      'Your appointments',
      'Your requests about appointments',
      'Your letters and summaries',
      'Your test results',
    ])
  })

  it('is the part of the record when nothing was there to see', () => {
    expect(ofEachPart()).toEqual(['Your personal details', 'Your appointments', 'Your letters or test results'])
  })

  it.each(['Hologram', 'constructor', '__proto__'])('is never called %s, a name that only the graph knows', (thing) => {
    expect(ofEachPart(thing)).toEqual([
      'Something else about you',
      'Something else about your appointments',
      'Something else about your letters or test results',
    ])
  })
})
