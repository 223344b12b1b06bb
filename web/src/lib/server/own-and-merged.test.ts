import { setTimeout as pause } from 'node:timers/promises'
import { error, redirect } from '@sveltejs/kit'
import { describe, expect, it } from 'vitest'
import { ownOrMerged } from './own-and-merged.ts'

const after = async <Answer>(ms: number, answer: Answer) => pause(ms, answer)
const failing = async (ms: number, problem: unknown): Promise<never> => {
  await pause(ms)
  throw problem
}

describe('the records of every hospital', () => {
  it('are shown together when they come in time, also when the own ones alone are slower or fail', async () => {
    expect(await ownOrMerged(after(60, 'own'), after(10, 'all'), 50)).toEqual({ answer: 'all' })
    expect(await ownOrMerged(failing(1, new Error('own')), after(10, 'all'), 50)).toEqual({ answer: 'all' })
  })

  it('are the own ones when the others let people wait', async () => {
    const started = performance.now()
    expect(await ownOrMerged(after(1, 'own'), after(500, 'all'), 50)).toEqual({
      answer: 'own',
      without: 'STILL_WAITING',
    })
    expect(performance.now() - started).toBeLessThan(300)
  })

  it('are the own ones at once when the others fail', async () => {
    const started = performance.now()
    const shown = await ownOrMerged(after(20, 'own'), failing(5, new Error('away')), 5_000)
    expect(shown).toEqual({ answer: 'own', without: 'AWAY' })
    expect(performance.now() - started).toBeLessThan(1_000)
  })

  it('are an error page when not even the own ones can be read', async () => {
    const own = failing(5, new Error('own is away'))
    await expect(ownOrMerged(own, failing(1, new Error('away')), 50)).rejects.toThrow('own is away')
  })

  it('are nobody’s who has been logged out', async () => {
    const loggedOut = (async () => redirect(303, '/log-in'))()
    await expect(ownOrMerged(after(1, 'own'), loggedOut, 50)).rejects.toMatchObject({ location: '/log-in' })
  })

  it('are a page that says so when the question makes no sense', async () => {
    const notUnderstood = (async () => error(400, 'no such hospital'))()
    await expect(ownOrMerged(after(1, 'own'), notUnderstood, 50)).rejects.toMatchObject({ status: 400 })
    const away = (async () => error(503, 'away'))()
    expect(await ownOrMerged(after(1, 'own'), away, 50)).toMatchObject({ without: 'AWAY' })
  })
})
