import { describe, expect, it } from 'vitest'
import { finality, statusOfObservation, statusOfResult } from './read-status.ts'
import { TestResultStatus } from './test-result-status.ts'

describe('a status', () => {
  it.each([
    ['O I S A P R M registered partial preliminary unknown', TestResultStatus.PRELIMINARY],
    ['F final appended', TestResultStatus.FINAL],
    ['C amended corrected', TestResultStatus.CORRECTED],
    ['X W cancelled entered-in-error', TestResultStatus.WITHDRAWN],
  ])('of a result: %s', (sent, status) => {
    for (const one of sent.split(' ')) expect([one, statusOfResult(one)]).toEqual([one, status])
  })

  it.each([
    ['I N O P R S registered preliminary', TestResultStatus.PRELIMINARY],
    ['B F U V final', TestResultStatus.FINAL],
    ['C amended corrected', TestResultStatus.CORRECTED],
    ['D W X cancelled entered-in-error', TestResultStatus.WITHDRAWN],
  ])('of a value: %s', (sent, status) => {
    for (const one of sent.split(' ')) expect([one, statusOfObservation(one)]).toEqual([one, status])
  })

  it.each(['', 'f', 'Z', 'Y', 'FINAL', 'toString', '__proto__'])('is not guessed of %j', (sent) => {
    expect([statusOfResult(sent), statusOfObservation(sent)]).toEqual([undefined, undefined])
  })

  it('of one instant counts the more final', () => {
    const { PRELIMINARY, FINAL, CORRECTED, WITHDRAWN } = TestResultStatus
    expect([WITHDRAWN, PRELIMINARY, CORRECTED, FINAL].sort((a, b) => finality(a) - finality(b))).toEqual([
      PRELIMINARY,
      FINAL,
      CORRECTED,
      WITHDRAWN,
    ])
  })
})
