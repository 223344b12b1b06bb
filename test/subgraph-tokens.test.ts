import { createHmac } from 'node:crypto'
import { createServer } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { patients } from '../subgraphs/patients/main.ts'
import { PatientKeys } from '../subgraphs/patients/keys.ts'
import { serve } from '../subgraphs/runtime/serve.ts'
import { deliveryKey, signCall, verifyCall } from '../subgraphs/runtime/token.ts'
import { Role, systemViewer, type Viewer } from '../subgraphs/runtime/viewer.ts'
import { receiveEventDocument } from '../subgraphs/runtime/worker.ts'
import { type Alone, alone, staff } from './alone.ts'
import { FakeClock } from './clock.ts'
import { recordPerson } from './people.ts'

const key = Buffer.alloc(32, 1)
const otherKey = Buffer.alloc(32, 2)

describe('a subgraph behind HTTP', () => {
  const clock = new FakeClock('2026-11-23T10:00:00Z')
  let portal: Alone
  let server: { url: string; stop(): Promise<void> }
  let patientId: string
  const log = { info() {}, warn() {}, error() {} }

  beforeAll(async () => {
    portal = await alone(patients, {
      clock,
      extra: { keys: new PatientKeys(Buffer.alloc(32, 7)), demonstration: false },
    })
    server = await serve(portal.subgraph, {
      host: '127.0.0.1',
      port: 0,
      key,
      subscriptions: ['appointments'],
      clock,
      log,
    })
    patientId = (await recordPerson(portal)).patient.id
  })
  afterAll(async () => {
    await server.stop()
    await portal.stop()
  })

  const me: () => Viewer = () => ({
    role: Role.PATIENT,
    actorId: `patient:${patientId}`,
    patientIds: [patientId],
    scopes: [],
  })
  const question = (query = '{ me { id bornOn } }') => JSON.stringify({ query })
  const claims = (more: object = {}) => ({
    issuer: 'gateway',
    audience: 'patients',
    viewer: me(),
    body: question(),
    ...more,
  })
  const post = async (token: string | undefined, body = question()) => {
    const headers = {
      'content-type': 'application/json',
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
    }
    const response = await fetch(server.url, { method: 'POST', headers, body })
    return { status: response.status, text: await response.text() }
  }
  const edited = (token: string, change: (claims: Record<string, unknown>) => object) => {
    const [payload = '', signature] = token.split('.')
    const before = JSON.parse(Buffer.from(payload, 'base64url').toString()) as Record<string, unknown>
    return { payload: Buffer.from(JSON.stringify({ ...before, ...change(before) })).toString('base64url'), signature }
  }
  const signed = (payload: string, by = key) =>
    `${payload}.${createHmac('sha256', by).update(payload).digest('base64url')}`

  it('answers what the gateway asks with its token', async () => {
    const { status, text } = await post(signCall(key, claims(), clock))
    expect([status, JSON.parse(text)]).toEqual([200, { data: { me: { id: patientId, bornOn: '1984-03-09' } } }])
  })

  it('reads 30 MB for our own systems alone, and 1 MB for everybody else', async () => {
    const ofMegabytes = (count: number) =>
      JSON.stringify({ query: '{ __typename }', variables: { padding: 'x'.repeat(count * 1024 * 1024) } })
    const as = (viewer: Viewer, body: string) => post(signCall(key, claims({ viewer, body }), clock), body)
    expect((await as(systemViewer('feeds'), ofMegabytes(29))).status).toBe(200)
    expect((await as(me(), ofMegabytes(2))).status).toBe(413)
    const large = ofMegabytes(29)
    const forged = signCall(otherKey, claims({ viewer: systemViewer('feeds'), body: large }), clock)
    expect((await post(forged, large)).status).toBe(413)
    const ofAnother = signCall(key, claims({ viewer: systemViewer('feeds'), body: question() }), clock)
    expect((await post(ofAnother, large)).status).toBe(401)
  })

  it('takes the viewer as the gateway made it, with every fact of it', () => {
    const body = question()
    const viewer = { ...staff, sessionId: 'session-1', clientAddress: '192.0.2.1' }
    const expected = { key, audience: 'patients', body: Buffer.from(body), subscriptions: [] }
    const caller = verifyCall(signCall(key, claims({ viewer, body }), clock), expected, clock)
    expect({ viewer: caller?.viewer, issuer: caller?.issuer }).toEqual({
      viewer,
      issuer: 'gateway',
    })
  })

  const good = () => signCall(key, claims(), clock)
  it.each<[string, () => string | undefined, string?]>([
    ['no token', () => undefined],
    ['an empty token', () => ''],
    ['a token signed with another key', () => signCall(otherKey, claims(), clock)],
    ["another subgraph's token", () => signCall(key, claims({ audience: 'appointments' }), clock)],
    ['a token for another question', () => signCall(key, claims({ body: question('{ trust { name } }') }), clock)],
    ['the same token with another question', good, question('{ me { nhsNumber } }')],
    ['a token without a signature', () => good().split('.')[0]],
    [
      'a token with somebody else put in',
      () => {
        const { payload, signature } = edited(good(), () => ({ viewer: { ...me(), patientIds: ['another'] } }))
        return `${payload}.${signature}`
      },
    ],
    [
      'a token made a system of',
      () => {
        const { payload, signature } = edited(good(), () => ({ viewer: systemViewer('x') }))
        return `${payload}.${signature}`
      },
    ],
    [
      'a token signed with nothing',
      () => {
        const { payload } = edited(good(), () => ({ alg: 'none' }))
        return `${payload}.`
      },
    ],
    [
      'a token that lives longer than 30 seconds',
      () => signed(edited(good(), ({ iat }) => ({ exp: Number(iat) + 3600 })).payload),
    ],
    [
      'a token from the future',
      () => signed(edited(good(), ({ iat }) => ({ iat: Number(iat) + 60, exp: Number(iat) + 90 })).payload),
    ],
    ['a token without an id', () => signed(edited(good(), () => ({ jti: undefined })).payload)],
    [
      'a token of a subgraph nobody subscribed to',
      () =>
        signCall(
          deliveryKey(key, 'documents'),
          claims({ issuer: 'documents', viewer: systemViewer('documents') }),
          clock,
        ),
    ],
    ['a session token of a patient', () => 'RPieDGJ8p4viczymVmCA32q0XNTt4tJvBGJqChSIdkA'],
    ['a third part', () => `${good()}.x`],
  ])('answers nothing to %s', async (_, token, body) => {
    const { status, text } = await post(token(), body)
    expect(status).toBe(401)
    expect(JSON.parse(text)).toEqual({
      errors: [{ message: 'Only the gateway may ask this.', extensions: { code: 'UNAUTHENTICATED' } }],
    })
  })

  it('answers nothing to a token that is 30 seconds old, `_service` included', async () => {
    const body = question('{ _service { sdl } }')
    const token = signCall(key, claims({ body, viewer: { ...me(), role: Role.GATEWAY } }), clock)
    expect((await post(token, body)).status).toBe(200)
    clock.pass(30)
    expect((await post(token, body)).status).toBe(401)
    expect((await post(undefined, body)).status).toBe(401)
  })

  it('lets another subgraph tell of events, and nothing else', async () => {
    const mine = deliveryKey(key, 'appointments')
    const call = (query: string) => {
      const body = JSON.stringify({ query, variables: { input: { id: 'x', kind: 'x', ids: [] } } })
      return post(
        signCall(
          mine,
          { issuer: 'appointments', audience: 'patients', viewer: systemViewer('appointments'), body },
          clock,
        ),
        body,
      )
    }
    expect((await call(`{ patient(id: "${patientId}") { bornOn } }`)).status).toBe(401)
    expect((await call('{ _service { sdl } }')).status).toBe(401)
    expect((await call(receiveEventDocument)).status).toBe(200)
    const asPatient = question()
    const token = signCall(mine, { issuer: 'appointments', audience: 'patients', viewer: me(), body: asPatient }, clock)
    expect((await post(token, asPatient)).status).toBe(401)
  })

  it('refuses what is too large, not JSON, or somewhere else', async () => {
    expect((await post(good(), 'x'.repeat(1024 * 1024 + 1))).status).toBe(413)
    const bad = 'not json'
    expect((await post(signCall(key, claims({ body: bad }), clock), bad)).status).toBe(400)
    expect((await fetch(server.url.replace('/graphql', '/admin'))).status).toBe(404)
    expect((await fetch(server.url)).status).toBe(404)
    expect((await fetch(server.url.replace('/graphql', '/health'))).status).toBe(200)
    expect((await fetch(server.url.replace('/graphql', '/ready'))).status).toBe(200)
  })

  it('says which port is taken', async () => {
    const taken = createServer().listen(0, '127.0.0.1')
    await new Promise((resolve) => taken.once('listening', resolve))
    const { port } = taken.address() as { port: number }
    const starting = serve(portal.subgraph, { host: '127.0.0.1', port, key, subscriptions: [], clock, log })
    await expect(starting).rejects.toThrow(`port ${port} is in use`)
    taken.close()
  })
})
