import { expect, it } from 'vitest'
import { FakeClock } from '../../test/clock.ts'
import { type ChoreContext, choreLoop } from './chore.ts'

const loopOf = (clock: FakeClock, everySeconds?: number) => {
  let runs = 0
  const chore = { name: 'count', ...(everySeconds && { everySeconds }), run: () => Promise.resolve(void (runs += 1)) }
  const loop = choreLoop(chore, { clock } as unknown as ChoreContext)
  return async () => {
    await loop.settle()
    return runs
  }
}

it('runs an hourly chore once an hour', async () => {
  const clock = new FakeClock('2026-11-23T10:00:00Z')
  const runs = loopOf(clock, 3600)
  expect([await runs(), await runs()]).toEqual([1, 1])
  clock.pass(3599)
  expect(await runs()).toBe(1)
  clock.pass(1)
  expect(await runs()).toBe(2)
})

it.each([undefined, 3600])('goes on at once when the clock was set back (every %s seconds)', async (everySeconds) => {
  const clock = new FakeClock('2026-11-23T10:00:00Z')
  const runs = loopOf(clock, everySeconds)
  expect(await runs()).toBe(1)
  clock.set('2026-11-23T08:00:00Z')
  expect(await runs()).toBe(2)
})
