import { connect } from 'node:net'
import { describe, expect, it } from 'vitest'
import { aGateway, feedsToken } from './test/a-gateway.ts'
import { amalsToken } from './test/canned-graph.ts'

const trust = JSON.stringify({ query: '{ trust { name } }' })

describe('what is sent to the graph', () => {
  it.each([
    ['half a JSON', '{"query": "{ trust', {}, 400, 'The body is not JSON.'],
    ['no JSON', 'hello', {}, 400, 'The body is not JSON.'],
    ['nothing', '', {}, 400, 'The body is not JSON.'],
    ['bytes that are no text', Buffer.from('{"query":"\xff\xfe"}', 'latin1'), {}, 400, 'The body is not JSON.'],
    ['a batch', `[${trust},${trust}]`, {}, 400, 'Send one operation in each request: batches are not taken.'],
    ['a number', '42', {}, 400, 'The body must be a JSON object with "query", and "variables" if it has any.'],
    ['an object without an operation', '{}', {}, 400, /^Send the operation to run as "query"/],
    ['an operation that is a number', '{"query": 42}', {}, 400, '"query" must be the text of an operation.'],
    ['variables that are a text', '{"query": "{ trust { name } }", "variables": "{}"}', {}, 400, /variables/],
    [
      'a form',
      'query=%7Btrust%7Bname%7D%7D',
      { 'content-type': 'application/x-www-form-urlencoded' },
      400,
      /application\/json/,
    ],
    ['a plain text', trust, { 'content-type': 'text/plain' }, 400, /application\/json/],
    ['another character set', trust, { 'content-type': 'application/json; charset=utf-16' }, 400, /application\/json/],
    ['something packed', trust, { 'content-encoding': 'gzip' }, 400, /without content-encoding/],
    [
      '101 KB',
      JSON.stringify({ query: '{ trust { name } }', padding: 'x'.repeat(101 * 1024) }),
      {},
      413,
      'The body is larger than 100 KB.',
    ],
    ['1 MB in pieces', 'pieces', {}, 413, 'The body is larger than 100 KB.'],
    [
      'variables 5,000 levels deep',
      `{"query": "{ trust { name } }", "variables": {"a": ${'['.repeat(5_000)}${']'.repeat(5_000)}}}`,
      {},
      400,
      'The body is nested too deeply.',
    ],
    ['an answer of a kind we have not', trust, { accept: 'text/html' }, 406, /accept/],
  ] as [string, string | Buffer, Record<string, string>, number, string | RegExp][])(
    'is refused when it is %s',
    async (_, body, headers, status, message) => {
      const { url, post } = await aGateway()
      const answer = body === 'pieces' ? await postInPieces(url) : await post(body, headers)
      expect(answer.status).toBe(status)
      expect(answer.code).toBe('BAD_USER_INPUT')
      expect(answer.body.errors?.[0]?.message).toMatch(message)
    },
  )

  it('is refused for the size it says it has, before it is read', async () => {
    const { url } = await aGateway()
    const start = 'POST /graphql HTTP/1.1\r\nhost: gateway\r\ncontent-type: application/json\r\nconnection: close\r\n'
    expect((await raw(url, `${start}content-length: 10000000\r\n\r\n{`)).status).toBe(413)
  })

  it('is taken up to 30 MB from our own systems, and from nobody who says they are one', async () => {
    const { post } = await aGateway()
    const ofMegabytes = (count: number) =>
      JSON.stringify({ query: '{ trust { name } }', padding: 'x'.repeat(count * 1024 * 1024) })
    const as = (token: string) => ({ authorization: `Bearer ${token}` })
    expect((await post(ofMegabytes(29), as(feedsToken))).status).toBe(200)
    const tooLarge = await post(ofMegabytes(30), as(feedsToken))
    expect([tooLarge.status, tooLarge.body.errors?.[0]?.message]).toEqual([413, 'The body is larger than 30 MB.'])
    expect((await post(ofMegabytes(1), as(amalsToken))).status).toBe(413)
    expect((await post(ofMegabytes(1))).status).toBe(413)
    expect((await post(ofMegabytes(1), as(`system.feeds.${'x'.repeat(43)}`))).status).toBe(401)
  })

  it('is refused with a wrong secret before it is read', async () => {
    const { url } = await aGateway()
    const start = 'POST /graphql HTTP/1.1\r\nhost: gateway\r\ncontent-type: application/json\r\nconnection: close\r\n'
    const wrong = `authorization: Bearer system.feeds.${'x'.repeat(43)}\r\n`
    expect((await raw(url, `${start}${wrong}content-length: 20000000\r\n\r\n{`)).status).toBe(401)
  })

  it('is taken up to 100 KB', async () => {
    const { post } = await aGateway()
    const { status } = await post(JSON.stringify({ query: '{ trust { name } }', padding: 'x'.repeat(99 * 1024) }))
    expect(status).toBe(200)
  })
})

