import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { SubgraphTransport } from './main.ts'
import { aGateway } from './test/a-gateway.ts'
import { amalsToken, CANARY, names, transport } from './test/canned-graph.ts'

const key = Buffer.alloc(32, 1).toString('base64url')
const others = () => Object.fromEntries(names.map((name) => [name, transport(name)]))
const masked = 'Something went wrong. Try again. If it happens again, report it with its error id.'

describe('an error of a subgraph', () => {
  it.each(['canary', 'coded'])('is masked unless it is one of our few: %s', async (kind) => {
    const { ask, logged } = await aGateway()
    const { status, text, body } = await ask(`{ fault(kind: "${kind}") trust { name } }`)
    expect(status).toBe(200)
    const { errorId } = body.errors?.[0]?.extensions ?? {}
    expect(body).toEqual({
      data: { fault: null, trust: { name: 'West Hertfordshire' } },
      errors: [{ message: masked, path: ['fault'], extensions: { code: 'INTERNAL', errorId } }],
    })
    expect(errorId).toMatch(/^[0-9a-f-]{36}$/)
    const line = logged.find((it) => it.includes(String(errorId)))
    expect(JSON.parse(line ?? '{}')).toMatchObject({
      level: 50,
      requestId: expect.any(String),
      path: ['fault'],
      class: expect.any(String),
    })
    for (const secret of [CANARY, 'SQLITE', '5432', 'EXPLODED', 'serviceName']) expect(text).not.toContain(secret)
    expect(logged.join('')).not.toContain(CANARY)
  })

  it('that the subgraph masked itself keeps its number, not its words', async () => {
    const { ask } = await aGateway()
    const { body, text } = await ask('{ fault(kind: "masked") }')
    expect(body.errors?.[0]).toEqual({
      message: masked,
      path: ['fault'],
      extensions: { code: 'INTERNAL', errorId: 'a-number-of-the-subgraph' },
    })
    expect(text).not.toContain(CANARY)
  })

  it('that says it is away does not say where', async () => {
    const { ask } = await aGateway()
    const { body, text } = await ask('{ fault(kind: "away") trust { name } }')
    expect(body.errors?.[0]?.extensions).toEqual({ code: 'UNAVAILABLE' })
    expect(text).not.toMatch(/ECONN|127\.0|CANARY/)
  })

  it('of our few keeps its words and nothing else', async () => {
    const { ask } = await aGateway()
    const { status, body } = await ask('{ fault(kind: "refused") trust { name } }')
    expect(status).toBe(200)
    expect(body.errors).toEqual([
      { message: 'You cannot see this.', path: ['fault'], extensions: { code: 'FORBIDDEN' } },
    ])
  })

  it('that is the whole answer gives the answer its status', async () => {
    const { ask } = await aGateway()
    const limited = await ask('{ fault(kind: "limited") }')
    expect({ status: limited.status, retryAfter: limited.headers.get('retry-after') }).toEqual({
      status: 429,
      retryAfter: '17',
    })
    expect(limited.body.errors?.[0]?.extensions).toEqual({ code: 'RATE_LIMITED', retryAfterSeconds: 17 })
    expect((await ask('{ fault(kind: "limited") trust { name } }')).status).toBe(200)
    expect((await ask('{ fault(kind: "refused") }')).status).toBe(403)
    expect((await ask('{ fault(kind: "null") }')).status).toBe(200)
  })
})

describe('a null where the contract promises a value', () => {
  it.each([
    [
      'found by a subgraph',
      '{ me { id friend { name } } }',
      { me: { id: 'amal', friend: null } },
      ['me', 'friend', 'name'],
    ],
    [
      'found only when the parts are joined',
      '{ document(id: "l2") { ... on Letter { title about { name } } } }',
      { document: { title: 'Your appointment', about: null } },
      ['document', 'about', 'name'],
    ],
  ])('is an error of the answer, with its place: %s', async (_, query, data, path) => {
    const { ask } = await aGateway()
    const { body } = await ask(query, { token: amalsToken })
    expect(body.data).toEqual(data)
    expect(body.errors).toMatchObject([{ message: masked, path, extensions: { code: 'INTERNAL' } }])
  })
})

describe('a subgraph that cannot be reached', () => {
  const ways: [string, () => Promise<SubgraphTransport | { url: string; key: string }>][] = [
    ['throws', async () => () => Promise.reject(new Error(`connect ECONNREFUSED 127.0.0.1:4999 ${CANARY}`))],
    ['never answers', async () => () => new Promise(() => {})],
    ['has nobody behind its port', async () => ({ url: `http://127.0.0.1:${await aPort()}/graphql`, key })],
    ['answers with a page', async () => ({ url: await aServer(502, `<h1>${CANARY}</h1>`), key })],
    ['answers with a page, and says it is well', async () => ({ url: await aServer(200, `<h1>${CANARY}</h1>`), key })],
    ['answers with JSON that is no answer', async () => ({ url: await aServer(200, '{"hello":"world"}'), key })],
    [
      'refuses our token',
      async () => ({
        url: await aServer(401, '{"errors":[{"message":"no","extensions":{"code":"UNAUTHENTICATED"}}]}'),
        key,
      }),
    ],
  ]
  it.each(ways)('and %s: its part is missing, the rest is there', async (_, way) => {
    const { ask, logged } = await aGateway({
      subgraphs: { ...others(), appointments: await way() },
      limits: { subgraphTimeLimitMs: 200 },
    })
    const { status, body, text } = await ask('{ me { name appointments { id } } }', { token: amalsToken })
    expect(status).toBe(200)
    expect(body).toEqual({
      data: { me: { name: 'Amal Haddad', appointments: null } },
      errors: [
        {
          message: 'Part of the service cannot be reached just now. Try again in a moment.',
          path: ['me'],
          extensions: { code: 'UNAVAILABLE' },
        },
      ],
    })
    expect(text).not.toMatch(/127\.0\.0\.1|localhost|ECONN/)
    expect(logged.join('')).toContain('"subgraph":"appointments"')
    expect(logged.join('')).not.toContain(CANARY)
  })

  it('and is all that was asked: 503, and when to come again', async () => {
    const { ask } = await aGateway({
      subgraphs: { ...others(), appointments: () => Promise.reject(new Error('down')) },
    })
    const { status, headers, body } = await ask('{ visit: appointment(id: "a1") { id } }', { token: amalsToken })
    expect({ status, retryAfter: headers.get('retry-after'), path: body.errors?.[0]?.path }).toEqual({
      status: 503,
      retryAfter: '5',
      path: ['visit'],
    })
  })
})

async function aServer(status: number, body: string): Promise<string> {
  const server = createServer((_, response) => response.writeHead(status).end(body))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`
}

async function aPort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}
