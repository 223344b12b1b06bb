import { createServer, request, type IncomingHttpHeaders, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { pino } from 'pino'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createSite, readEnvironment, startSite, type RunningSite } from './main.ts'

/** The site as it is built, in front of a graph that only knows the trust and how to send a code. */
let graph: Server
let site: RunningSite
let graphIsReady = true
const publicUrl = 'http://portal.test:8123'
const asked: { operation: string; address: string }[] = []

const contact = { team: 'Appointments team', phone: '+442079460100', textphone: null, email: null, hours: '8am to 6pm' }
const answers: Record<string, object> = {
  Trust: {
    trust: {
      name: 'West Hertfordshire Teaching Hospitals NHS Trust',
      shortName: 'West Hertfordshire',
      serviceName: 'Patient Portal',
      demonstration: false,
      minimumAge: 18,
      addressLines: [],
      appointmentsTeam: contact,
      technicalSupport: contact,
      pals: contact,
    },
  },
  StartLogin: { startLogin: { __typename: 'LoginCodeSent', challengeId: 'c1', expiresAt: '2030-01-01T00:00:00Z' } },
  FinishLogin: { finishLogin: { __typename: 'LoggedIn', token: 'the-token' } },
  LogOut: { logOut: { __typename: 'LoggedOut', sessionsEnded: 1 } },
}

const variables = () => ({
  PUBLIC_URL: publicUrl,
  WEB_PORT: '0',
  GRAPH_URL: `http://127.0.0.1:${(graph.address() as AddressInfo).port}/graphql`,
  WEB_SIGNING_KEY: Buffer.alloc(32, 3).toString('base64url'),
})

beforeAll(async () => {
  graph = createServer((incoming, response) => {
    let text = ''
    incoming.on('data', (chunk: Buffer) => (text += chunk.toString()))
    incoming.on('end', () => {
      const operation = text ? (JSON.parse(text) as { operationName: string }).operationName : 'ready'
      asked.push({ operation, address: String(incoming.headers['x-client-address']).split(';')[0] ?? '' })
      response.writeHead(operation === 'ready' && !graphIsReady ? 503 : 200, { 'content-type': 'application/json' })
      response.end(JSON.stringify({ data: answers[operation] ?? null }))
    })
  })
  await new Promise<void>((resolve) => graph.listen(0, '127.0.0.1', resolve))
  site = await startSite(readEnvironment(variables()), pino({ level: 'silent' }))
})

afterAll(async () => {
  await site.stop()
  graph.close()
})

interface Answer {
  status: number
  headers: IncomingHttpHeaders
  body: string
}

/** Asks the site, with exactly these headers: `fetch` would add some of its own. */
function ask(method: string, path: string, headers: Record<string, string> = {}, body = ''): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const asBrowsersDo = { accept: 'text/html', 'content-length': String(Buffer.byteLength(body)), ...headers }
    const outgoing = request(new URL(path, site.url), { method, headers: asBrowsersDo }, (response) => {
      let text = ''
      response.on('data', (chunk: Buffer) => (text += chunk.toString()))
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text }))
    })
    outgoing.on('error', reject)
    outgoing.end(body)
  })
}

const form = { 'content-type': 'application/x-www-form-urlencoded', origin: publicUrl }

describe('a form', () => {
  const methods = ['POST', 'PUT', 'PATCH', 'DELETE']
  const types = [
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'text/plain',
    'application/json',
    '',
  ]
  const strangers = ['https://evil.test', 'null', '', 'https://portal.test:8123', 'http://portal.test']
  const attempts = methods.flatMap((method) =>
    types.flatMap((type) => strangers.map((origin) => [method, type, origin] as const)),
  )

  it.each(attempts)('by %s as "%s" from "%s" is refused', async (method, type, origin) => {
    const headers = { ...(type && { 'content-type': type }), ...(origin && { origin }), host: 'portal.test:8123' }
    const { status, body } = await ask(method, '/log-out', headers, type ? 'a=b' : '')
    expect(status).toBe(403)
    expect(body).toContain('did not come from a page of this site')
  })

  it('of our own is taken, whatever port the site listens on and whatever a proxy claims', async () => {
    const headers = {
      ...form,
      host: 'no host at all',
      'x-forwarded-host': 'evil.test',
      'x-forwarded-proto': 'https',
      'x-site-host': 'nor here',
    }
    const { status, headers: answer } = await ask(
      'POST',
      '/log-in?/send',
      headers,
      'contact=07700900123&day=9&month=3&year=1984',
    )
    expect(status).toBe(303)
    expect(answer.location).toBe('/log-in/code')
  })

  it('larger than any of ours is refused', async () => {
    expect((await ask('POST', '/log-in?/send', form, `contact=${'7'.repeat(200_000)}`)).status).toBe(413)
  })
})

