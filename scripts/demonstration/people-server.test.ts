import { afterEach, describe, expect, it } from 'vitest'
import { demonstrationAt } from '../../gateway/demonstration.ts'
import { type PeopleServer, startPeopleServer } from './people-server.ts'

const key = 'k'.repeat(43)
const people = [{ id: 'amal/1', role: 'PATIENT' as const, label: 'Amal Haddad' }]
const demonstration = {
  people: async () => people,
  token: async (id: string) => {
    if (id !== 'amal/1') throw new Error('nobody')
    return 'a-token-of-amal'
  },
}

let server: PeopleServer
afterEach(() => server.stop())

describe('the people of a demonstration', () => {
  it('are lent to a gateway in another process', async () => {
    server = await startPeopleServer(demonstration, key)
    const there = demonstrationAt({ url: server.url, key })
    expect(await there.people()).toEqual(people)
    expect(await there.token('amal/1')).toBe('a-token-of-amal')
    await expect(there.token('nobody')).rejects.toThrow('cannot be reached')
  })

  it.each([undefined, 'Bearer ', `Bearer ${'x'.repeat(43)}`, key])(
    'are lent to nobody without the key: %s',
    async (authorization) => {
      server = await startPeopleServer(demonstration, key)
      const headers = authorization === undefined ? {} : { authorization }
      for (const path of ['/people', '/people/amal%2F1/token']) {
        const response = await fetch(server.url + path, { headers })
        expect(response.status).toBe(401)
        expect(await response.text()).toBe('{}')
      }
    },
  )

  it('are on this machine alone, and nothing else is', async () => {
    server = await startPeopleServer(demonstration, key)
    expect(server.url).toMatch(/^http:\/\/127\.0\.0\.1:/)
    const headers = { authorization: `Bearer ${key}` }
    expect((await fetch(`${server.url}/people/amal%2F1`, { headers })).status).toBe(404)
    expect((await fetch(`${server.url}/people/%E0/token`, { headers })).status).toBe(503)
  })
})