describe('every answer', () => {
  it('is kept by nobody, framed by nobody and open to no other site', async () => {
    const { ask, url } = await aGateway()
    const answers = [(await ask('{ trust { name } }', { headers: { origin: 'https://elsewhere.example' } })).headers]
    for (const path of ['/health', '/ready', '/sandbox', '/nowhere']) answers.push((await fetch(url + path)).headers)
    for (const headers of answers) {
      expect(Object.fromEntries(headers)).toMatchObject({
        'cache-control': 'no-store',
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
        'content-security-policy': expect.stringContaining("frame-ancestors 'none'"),
      })
      expect([...headers.keys()].filter((it) => it.startsWith('access-control') || it === 'set-cookie')).toEqual([])
    }
  })

  it('tells no trace, no plan and no maker', async () => {
    const { ask } = await aGateway()
    const headers = {
      'apollo-query-plan-experimental': '1',
      'apollo-federation-include-trace': 'ftv1',
      'x-apollo-tracing': '1',
    }
    const { body, headers: answered } = await ask('{ trust { name } }', { headers })
    expect(body).toEqual({ data: { trust: { name: 'West Hertfordshire' } } })
    expect([...answered.keys()]).not.toContain('x-powered-by')
  })

  it('carries the id of the request: after a sane one that came, or anew, and never the same', async () => {
    const { ask } = await aGateway()
    const idFor = async (id: string) =>
      (await ask('{ trust { name } }', { headers: { 'x-request-id': id } })).headers.get('x-request-id')
    const [one, other] = [await idFor('request-0001'), await idFor('request-0001')]
    expect([one, other]).toEqual([expect.stringMatching(ours), expect.stringMatching(ours)])
    expect(one).not.toBe(other)
    for (const id of ['', 'short', 'two words and more', `long-${'x'.repeat(90)}`, '<script>alert(1)</script>']) {
      expect(await idFor(id)).toMatch(/^[0-9a-f-]{36}$/)
    }
  })
})

const ours = /^request-0001\.[\w-]{12}$/

describe('the paths', () => {
  it.each(['GET', 'HEAD', 'PUT', 'DELETE', 'OPTIONS', 'PATCH'])('take no operation by %s', async (method) => {
    const { url } = await aGateway()
    const query = new URLSearchParams({
      query: 'mutation { startLogin(input: {contact: "a", bornOn: "b", channel: TEXT}) { __typename } }',
    })
    const response = await fetch(`${url}/graphql?${query}`, { method, headers: { 'apollo-require-preflight': '1' } })
    expect(response.status).toBe(405)
    expect(response.headers.get('allow')).toBe('POST')
  })

  it.each([
    '/',
    '/graphiql',
    '/playground',
    '/console',
    '/graphql/',
    '/GraphQL',
    '/.env',
    '//',
    '/graphql%00',
    '/sandbox/../main.ts',
  ])('have nothing at %s', async (path) => {
    const { url } = await aGateway()
    const { status, text } = await raw(url, `GET ${path} HTTP/1.1\r\nhost: gateway\r\nconnection: close\r\n\r\n`)
    expect(status).toBe(404)
    expect(text).not.toMatch(/graphiql/i)
  })

  it('say that the process is alive, and whether every subgraph answers', async () => {
    const { url } = await aGateway()
    expect(await (await fetch(`${url}/health`)).json()).toEqual({ alive: true })
    expect(await (await fetch(`${url}/ready`)).json()).toEqual({ ready: true })
  })

  it('say which subgraph does not answer, and are alive all the same', async () => {
    const { transport } = await import('./test/canned-graph.ts')
    const documents = () => Promise.reject(new Error('down'))
    const { url } = await aGateway({
      subgraphs: { patients: transport('patients'), appointments: transport('appointments'), documents },
    })
    const response = await fetch(`${url}/ready`)
    expect({ status: response.status, body: await response.json() }).toEqual({
      status: 503,
      body: { ready: false, missing: ['documents'] },
    })
    expect((await fetch(`${url}/health`)).status).toBe(200)
  })
})

