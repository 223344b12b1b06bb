import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readTimestamp, writeTimestamp } from './timestamp.ts'

const instantOf = (value: string) => readTimestamp(value)?.instant.toISOString()

describe('times in a message', () => {
  it.each([
    ['202611191500', '2026-11-19T15:00:00.000Z'],
    ['202607191500', '2026-07-19T14:00:00.000Z'],
    ['20260719150030', '2026-07-19T14:00:30.000Z'],
    ['20260719150030.5', '2026-07-19T14:00:30.500Z'],
    ['20260719150030.1234+0000', '2026-07-19T15:00:30.123Z'],
    ['202607191500+0200', '2026-07-19T13:00:00.000Z'],
    ['202607191500-0330', '2026-07-19T18:30:00.000Z'],
    ['20260719', '2026-07-18T23:00:00.000Z'],
    ['2026071915', '2026-07-19T14:00:00.000Z'],
    ['20240229', '2024-02-29T00:00:00.000Z'],
  ])('reads %s, in London unless it says otherwise', (value, instant) => expect(instantOf(value)).toBe(instant))

  it.each(['1965', '196512', '19651213', '1965121315', '196512131515', '19651213151530'])(
    'knows how much of a time %s gives',
    (value) => {
      const expected = { 4: 'YEAR', 6: 'MONTH', 8: 'DAY', 10: 'HOUR', 12: 'MINUTE', 14: 'SECOND' }[value.length]
      expect(readTimestamp(value)?.precision).toBe(expected)
    },
  )

  it('keeps the day as it was written, also at midnight in summer time', () => {
    expect(readTimestamp('20260806')?.date).toBe('2026-08-06')
    expect(readTimestamp('202608060000')?.date).toBe('2026-08-06')
    expect(readTimestamp('202608062359-0500')?.date).toBe('2026-08-06')
  })

  it.each([
    '202613',
    '20260230',
    '20230229',
    '202604311200',
    '202611192400',
    '202611191260',
    '20261119120060',
    '2026111',
    '20261119T1200',
    '2026-11-19',
    '202611191500+2500',
    '17001231',
    'tomorrow',
    '',
  ])('takes %j for no time', (value) => expect(readTimestamp(value)).toBeUndefined())

  it('says that a time was skipped when the clocks went forward, and takes the hour after it', () => {
    expect(readTimestamp('202703280130')).toMatchObject({ clockChange: 'SKIPPED' })
    expect(instantOf('202703280130')).toBe('2027-03-28T01:30:00.000Z')
    expect(instantOf('202703280059')).toBe('2027-03-28T00:59:00.000Z')
    expect(instantOf('202703280200')).toBe('2027-03-28T01:00:00.000Z')
    expect(readTimestamp('202703280200')).not.toHaveProperty('clockChange')
  })

  it('says that a time came twice when the clocks went back, and takes the first', () => {
    expect(readTimestamp('202610250130')).toMatchObject({ clockChange: 'REPEATED' })
    expect(instantOf('202610250130')).toBe('2026-10-25T00:30:00.000Z')
    expect(instantOf('202610250059')).toBe('2026-10-24T23:59:00.000Z')
    expect(instantOf('202610250200')).toBe('2026-10-25T02:00:00.000Z')
    expect(instantOf('202610250130+0000')).toBe('2026-10-25T01:30:00.000Z')
  })

  it('reads back any second it wrote', () => {
    const seconds = fc.integer({ min: Date.UTC(1920, 0) / 1000, max: Date.UTC(2100, 0) / 1000 })
    fc.assert(
      fc.property(seconds, (second) => {
        const instant = new Date(second * 1000)
        expect(readTimestamp(writeTimestamp(instant))?.instant).toEqual(instant)
      }),
      { numRuns: 2000 },
    )
  })

  it('agrees with the wall clock of London at any time that is shown once', () => {
    const clock = new Intl.DateTimeFormat('sv-SE', {
      timeZone: 'Europe/London',
      dateStyle: 'short',
      timeStyle: 'medium',
    })
    const minutes = fc.integer({ min: Date.UTC(2020, 0) / 60_000, max: Date.UTC(2035, 0) / 60_000 })
    fc.assert(
      fc.property(minutes, (minute) => {
        const instant = new Date(minute * 60_000)
        const read = readTimestamp(clock.format(instant).replace(/\D/g, ''))
        if (read?.clockChange === 'REPEATED')
          expect(Math.abs(read.instant.getTime() - instant.getTime()) % 3_600_000).toBe(0)
        else expect(read?.instant).toEqual(instant)
      }),
      { numRuns: 2000 },
    )
  })
})
