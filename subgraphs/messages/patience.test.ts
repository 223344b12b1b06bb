import { expect, it } from 'vitest'
import { MessageKind } from './outgoing-message.entity.ts'
import { mostTries, nextStatusCheck, nextTry } from './patience.ts'

const now = new Date('2026-06-01T10:00:00Z')
const seconds = (at: Date | null) => (at ? (at.getTime() - now.getTime()) / 1000 : undefined)

it('waits longer from try to try, a fifth more or less, and gives up after a day', () => {
  const expected = [10, 30, 120, 600, 1800, 3600, 3600]
  expected.forEach((pause, index) => {
    const waits = Array.from({ length: 200 }, () => seconds(nextTry(index + 1, now)) ?? 0)
    expect(Math.min(...waits)).toBeGreaterThanOrEqual(pause * 0.8)
    expect(Math.max(...waits)).toBeLessThanOrEqual(pause * 1.2)
    expect(new Set(waits).size).toBeGreaterThan(10)
  })
  const tries = mostTries(MessageKind.APPOINTMENT_BOOKED)
  const total = Array.from({ length: tries - 1 }, (_, index) => [10, 30, 120, 600, 1800][index] ?? 3600)
  const hours = total.reduce((sum, it) => sum + it, 0) / 3600
  expect(hours).toBeGreaterThan(23)
  expect(hours).toBeLessThanOrEqual(24)
  expect(mostTries(MessageKind.LOGIN_CODE)).toBe(2)
})

it('does not come back before the provider says', () => {
  expect(seconds(nextTry(1, now, '600'))).toBe(600)
  expect(seconds(nextTry(1, now, 'Mon, 01 Jun 2026 10:05:00 GMT'))).toBe(300)
  expect(seconds(nextTry(1, now, 'later'))).toBeLessThanOrEqual(12)
  expect(seconds(nextTry(1, now, '0'))).toBeGreaterThanOrEqual(8)
  expect(seconds(nextTry(1, now, '99999999'))).toBe(24 * 3600)
})

it('asks for the status less and less often, and no more after four days', () => {
  const ago = (age: number) => nextStatusCheck(new Date(now.getTime() - age * 1000), now)
  expect(seconds(ago(0))).toBe(30)
  expect(seconds(ago(300))).toBe(300)
  expect(seconds(ago(86_400))).toBe(3600)
  expect(ago(4 * 86_400)).toBeNull()
})