describe('somebody who dawdles', () => {
  it.each([
    ['over the headers', 'POST /graphql HTTP/1.1\r\nhost: gateway\r\n'],
    [
      'over the body',
      'POST /graphql HTTP/1.1\r\nhost: gateway\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n{"qu',
    ],
  ])('%s is cut off', async (_, start) => {
    const { url } = await aGateway({ limits: { arrivalMs: 200 } })
    expect((await raw(url, start)).status).toBe(408)
  })

  it('or sends headers without end is refused', async () => {
    const { url } = await aGateway()
    expect(
      (await raw(url, `GET /health HTTP/1.1\r\nhost: gateway\r\n${'x-more: more\r\n'.repeat(1_000)}\r\n`)).status,
    ).toBe(431)
  })
})

describe('the access log', () => {
  it('says what was asked and how it went, and nothing of anybody', async () => {
    const { ask, post, url, logged } = await aGateway()
    const secret = 'ZZCANARY'
    await ask('query Home($id: ID!) { me { name } document(id: $id) { title } }', {
      token: amalsToken,
      variables: { id: secret },
    })
    await ask('{ trust { name } }', {
      token: feedsToken,
      headers: { 'x-client-address': '203.0.113.9', cookie: secret, 'user-agent': secret },
    })
    await post(`{"query": "{ ${secret} }"}`)
    await fetch(`${url}/patients/${secret}?name=${secret}`)
    const lines = logged.map((line) => JSON.parse(line)).filter(({ msg }) => msg === 'request')
    expect(lines[0]).toMatchObject({
      method: 'POST',
      path: '/graphql',
      status: 200,
      operation: 'Home',
      role: 'PATIENT',
      hash: expect.stringMatching(/^[0-9a-f]{64}$/),
      requestId: expect.any(String),
      ms: expect.any(Number),
    })
    expect(lines.map(({ role, status, path }) => [role, status, path])).toEqual([
      ['PATIENT', 200, '/graphql'],
      ['SYSTEM', 200, '/graphql'],
      ['ANONYMOUS', 400, '/graphql'],
      [undefined, 404, 'unknown'],
    ])
    for (const word of [secret, amalsToken, feedsToken, '127.0.0.1', '203.0.113', 'Amal'])
      expect(logged.join('')).not.toContain(word)
  })
})

async function postInPieces(url: string) {
  const piece = new TextEncoder().encode('x'.repeat(16 * 1024))
  let left = 64
  const body = new ReadableStream({ pull: (stream) => (left-- > 0 ? stream.enqueue(piece) : stream.close()) })
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body,
    duplex: 'half',
  } as RequestInit)
  const answered = (await response.json()) as { errors: { message: string; extensions: { code: string } }[] }
  return { status: response.status, body: answered, code: answered.errors[0]?.extensions.code }
}

function raw(url: string, text: string): Promise<{ status: number; text: string }> {
  const { hostname, port } = new URL(url)
  return new Promise((resolve, reject) => {
    let answer = ''
    const socket = connect(Number(port), hostname, () => socket.write(text))
    socket.on('data', (chunk) => (answer += String(chunk)))
    socket.on('close', () => resolve({ status: Number(answer.split(' ')[1]), text: answer }))
    socket.on('error', reject)
  })
}
