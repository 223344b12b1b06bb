import { expect, it } from 'vitest'
import { alone } from '../../test/alone.ts'
import { FakeClock } from '../../test/clock.ts'
import { appointments } from './main.ts'

const startedAt = async (now: string) => {
  const clock = new FakeClock(now)
  const hospital = await alone(appointments, { clock })
  const warnings = async () => {
    await hospital.subgraph.settle()
    return hospital.lines.filter((line) => line.includes('bank holidays')).length
  }
  return { clock, warnings, stop: () => hospital.stop() }
}

it('warns at start when fewer than 12 months of the bank holidays are left, and again every day', async () => {
  const { clock, warnings, stop } = await startedAt('2029-01-02T09:00:00Z')
  expect([await warnings(), await warnings()]).toEqual([1, 1])
  clock.pass(24 * 60 * 60)
  expect(await warnings()).toBe(2)
  await stop()
})

it('says nothing while there are 12 months', async () => {
  const { warnings, stop } = await startedAt('2028-12-31T09:00:00Z')
  expect(await warnings()).toBe(0)
  await stop()
})
