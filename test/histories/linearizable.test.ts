import { describe, expect, it } from 'vitest'
import { isLinearizable, type Operation } from './linearizable.ts'

const take = (who: string, asked: number, answered: number, free = true): Operation => ({
  act: 'take',
  who,
  asked,
  answered,
  free,
})
const leave = (who: string, asked: number, answered: number): Operation => ({
  act: 'leave',
  who,
  asked,
  answered,
  free: false,
})
const look = (asked: number, answered: number, free: boolean): Operation => ({ act: 'look', asked, answered, free })

describe('a history of one slot', () => {
  it.each<[string, Operation[], boolean]>([
    ['one takes it, then another is refused', [take('a', 1, 2), take('b', 3, 4, false)], true],
    ['two take it at once', [take('a', 1, 4), take('b', 2, 3)], false],
    ['two take it, one after the other', [take('a', 1, 2), take('b', 3, 4)], false],
    ['it goes from one to the other', [take('a', 1, 2), leave('a', 3, 6), take('b', 4, 5)], true],
    ['it is taken before it is left', [take('a', 1, 2), take('b', 3, 4), leave('a', 5, 6)], false],
    ['somebody is refused what is free', [take('a', 1, 2, false)], false],
    ['it is seen free while it is being taken', [take('a', 1, 4), look(2, 3, true)], true],
    ['it is seen free after it was taken', [take('a', 1, 2), look(3, 4, true)], false],
    ['it is seen taken, then free, while nobody leaves', [take('a', 1, 6), look(2, 3, false), look(4, 5, true)], false],
    ['somebody leaves who never took it', [leave('a', 1, 2)], false],
  ])('where %s', (_, history, expected) => {
    expect(isLinearizable(history, undefined)).toBe(expected)
  })

  it('begins with whoever holds it', () => {
    expect(isLinearizable([take('b', 1, 2, false), leave('a', 3, 4)], 'a')).toBe(true)
    expect(isLinearizable([take('b', 1, 2)], 'a')).toBe(false)
  })
})
