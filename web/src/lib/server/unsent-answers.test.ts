import { randomInt } from 'node:crypto'
import type { Cookies } from '@sveltejs/kit'
import { expect, it } from 'vitest'
import type { Visit } from '../../../server.ts'
import { forgetAnswers, keepAnswers, keptAnswers } from './unsent-answers.ts'

const visit = {
  settings: { publicUrl: new URL('https://portal.example'), signingKey: Buffer.alloc(32, 5) },
} as unknown as Visit
/** The most a browser keeps of a cookie, name and value together. */
const MOST_BYTES = 4096

function jar() {
  const kept = new Map<string, string>()
  const cookies = {
    get: (name: string) => kept.get(name),
    set: (name: string, value: string) => void kept.set(name, value),
    delete: (name: string) => void kept.delete(name),
  } as unknown as Cookies
  return { kept, cookies }
}

it('keeps answers from page to page, for the appointment they are about', () => {
  const { cookies } = jar()
  keepAnswers(
    cookies,
    visit,
    'a1',
    new URLSearchParams([
      ['reason', 'AWAY'],
      ['days', 'MONDAY'],
      ['days', 'FRIDAY'],
    ]),
  )
  expect(keptAnswers(cookies, visit, 'a1').getAll('days')).toEqual(['MONDAY', 'FRIDAY'])
  expect([...keptAnswers(cookies, visit, 'a2')]).toEqual([])
  forgetAnswers(cookies, visit)
  expect([...keptAnswers(cookies, visit, 'a1')]).toEqual([])
})

it('shows nothing of them to whoever reads the cookie, and takes none that somebody made up', () => {
  const { cookies, kept } = jar()
  keepAnswers(cookies, visit, 'a1', new URLSearchParams({ detail: 'pregnant' }))
  expect([...kept.keys()]).toEqual(['__Host-answers'])
  expect(Buffer.from([...kept.values()].join(), 'base64url').toString('latin1')).not.toContain('pregnant')
  kept.set('__Host-answers', Buffer.from('{"about":"a1","packed":""}').toString('base64url'))
  expect([...keptAnswers(cookies, visit, 'a1')]).toEqual([])
})

it('keeps the longest answers in any script', () => {
  const { cookies, kept } = jar()
  const anyCharacters = () => Array.from({ length: 500 }, () => String.fromCharCode(randomInt(0x4e00, 0x9fa5))).join('')
  const answers = new URLSearchParams({
    reason: 'PREFER_NOT_TO_SAY',
    detail: anyCharacters(),
    unavailable: anyCharacters(),
  })
  keepAnswers(cookies, visit, 'a1', answers)
  const [[name, value] = ['', '']] = [...kept]
  expect(name.length + value.length).toBeLessThan(MOST_BYTES)
  expect(keptAnswers(cookies, visit, 'a1').get('detail')).toBe(answers.get('detail'))
})