describe('every answer', () => {
  it.each(['/', '/log-in', '/nowhere', '/home', '/%E0%A4%A', '/inbox'])('protects what it shows: %s', async (path) => {
    const { headers } = await ask('GET', path)
    expect(headers['content-security-policy']).toMatch(
      /^default-src 'none'; script-src 'nonce-[\w+/]{22}==' 'strict-dynamic'; style-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'$/,
    )
    expect(headers).toMatchObject({
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'same-origin',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
    })
    expect(headers.etag).toBeUndefined()
  })

  it('has a nonce of its own, on its only script', async () => {
    const [one, other] = [await ask('GET', '/'), await ask('GET', '/')]
    const nonce = (answer: Answer) => /'nonce-([^']+)'/.exec(answer.headers['content-security-policy'] as string)?.[1]
    expect(nonce(one)).not.toBe(nonce(other))
    expect(one.body.match(/<script[^>]*>/g)).toEqual([`<script type="module" src="/portal.js" nonce="${nonce(one)}">`])
  })

  it('sends a person who is not logged in to the log-in page, and remembers where to', async () => {
    const { status, headers } = await ask('GET', '/m/Yk3?x=1')
    expect([status, headers.location]).toEqual([303, '/log-in?return=%2Fm%2FYk3%3Fx%3D1'])
  })
})

describe('a log in', () => {
  it('sets a cookie that scripts and other sites cannot use, and leaves nothing after the log out', async () => {
    const started = await ask(
      'POST',
      '/log-in?/send&return=%2Fappointments%2F4f1c',
      form,
      'contact=07700900123&day=9&month=3&year=1984',
    )
    const progress = String(started.headers['set-cookie']?.[0])
    expect(progress).toMatch(/^log-in=[\w-]+; Max-Age=900; Path=\/; HttpOnly; SameSite=Lax$/)
    expect(Buffer.from(progress, 'base64url').toString('latin1')).not.toContain('07700900123')

    const cookie = progress.split(';')[0] ?? ''
    const finished = await ask('POST', '/log-in/code?/finish', { ...form, cookie }, 'code=123+456')
    expect(finished.headers.location).toBe('/appointments/4f1c')
    expect(finished.headers['set-cookie']).toContain('session=the-token; Path=/; HttpOnly; SameSite=Lax')

    const left = await ask('POST', '/log-out', { ...form, cookie: 'session=the-token' })
    expect(left.headers['clear-site-data']).toBe('"cache", "cookies", "storage"')
    const emptied = left.headers['set-cookie']?.map((line) => /^([\w-]+)=; Max-Age=0;/.exec(line)?.[1])
    expect(emptied?.sort()).toEqual(['answers', 'log-in', 'session'])
    expect(asked.at(-1)?.operation).toBe('LogOut')
  })

  it('tells the gateway the address of the connection, not of a header', async () => {
    await ask(
      'POST',
      '/log-in?/send',
      { ...form, 'x-forwarded-for': '1.2.3.4' },
      'contact=07700900123&day=9&month=3&year=1984',
    )
    expect(asked.at(-1)).toEqual({ operation: 'StartLogin', address: '127.0.0.1' })
  })
})

describe('a site that is asked how it is', () => {
  const health = async () => (await ask('GET', '/health')).body
  const ready = async () => (await ask('GET', '/ready')).status

  it('says that it lives, and whether the graph is ready too', async () => {
    expect(JSON.parse(await health())).toEqual({ status: 'ok' })
    expect(await ready()).toBe(200)
    graphIsReady = false
    expect(await ready()).toBe(503)
    graphIsReady = true
  })

  it('refuses new work once it is stopping, and lives until it has stopped', async () => {
    const settings = readEnvironment(variables())
    const stopping = await createSite(settings, pino({ level: 'silent' }))
    const server = createServer(stopping.handler)
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const at = (path: string) => fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`)
    expect((await at('/log-in')).status).toBe(200)
    stopping.refuse()
    const answers = await Promise.all(['/log-in', '/ready', '/health'].map(async (path) => (await at(path)).status))
    server.close()
    expect(answers).toEqual([503, 503, 200])
  })
})
