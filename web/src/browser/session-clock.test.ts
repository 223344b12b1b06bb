import { describe, expect, it } from 'vitest'
import { secondsLeft, sessionState } from './session-clock.ts'

const minutes = (count: number) => count * 60_000

describe('a session nobody uses', () => {
  it.each([
    [0, 'ACTIVE'],
    [minutes(9) - 1, 'ACTIVE'],
    [minutes(9), 'ENDING'],
    [minutes(10) - 1, 'ENDING'],
    [minutes(10), 'ENDED'],
    [minutes(600), 'ENDED'],
  ])('after %i milliseconds is %s', (idle, state) => {
    expect(sessionState(1_000, 1_000 + idle)).toBe(state)
  })

  it('counts down the last minute and never below nothing', () => {
    expect(secondsLeft(0, minutes(9))).toBe(60)
    expect(secondsLeft(0, minutes(10) - 1)).toBe(1)
    expect(secondsLeft(0, minutes(11))).toBe(0)
  })
})
