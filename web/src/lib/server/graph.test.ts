import { createHash } from 'node:crypto'
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { isHttpError } from '@sveltejs/kit'
import { parse, print } from 'graphql'
import { pino } from 'pino'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { readEnvironment } from '../../../environment.ts'
import { AppointmentDocument, ExtendSessionDocument, LogOutDocument } from '#lib/graph/index.ts'
import { graphFor } from './graph.ts'

interface Asked {
  method: string | undefined
  headers: IncomingHttpHeaders
  body: { query?: string; operationName?: string; variables?: object; extensions?: object }
}

const key = Buffer.alloc(32, 5)
let server: Server
let asked: Asked[]
let answer: { status: number; type?: string; body: unknown }

beforeEach(async () => {
  asked = []
  answer = { status: 200, body: { data: { me: { id: 'amal' } } } }
  server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const body = JSON.parse(Buffer.concat(chunks).toString()) as Asked['body']
      asked.push({ method: request.method, headers: request.headers, body })
      response.writeHead(answer.status, { 'content-type': answer.type ?? 'application/json' })
      response.end(typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body))
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
})
afterEach(() => server.close())

const loggedOut = new Error('went to the log-in page')
const url = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`

function graph(session: string | undefined, variables: NodeJS.ProcessEnv = {}) {
  const settings = readEnvironment({ WEB_SIGNING_KEY: key.toString('base64url'), GRAPH_URL: url(), ...variables })
  const visit = { settings, log: pino({ level: 'silent' }), requestId: 'request-1', clientAddress: '192.0.2.7' }
  return graphFor(visit, session, () => {
    throw loggedOut
  })
}

const pageFor = async (error: object, status = 200) => {
  answer = { status, body: { errors: [{ message: 'for machines', extensions: error }] } }
  return graph('token')
    .read(ExtendSessionDocument, {})
    .then(
      () => undefined,
      (problem: unknown) => (isHttpError(problem) ? { ...problem.body } : problem),
    )
}

describe('asking the graph', () => {
  it('brings the session, the request id and the signed address of the person', async () => {
    expect(await graph('the-token').read(ExtendSessionDocument, {})).toEqual({ me: { id: 'amal' } })
    expect(asked[0]?.headers).toMatchObject({ authorization: 'Bearer the-token', 'x-request-id': 'request-1' })
    expect(asked[0]?.headers['x-client-address']).toMatch(/^192\.0\.2\.7;\d{13};[\w-]{43}$/)
    expect(asked[0]?.headers.cookie).toBeUndefined()
  })

  it('brings no bearer for someone who is not logged in', async () => {
    await graph(undefined).read(ExtendSessionDocument, {})
    expect(asked[0]?.headers.authorization).toBeUndefined()
  })

  it('remembers nothing from one question to the next', async () => {
    const one = graph('token')
    await one.read(ExtendSessionDocument, {})
    await one.read(ExtendSessionDocument, {})
    expect(asked).toHaveLength(2)
  })

  it('sends the text while developing, and only its hash in production, always as a POST', async () => {
    const production = { NODE_ENV: 'production', PUBLIC_URL: 'https://portal.example' }
    await graph('token')
      .read(AppointmentDocument, { id: 'a1' })
      .catch(() => undefined)
    await graph('token', production)
      .read(AppointmentDocument, { id: 'a1' })
      .catch(() => undefined)
    await graph('token', production)
      .write(LogOutDocument, { input: { idempotencyKey: 'k' } })
      .catch(() => undefined)
    expect(asked.map(({ method }) => method)).toEqual(['POST', 'POST', 'POST'])
    const [developing, producing] = asked
    const text = print(parse(developing?.body.query ?? ''))
    expect(text).toBe(print(AppointmentDocument))
    expect(producing?.body).toEqual({
      operationName: 'Appointment',
      variables: { id: 'a1' },
      extensions: { persistedQuery: { version: 1, sha256Hash: createHash('sha256').update(text).digest('hex') } },
    })
  })
})

describe('what the graph refuses', () => {
  it('sends a person whose session is over to the log-in page', async () => {
    expect(await pageFor({ code: 'UNAUTHENTICATED' })).toBe(loggedOut)
    expect(await pageFor({ code: 'UNAUTHENTICATED' }, 401)).toBe(loggedOut)
  })

  it.each([
    ['FORBIDDEN', 403],
    ['BAD_USER_INPUT', 400],
    ['UNAVAILABLE', 503],
  ])('shows %s as page %i', async (code, status) => {
    expect(await pageFor({ code })).toMatchObject({ status })
  })

  it('says when to try again', async () => {
    const page = (await pageFor({ code: 'RATE_LIMITED', retryAfterSeconds: 90 }, 429)) as {
      status: number
      retryAt: string
    }
    expect(page.status).toBe(429)
    const wait = Date.parse(page.retryAt) - Date.now()
    expect(wait).toBeGreaterThan(85_000)
    expect(wait).toBeLessThanOrEqual(90_000)
  })

  it('shows the number of a fault, and nothing of the fault', async () => {
    expect(await pageFor({ code: 'INTERNAL', errorId: 'fault-9' })).toEqual({
      status: 500,
      message: 'Something went wrong',
      errorId: 'fault-9',
    })
  })

  it.each([
    ['a gateway that gives up', 504, 'application/json', '{}'],
    ['a proxy that answers with its own page', 502, 'text/html', '<h1>Bad Gateway</h1>'],
    ['an answer that is cut short', 200, 'application/json', '{"data":'],
  ])('shows %s as not available', async (_, status, type, body) => {
    answer = { status, type, body }
    await expect(graph('token').read(ExtendSessionDocument, {})).rejects.toMatchObject({ status: 503 })
  })

  it('shows a gateway that cannot be reached as not available', async () => {
    const alone = graph('token', { GRAPH_URL: 'http://127.0.0.1:1/graphql' })
    await expect(alone.read(ExtendSessionDocument, {})).rejects.toMatchObject({
      status: 503,
      body: { errorId: 'request-1' },
    })
  })

  describe('when a page can do without a part', () => {
    const partly = (code: string, data: unknown) => {
      answer = {
        status: 200,
        type: 'application/json',
        body: JSON.stringify({
          data,
          errors: [{ message: 'x', path: ['appointment', 'letter'], extensions: { code } }],
        }),
      }
      return graph('token').readWithGaps(AppointmentDocument, { id: 'a1' })
    }
    const appointment = { id: 'a1', letter: null }

    it('takes what there is, and says that something is away', async () => {
      expect(await partly('UNAVAILABLE', { appointment })).toMatchObject({ answer: { appointment }, hasGaps: true })
    })

    it.each([
      ['FORBIDDEN', 403],
      ['INTERNAL', 500],
    ])('does not take %s for a part that is away', async (code, status) => {
      await expect(partly(code, { appointment })).rejects.toMatchObject({ status })
    })

    it('says so when nothing came at all', async () => {
      await expect(partly('UNAVAILABLE', null)).rejects.toMatchObject({ status: 503 })
    })
  })
})
