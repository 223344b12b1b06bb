import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import { createServer } from 'node:http'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { Viewer } from './main.ts'
import { aGateway, feedsToken } from './test/a-gateway.ts'
import { amalsToken, names, transport } from './test/canned-graph.ts'
import type { SubgraphName } from './test/canned-graph.ts'

const keyOf = (name: SubgraphName) => createHash('sha256').update(name).digest('base64url')

interface Claims {
  iss: string
  aud: string
  iat: number
  exp: number
  jti: string
  viewer: Viewer
  bodyHash: string
}

describe('subgraphs in this process and behind HTTP', () => {
  it.each([
    ['{ me { name appointments { startsAt letter { title about { name } } } } }', amalsToken],
    ['{ whoIsAsking { role actorId clientAddress } }', amalsToken],
    ['{ whoIsAsking { role actorId clientAddress } }', feedsToken],
    ['{ me { friend { name } } }', amalsToken],
    ['{ fault(kind: "limited") }', undefined],
    ['{ fault(kind: "refused") trust { name } }', undefined],
    ['{ fault(kind: "masked") trust { name } }', undefined],
    ['{ fault(kind: "canary") trust { name } }', undefined],
    ['{ patient(id: "nobody") { id } }', feedsToken],
    ['mutation { startLogin(input: { contact: "a", bornOn: "b", channel: TEXT }) { __typename } }', undefined],
  ])('answer the same: %s', async (query, token) => {
    const options = { headers: { 'x-request-id': 'request-0001' }, ...(token ? { token } : {}) }
    const near = await (await aGateway()).ask(query, options)
    const far = await (await aGateway({ subgraphs: await overHttp() })).ask(query, options)
    const withoutNumbers = (text: string) => text.replace(/"errorId":"[0-9a-f-]{36}"/, '"errorId":"any"')
    expect([far.status, withoutNumbers(far.text)]).toEqual([near.status, withoutNumbers(near.text)])
  })
})

describe('the token to a subgraph', () => {
  it('names its subgraph, the viewer and the body, lives 30 seconds and is never the same', async () => {
    const seen: Claims[] = []
    const { ask } = await aGateway({ subgraphs: await overHttp(seen) })
    for (let i = 0; i < 2; i += 1) await ask('{ appointment(id: "a1") { id } }', { token: amalsToken })
    const claims = seen.filter(({ aud }) => aud === 'appointments')
    expect(claims).toHaveLength(2)
    expect(claims[0]).toMatchObject({
      iss: 'gateway',
      viewer: { role: 'PATIENT', actorId: 'session-1', patientIds: ['amal'], sessionId: 'session-1' },
    })
    expect((claims[0]?.exp ?? 0) - (claims[0]?.iat ?? 0)).toBeLessThanOrEqual(30)
    expect(Math.abs((claims[0]?.iat ?? 0) - Date.now() / 1000)).toBeLessThan(5)
    expect(claims[0]?.jti).not.toBe(claims[1]?.jti)
  })

  it('made with the key of another subgraph opens nothing', async () => {
    const subgraphs = await overHttp()
    const { url } = subgraphs.appointments
    const { ask } = await aGateway({ subgraphs: { ...subgraphs, appointments: { url, key: keyOf('patients') } } })
    const { code } = await ask('{ appointment(id: "a1") { id } }', { token: amalsToken })
    expect(code).toBe('UNAVAILABLE')
  })
})

/** The canned subgraphs behind HTTP, each believing nothing but a token made with its own key. */
async function overHttp(seen: Claims[] = []) {
  const addresses = await Promise.all(
    names.map(async (name) => [name, { url: await serve(name, seen), key: keyOf(name) }] as const),
  )
  return Object.fromEntries(addresses) as Record<SubgraphName, { url: string; key: string }>
}

async function serve(name: SubgraphName, seen: Claims[]): Promise<string> {
  const ask = transport(name)
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const body = await buffer(request)
    const claims = believed(request.headers.authorization, name, body)
    if (!claims || request.url !== '/graphql') return response.writeHead(401).end('{"errors":[{"message":"no"}]}')
    seen.push(claims)
    const call = { ...JSON.parse(String(body)), requestId: String(request.headers['x-request-id']) }
    const result = await ask({ ...call, viewer: claims.viewer })
    return response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(result))
  }
  const server = createServer((request, response) => void answer(request, response))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`
}

function believed(authorization: string | undefined, name: SubgraphName, body: Buffer): Claims | undefined {
  const [claimed = '', signature = ''] = (authorization ?? '').replace(/^Bearer /, '').split('.')
  const expected = createHmac('sha256', Buffer.from(keyOf(name), 'base64url'))
    .update(claimed)
    .digest()
  const given = Buffer.from(signature, 'base64url')
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return undefined
  const claims = JSON.parse(Buffer.from(claimed, 'base64url').toString()) as Claims
  return claims.aud === name && claims.bodyHash === createHash('sha256').update(body).digest('base64url')
    ? claims
    : undefined
}
