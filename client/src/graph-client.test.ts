import type { DocumentTypeDecoration } from '@graphql-typed-document-node/core'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { afterEach, describe, expect, it } from 'vitest'
import {
  AnswerHospitalMessageDocument,
  createGraphClient,
  GraphFault,
  GraphUnavailable,
  NotAllowed,
  NotAuthenticated,
  NotUnderstood,
  PatientByHospitalNumberDocument,
  TooManyRequests,
} from '../main.ts'

interface Seen {
  headers: IncomingMessage['headers']
  body: { query: string; variables: Record<string, unknown> }
}
type Reply = (response: ServerResponse) => void

const servers: Server[] = []
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections()
    server.close()
  }
})

/** A graph that gives these replies, one after the other, the last one again and again. */
async function aGraph(...replies: Reply[]) {
  const seen: Seen[] = []
  const server = createServer((request, response) => {
    let body = ''
    request.on('data', (chunk: Buffer) => (body += chunk.toString()))
    request.on('end', () => {
      const reply = replies[Math.min(seen.length, replies.length - 1)]
      seen.push({ headers: request.headers, body: JSON.parse(body) as Seen['body'] })
      reply?.(response)
    })
  })
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return { seen, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql` }
}

const json =
  (status: number, body: unknown, headers: Record<string, string> = {}): Reply =>
  (response) =>
    response
      .writeHead(status, { 'content-type': 'application/json', 'x-request-id': 'seen-as-this', ...headers })
      .end(JSON.stringify(body))
const data = (it: unknown) => json(200, { data: it })
const error = (code: string, more: object = {}, status = 200, headers: Record<string, string> = {}) =>
  json(status, { errors: [{ message: 'Said by the graph.', extensions: { code, ...more } }] }, headers)

const patient = { patientByHospitalNumber: { id: 'p1', hospitalNumber: 'RWG100001' } }
const answered = {
  answerHospitalMessage: { __typename: 'HospitalMessageAnswered', message: { id: 'm1', acknowledgement: 'AA' } },
}
const input = { idempotencyKey: 'key-1', id: 'm1', acknowledgement: 'AA' as const }
const hurried = { retry: { firstPauseMs: 1 } }
const clientOf = (url: string, more: object = {}) =>
  createGraphClient({ url, bearer: 'system.feeds.secret', ...hurried, ...more })

describe('a client of the graph', () => {
  it('reads, with its credentials and request id', async () => {
    const { url, seen } = await aGraph(data(patient))
    const answer = await clientOf(url).read(
      PatientByHospitalNumberDocument,
      { hospitalNumber: 'RWG100001' },
      { requestId: 'r-1' },
    )
    expect(answer.patientByHospitalNumber?.id).toBe('p1')
    expect(seen[0]?.headers.authorization).toBe('Bearer system.feeds.secret')
    expect(seen[0]?.headers['x-request-id']).toBe('r-1')
    expect(seen[0]?.body.variables).toEqual({ hospitalNumber: 'RWG100001' })
  })

  it('asks for its credentials at each call, when they may change', async () => {
    const { url, seen } = await aGraph(data(patient))
    let count = 0
    const client = clientOf(url, { bearer: () => `token-${++count}` })
    await client.read(PatientByHospitalNumberDocument, { hospitalNumber: 'a' })
    await client.read(PatientByHospitalNumberDocument, { hospitalNumber: 'a' })
    expect(seen.map(({ headers }) => headers.authorization)).toEqual(['Bearer token-1', 'Bearer token-2'])
  })

  it('tries a write again with the same idempotency key until the graph is back', async () => {
    const { url, seen } = await aGraph(
      error('UNAVAILABLE', {}, 503),
      (response) => response.destroy(),
      json(504, 'too slow'),
      data(answered),
    )
    const answer = await clientOf(url).write(AnswerHospitalMessageDocument, { input })
    expect(answer.answerHospitalMessage.__typename).toBe('HospitalMessageAnswered')
    expect(seen.map(({ body }) => (body.variables['input'] as typeof input).idempotencyKey)).toEqual(
      Array(4).fill('key-1'),
    )
  })

  it('does not repeat a write that has no idempotency key', async () => {
    const { url, seen } = await aGraph(error('UNAVAILABLE'), data(answered))
    const write = clientOf(url).write(AnswerHospitalMessageDocument, { input: { ...input, idempotencyKey: '' } })
    await expect(write).rejects.toBeInstanceOf(GraphUnavailable)
    expect(seen).toHaveLength(1)
  })

  it('gives up after four attempts', async () => {
    const { url, seen } = await aGraph(error('UNAVAILABLE'))
    await expect(clientOf(url).write(AnswerHospitalMessageDocument, { input })).rejects.toBeInstanceOf(GraphUnavailable)
    expect(seen).toHaveLength(4)
  })

  it('waits as long as the graph asks, by header or by extension', async () => {
    const { url, seen } = await aGraph(error('RATE_LIMITED', {}, 429, { 'retry-after': '1' }), data(patient))
    const started = performance.now()
    await clientOf(url).read(PatientByHospitalNumberDocument, { hospitalNumber: 'a' })
    expect(performance.now() - started).toBeGreaterThan(950)
    expect(seen).toHaveLength(2)
  })

  it('does not sit through a long pause, and says how long it would be', async () => {
    const { url, seen } = await aGraph(error('RATE_LIMITED', { retryAfterSeconds: 60 }))
    const reading = clientOf(url).read(PatientByHospitalNumberDocument, { hospitalNumber: 'a' })
    await expect(reading).rejects.toMatchObject({ code: 'RATE_LIMITED', retryAfterSeconds: 60 })
    expect(seen).toHaveLength(1)
  })

  it('understands a pause that a proxy names by its end, and one that nobody understands', async () => {
    const end = new Date(Date.now() + 90_000).toUTCString()
    const asked = async (header: string) => {
      const { url } = await aGraph(json(429, {}, { 'retry-after': header }))
      const client = clientOf(url, { retry: { attempts: 1 } })
      return client.read(PatientByHospitalNumberDocument, { hospitalNumber: 'a' }).catch((it: unknown) => it)
    }
    const failure = await asked(end)
    expect(failure).toBeInstanceOf(TooManyRequests)
    expect((failure as TooManyRequests).retryAfterSeconds).toBeGreaterThan(80)
    expect((failure as TooManyRequests).retryAfterSeconds).toBeLessThanOrEqual(90)
    expect(await asked('soon')).toMatchObject({ retryAfterSeconds: undefined })
  })

  it.each([
    ['UNAUTHENTICATED', NotAuthenticated],
    ['FORBIDDEN', NotAllowed],
    ['BAD_USER_INPUT', NotUnderstood],
    ['INTERNAL', GraphFault],
    ['SOMETHING_NEW', GraphFault],
  ])('throws %s at once, as an error of its own', async (code, Kind) => {
    const { url, seen } = await aGraph(error(code, { errorId: 'e-7' }))
    const failure = await clientOf(url)
      .write(AnswerHospitalMessageDocument, { input })
      .catch((it: unknown) => it)
    expect(failure).toBeInstanceOf(Kind)
    expect(failure).toMatchObject({ errorId: 'e-7', message: 'Said by the graph.', requestId: 'seen-as-this' })
    expect(seen).toHaveLength(1)
  })

  it.each([
    [401, NotAuthenticated],
    [403, NotAllowed],
    [413, NotUnderstood],
    [429, TooManyRequests],
    [500, GraphFault],
    [502, GraphUnavailable],
  ])('understands HTTP %i without a graph answer', async (status, Kind) => {
    const { url } = await aGraph((response) =>
      response.writeHead(status, { 'content-type': 'text/html' }).end('<p>no</p>'),
    )
    const reading = clientOf(url).read(PatientByHospitalNumberDocument, { hospitalNumber: 'a' })
    await expect(reading).rejects.toBeInstanceOf(Kind)
  })

  it('stops waiting for an answer when its time is over', async () => {
    const { url, seen } = await aGraph(() => undefined)
    const client = clientOf(url, { timeout: 50, retry: { firstPauseMs: 1, attempts: 2 } })
    await expect(client.read(PatientByHospitalNumberDocument, { hospitalNumber: 'a' })).rejects.toBeInstanceOf(
      GraphUnavailable,
    )
    expect(seen).toHaveLength(2)
  })

  it('ends with its caller, without trying again', async () => {
    const { url, seen } = await aGraph(() => undefined)
    const caller = new AbortController()
    const reading = clientOf(url).read(
      PatientByHospitalNumberDocument,
      { hospitalNumber: 'a' },
      { signal: caller.signal },
    )
    const outcome = expect(reading).rejects.toMatchObject({ name: 'AbortError' })
    await wait(50)
    caller.abort()
    await outcome
    expect(seen).toHaveLength(1)
  })

  it('ends a write that is not repeated with its caller too', async () => {
    const { url } = await aGraph(() => undefined)
    const once = { input: { ...input, idempotencyKey: '' } }
    const write = clientOf(url).write(AnswerHospitalMessageDocument, once, { signal: AbortSignal.timeout(50) })
    await expect(write).rejects.toMatchObject({ name: 'TimeoutError' })
  })

  it('ends with its caller in the middle of a pause', async () => {
    const { url, seen } = await aGraph(error('RATE_LIMITED', { retryAfterSeconds: 4 }))
    const signal = AbortSignal.timeout(100)
    const started = performance.now()
    const reading = clientOf(url).read(PatientByHospitalNumberDocument, { hospitalNumber: 'a' }, { signal })
    await expect(reading).rejects.toMatchObject({ name: 'TimeoutError' })
    expect(performance.now() - started).toBeLessThan(2_000)
    expect(seen).toHaveLength(1)
  })

  it('asks twice for two who ask the same, and ends one without the other', async () => {
    const { url, seen } = await aGraph((response) => setTimeout(() => data(patient)(response), 150))
    const caller = new AbortController()
    const variables = { hospitalNumber: 'a' }
    const client = clientOf(url)
    const ended = client.read(PatientByHospitalNumberDocument, variables, { signal: caller.signal, requestId: 'one' })
    const answered = client.read(PatientByHospitalNumberDocument, variables, { requestId: 'two' })
    setTimeout(() => caller.abort(), 50)
    await expect(ended).rejects.toMatchObject({ name: 'AbortError' })
    expect((await answered).patientByHospitalNumber?.id).toBe('p1')
    expect(seen.map(({ headers }) => headers['x-request-id']).sort()).toEqual(['one', 'two'])
  })

  it('takes nothing to where it is redirected', async () => {
    const elsewhere = await aGraph(data(patient))
    const { url } = await aGraph((response) => response.writeHead(307, { location: elsewhere.url }).end())
    const reading = clientOf(url).read(PatientByHospitalNumberDocument, { hospitalNumber: 'a' })
    await expect(reading).rejects.toBeInstanceOf(GraphUnavailable)
    expect(elsewhere.seen).toEqual([])
  })

  it('refuses an answer that has a gap', async () => {
    const gap = { message: 'Away.', path: ['trust'], extensions: { code: 'UNAVAILABLE' } }
    const { url } = await aGraph(json(200, { data: { ...patient, trust: null }, errors: [gap] }))
    const reading = clientOf(url).read(PatientByHospitalNumberDocument, { hospitalNumber: 'a' })
    await expect(reading).rejects.toMatchObject({ code: 'UNAVAILABLE', message: 'Away.' })
  })

  it('sends an operation that was generated as text', async () => {
    const { url, seen } = await aGraph(data(patient))
    // As the `client` preset of GraphQL Code Generator writes it.
    class TypedDocumentString<Data, Variables> extends String implements DocumentTypeDecoration<Data, Variables> {
      declare __apiType?: (variables: Variables) => Data
    }
    const text = new TypedDocumentString<{ trust: { name: string } }, { id: string }>('query T { trust { name } }')
    await clientOf(url).read(text, { id: 'a' })
    expect(seen[0]?.body).toEqual({ query: 'query T { trust { name } }', variables: { id: 'a' } })
  })

  it('says that nobody listens', async () => {
    const reading = clientOf('http://127.0.0.1:1/graphql').read(PatientByHospitalNumberDocument, {
      hospitalNumber: 'a',
    })
    await expect(reading).rejects.toMatchObject({ code: 'UNAVAILABLE', message: 'The graph did not answer.' })
  })
})
