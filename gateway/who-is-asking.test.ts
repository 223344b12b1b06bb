import { createHash, createHmac, randomBytes } from 'node:crypto'
import { GraphQLError } from 'graphql'
import { describe, expect, it, onTestFinished } from 'vitest'
import { aGateway, feedsSecret, feedsToken, webSigningKey } from './test/a-gateway.ts'
import { amalsToken, badSession, ended, names, petersToken, transport } from './test/canned-graph.ts'

const whoIsAsking = '{ whoIsAsking { role actorId clientAddress } }'

describe('a token that is good for nothing', () => {
  const cases: [string, string][] = [
    ['of a session nobody has', `Bearer ${randomBytes(32).toString('base64url')}`],
    ['that is too short', 'Bearer x'],
    ['with characters no token has', 'Bearer amals token; drop table sessions'],
    ['of another scheme', 'Basic YW1hbDpoYWRkYWQ='],
    ['that is empty', 'Bearer '],
    ['of a system nobody made', `Bearer system.accounts.${feedsSecret}`],
    ['of a system, with a wrong secret', 'Bearer system.feeds.d3Jvbmctc2VjcmV0LXdyb25nLXNlY3JldC13cm9uZzE'],
    [
      'of a system, with the hash for a secret',
      `Bearer system.feeds.${createHash('sha256').update(feedsSecret).digest('base64url')}`,
    ],
    ['of a system, with something added', `Bearer ${feedsToken}.more`],
    ['of a session that says it is the gateway', `Bearer ${badSession}`],
  ]

  it('is refused with the same bytes whatever is wrong with it', async () => {
    const { ask } = await aGateway()
    const answers = []
    for (const [, authorization] of cases.slice(0, -1))
      answers.push(await ask(whoIsAsking, { headers: { authorization } }))
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1)
    for (const { status, headers, body } of answers) {
      expect(status).toBe(401)
      expect(headers.get('www-authenticate')).toBe('Bearer error="invalid_token"')
      expect(body).toEqual({
        errors: [
          {
            message:
              'You are not logged in, or your session or token has ended. Log in, or get a new token, and try again.',
            extensions: { code: 'UNAUTHENTICATED' },
          },
        ],
      })
    }
  })

  it.each(cases)('%s: no answer', async (_, authorization) => {
    const { ask } = await aGateway()
    const { status, body } = await ask(whoIsAsking, { headers: { authorization } })
    expect(status).toBeGreaterThanOrEqual(401)
    expect(body.data).toBeUndefined()
  })

  it('of a session can never speak for the gateway', async () => {
    const { ask } = await aGateway()
    const { status, code } = await ask('{ __typename }', { token: badSession })
    expect({ status, code }).toEqual({ status: 503, code: 'UNAVAILABLE' })
  })

  it('is looked at even when the operation is open to everyone', async () => {
    const { ask } = await aGateway()
    expect((await ask('{ trust { name } }', { token: 'a-token-that-was-never-given-to-anyone-here' })).status).toBe(401)
  })
})

describe('a session', () => {
  it('is refused at the next request once it has ended', async () => {
    const { ask } = await aGateway()
    const hash = createHash('sha256').update(amalsToken).digest('base64url')
    expect((await ask('{ me { id } }', { token: amalsToken })).status).toBe(200)
    ended.add(hash)
    onTestFinished(() => void ended.delete(hash))
    expect((await ask('{ me { id } }', { token: amalsToken })).status).toBe(401)
  })

  it.each([
    ['patients is away', () => Promise.reject(new Error('database is locked'))],
    [
      'patients met an error',
      async () => ({ data: { viewerOf: null }, errors: [new GraphQLError('database is locked')] }),
    ],
  ])('is not said to have ended when nobody can look it up: %s', async (_, patients) => {
    const { ask } = await aGateway({
      subgraphs: { patients, appointments: transport('appointments'), documents: transport('documents') },
    })
    const { status, code, headers } = await ask('{ me { id } }', { token: amalsToken })
    expect({ status, code, retryAfter: headers.get('retry-after') }).toEqual({
      status: 503,
      code: 'UNAVAILABLE',
      retryAfter: '5',
    })
  })

  it('is looked up by its hash, as the gateway: the token itself goes nowhere', async () => {
    const calls: unknown[] = []
    const ask = transport('patients')
    const others = Object.fromEntries(names.map((name) => [name, transport(name)]))
    const gateway = await aGateway({
      subgraphs: {
        ...others,
        patients: (call) => {
          calls.push(call)
          return ask(call)
        },
      },
    })
    await gateway.ask('{ me { id } }', { token: amalsToken })
    expect(calls[0]).toMatchObject({
      viewer: { role: 'GATEWAY' },
      variables: { tokenHash: createHash('sha256').update(amalsToken).digest('base64url') },
    })
    expect(JSON.stringify(calls)).not.toContain(amalsToken)
  })

  it('of staff says their name to every subgraph, and of a patient no name', async () => {
    const { ask } = await aGateway()
    const nameOf = async (token: string) =>
      (await ask('{ whoIsAsking { name } }', { token })).body.data?.['whoIsAsking']
    expect(await nameOf(petersToken)).toEqual({ name: 'Peter Novak' })
    expect(await nameOf(amalsToken)).toEqual({ name: null })
  })

  it('in a cookie is nothing', async () => {
    const { ask } = await aGateway()
    const { body } = await ask(whoIsAsking, {
      headers: { cookie: `session=${amalsToken}; authorization=Bearer ${amalsToken}` },
    })
    expect(body.data?.['whoIsAsking']).toMatchObject({ role: 'ANONYMOUS' })
  })
})

describe('the address of the person, passed on by the site', () => {
  const signed = (ip: string, ms: number, key = webSigningKey) =>
    `${ip};${ms};${createHmac('sha256', Buffer.from(key, 'base64url')).update(`${ip};${ms}`).digest('base64url')}`
  const addressFor = async (header: string, settings = {}) => {
    const { ask, logged } = await aGateway(settings)
    const { body } = await ask(whoIsAsking, { headers: { 'x-client-address': header } })
    const { clientAddress } = body.data?.['whoIsAsking'] as { clientAddress: string }
    return { clientAddress, logged: logged.join('') }
  }

  it.each(['203.0.113.9', '2001:db8::9'])('is believed when the site signed it: %s', async (ip) => {
    expect((await addressFor(signed(ip, Date.now()))).clientAddress).toBe(ip)
  })

  it.each([
    ['malformed', () => '203.0.113.9'],
    ['malformed', () => signed('somewhere', Date.now())],
    ['malformed', () => `${signed('203.0.113.9', Date.now())};203.0.113.10`],
    ['forged', () => signed('203.0.113.9', Date.now(), Buffer.alloc(32, 8).toString('base64url'))],
    ['forged', () => signed('203.0.113.9', Date.now()).replace('203.0.113.9', '203.0.113.10')],
    ['stale', () => signed('203.0.113.9', Date.now() - 61_000)],
    ['stale', () => signed('203.0.113.9', Date.now() + 60_000)],
  ])('counts as absent when it is %s, and the log says why without it', async (why, header) => {
    const { clientAddress, logged } = await addressFor(header())
    expect(clientAddress).toBe('127.0.0.1')
    expect(logged).toContain(`"disbelieved":"${why}"`)
    expect(logged).not.toContain('203.0.113')
  })

  it('is never believed without a key to check it', async () => {
    const { clientAddress } = await addressFor(signed('203.0.113.9', Date.now(), ''), { webSigningKey: undefined })
    expect(clientAddress).toBe('127.0.0.1')
  })
})
