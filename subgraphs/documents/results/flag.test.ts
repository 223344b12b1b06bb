import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isCritical, readFlag } from './flag.ts'
import { ObservationFlag } from './observation-words.ts'

describe('a flag of a laboratory', () => {
  it.each([
    ['N', 'NORMAL'],
    ['L', 'LOW'],
    ['h', 'HIGH'],
    ['LL', 'CRITICALLY_LOW'],
    ['HH', 'CRITICALLY_HIGH'],
    ['A', 'ABNORMAL'],
    ['AA', 'CRITICALLY_ABNORMAL'],
    ['<', 'LOW'],
    ['>', 'HIGH'],
    ['LU', 'LOW'],
    ['*', 'ABNORMAL'],
    ['', 'NONE'],
    ['""', 'NONE'],
    [null, 'NONE'],
    ['R', 'NONE'],
    ['D', 'NONE'],
  ])('%j means %s', (sent, flag) => expect(readFlag(sent)).toEqual({ flag, isKnown: true }))

  it.each([
    ['H~A', 'ABNORMAL'],
    ['H~HH', 'CRITICALLY_HIGH'],
    ['LL~N', 'CRITICALLY_LOW'],
    ['D ~ L', 'LOW'],
  ])('counts the gravest of several: %j is %s', (sent, flag) => expect(readFlag(sent).flag).toBe(flag))

  it.each(['PANIC', 'HHH', 'constructor', '__proto__', 'H~?'])('says that it does not know %j', (sent) => {
    expect(readFlag(sent).isKnown).toBe(false)
  })

  it('is critical when somebody should act', () => {
    const critical = Object.values(ObservationFlag).filter(isCritical)
    expect(critical).toEqual(['CRITICALLY_LOW', 'CRITICALLY_HIGH', 'CRITICALLY_ABNORMAL'])
  })

  it('never overlooks a critical one among others', () => {
    const some = fc.array(fc.constantFrom('N', 'L', 'H', 'A', 'D', 'zz', ''))
    fc.assert(
      fc.property(some, fc.constantFrom('HH', 'LL', 'AA'), some, (before, critical, after) => {
        expect(isCritical(readFlag([...before, critical, ...after].join('~')).flag)).toBe(true)
      }),
    )
  })
})
