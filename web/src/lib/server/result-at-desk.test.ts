import { isRedirect } from '@sveltejs/kit'
import { describe, expect, it } from 'vitest'
import { choicesFor, type ResultAtDesk, resultAsSeen, stepsSeen } from './result-at-desk.ts'

const release = { class: 'REPORT', reason: 'REPORT', opensAt: '2026-12-01T08:00:00Z', alarm: false } as const
const steps = [{ at: '2026-11-17T10:00:00Z', act: 'RECEIVED', by: null, reason: null }] as const
const result = (facts: object, opens: object = {}) =>
  ({
    state: 'WAITING',
    status: 'FINAL',
    patient: {},
    release: { ...release, steps, ...opens },
    ...facts,
  }) as unknown as ResultAtDesk

describe('what can be done with a result', () => {
  it.each([
    ['a report that waits', result({}), ['release', 'hold']],
    ['one that is corrected', result({ status: 'CORRECTED' }), ['release', 'hold']],
    ['what never opens by itself', result({}, { opensAt: null }), ['release']],
    ['what is not final', result({ status: 'PRELIMINARY' }, { opensAt: null }), []],
    ['what is open', result({ state: 'READY' }, { opensAt: null }), ['takeBack']],
    ['what the hospital withdrew', result({ state: 'WITHDRAWN', status: 'WITHDRAWN' }, { opensAt: null }), []],
  ])('of %s', (_, it, choices) => {
    expect(Object.entries(choicesFor(it)).flatMap(([name, offered]) => (offered ? [name] : []))).toEqual(choices)
  })
})

describe('a page to do something with a result', () => {
  const asSeen = (query: string, testResult: object | null, method = 'GET') =>
    resultAsSeen(
      { graph: { read: () => Promise.resolve({ testResult, trust: { resultReleaseDays: 14 } }) } } as never,
      { id: 'a b', url: new URL(`http://portal.test/${query}`), method, choice: 'hold' },
    ).then(
      ({ steps: seen }) => seen,
      (thrown: { status: number; location?: string }) => (isRedirect(thrown) ? thrown.location : thrown.status),
    )

  it('is for the version that was read', async () => {
    expect(await asSeen('?steps=1', result({}))).toBe(1)
    for (const query of ['?steps=2', '?steps=0', '?steps=1.5', '?steps=x', ''])
      expect(await asSeen(query, result({}))).toBe('/desk/results/a%20b?changed')
  })

  it('is not there for what can no longer be done', async () => {
    expect(await asSeen('?steps=1', result({ state: 'READY' }))).toBe('/desk/results/a%20b')
  })

  it('stays for whoever has just sent its form, to be told what became of it', async () => {
    expect(await asSeen('?steps=2', result({ state: 'READY' }), 'POST')).toBe(2)
  })

  it('is not there for a result of nobody here, of another hospital, or none', async () => {
    expect(await asSeen('?steps=1', null)).toBe(404)
    expect(await asSeen('?steps=1', { ...result({}), release: null })).toBe(404)
    expect(await asSeen('?steps=1', { ...result({}), patient: null })).toBe(404)
  })
})

it('takes anything but a whole number for no version at all', () => {
  expect(stepsSeen(new URL('http://portal.test/?steps=3'))).toBe(3)
  expect(stepsSeen(new URL('http://portal.test/?steps=NaN'))).toBe(0)
})
