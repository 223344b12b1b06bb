import { expect, it } from 'vitest'
import { Turns } from './turns.ts'

it('lets nobody wait when too many do: each holds a file in memory', async () => {
  const turns = new Turns(1, 2)
  const ends: (() => void)[] = []
  const work = () => new Promise<string>((resolve) => ends.push(() => resolve('done')))
  const taken = [turns.take(work), turns.take(work), turns.take(work)]
  await expect(turns.take(work)).rejects.toThrow('Try again in a few minutes.')
  for (let turn = 0; turn < taken.length; turn += 1) {
    ends.shift()?.()
    await expect(taken[turn]).resolves.toBe('done')
  }
  const next = turns.take(() => Promise.resolve('at once'))
  await expect(next).resolves.toBe('at once')
})
