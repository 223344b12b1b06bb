import { createServer } from 'node:http'
import type { RequestListener } from 'node:http'
import { createServer as overTls } from 'node:https'
import type { AddressInfo } from 'node:net'
import { gzipSync } from 'node:zlib'
import { Agent, getGlobalDispatcher, setGlobalDispatcher } from 'undici'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { certificateFor } from '../../feeds/testing/certificate.ts'
import { aGateway } from '../test/a-gateway.ts'
import { aPartner } from '../test/a-partner.ts'
import { newKeys } from '../test/an-assertion.ts'

/** A web server of a partner; with a certificate it speaks TLS. */
async function aServer(answer: RequestListener, certificate?: { key: string; cert: string }): Promise<number> {
  const server = certificate ? overTls(certificate, answer) : createServer(answer)
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return (server.address() as AddressInfo).port
}

const keys = newKeys()
const keySet = (...more: object[]) => JSON.stringify({ keys: [keys.publicJwk, ...more] })

/** A partner that has its keys on the same machine, which answers as a test wants: a developer's, who needs nobody's leave. */
async function aPartnerAt(answer: RequestListener) {
  const asked: string[] = []
  const port = await aServer((request, response) => {
    asked.push(request.url ?? '')
    answer(request, response)
  })
  const gateway = await aGateway()
  const partner = aPartner(gateway.url, { keys: [], keysUrl: `http://localhost:${port}/jwks.json` }, keys)
  return { partner, asked, logged: gateway.logged }
}

/** A partner that has its keys behind TLS, in a portal with real people. */
async function aRealPartnerAt(keysUrl: (host: string) => string, hosts: (host: string) => string[]) {
  const certificate = certificateFor('localhost')
  const usual = getGlobalDispatcher()
  setGlobalDispatcher(new Agent({ connect: { ca: certificate.cert } }))
  onTestFinished(() => setGlobalDispatcher(usual))
  const asked: string[] = []
  const port = await aServer((request, response) => {
    asked.push(request.url ?? '')
    response.end(keySet())
  }, certificate)
  const host = `localhost:${port}`
  const gateway = await aGateway({ production: true, operations: '{}', partnerKeyHosts: hosts(host) })
  const partner = aPartner(gateway.url, { keys: [], keysUrl: keysUrl(host) }, keys)
  return { partner, asked, logged: gateway.logged }
}

describe('a partner that has its keys at an address of its own', () => {
  it('gets tokens, and is asked for the keys once in five seconds', async () => {
    const { partner, asked } = await aPartnerAt((_, response) => response.end(keySet()))
    const answers = await Promise.all([1, 2, 3].map(() => partner.ask()))
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200])
    expect((await partner.ask({ header: { kid: 'nobody knows' } })).status).toBe(401)
    expect(asked).toEqual(['/jwks.json'])
  })

  it('gets none with a key it took away, and some with a new one, five seconds later', async () => {
    const next = newKeys()
    let set = keySet()
    const { partner } = await aPartnerAt((_, response) => response.end(set))
    expect((await partner.ask()).status).toBe(200)
    set = JSON.stringify({ keys: [next.publicJwk] })
    const { now } = performance
    vi.spyOn(performance, 'now').mockImplementation(() => now.call(performance) + 5_000)
    onTestFinished(() => void vi.restoreAllMocks())
    expect((await partner.ask()).status).toBe(401)
    const { id, keysUrl } = partner.client
    expect((await aPartner(partner.url, { id, keys: [], keysUrl }, next).ask()).status).toBe(200)
  })

  it('may have keys for other uses beside them', async () => {
    const others = [
      newKeys('ES256').publicJwk,
      { kty: 'OKP', crv: 'X25519', x: 'AAAA', use: 'enc', kid: 'enc' },
      { kty: 'new' },
    ]
    const { partner } = await aPartnerAt((_, response) => response.end(keySet(...others)))
    expect((await partner.ask()).status).toBe(200)
  })
})

describe('no token is given, and the log says why, when the keys are', () => {
  const padding = Array.from({ length: 19 }, () => ({ kty: 'RSA', kid: 'x', n: 'A'.repeat(4_000), e: 'AQAB' }))
  const cases: [string, RequestListener, string][] = [
    ['behind a redirect', (_, it) => it.writeHead(302, { location: '/elsewhere' }).end(), 'HTTP_302'],
    ['not there', (_, it) => it.writeHead(404).end(keySet()), 'HTTP_404'],
    ['70 KB', (_, it) => it.end(keySet(...padding)), 'TOO_LARGE'],
    ['50 MB, packed as a few KB', (_, it) => it.writeHead(200, { 'content-encoding': 'gzip' }).end(bomb), 'TOO_LARGE'],
    ['without an end', (_, it) => endless(it), 'TOO_LARGE'],
    ['21', (_, it) => it.end(keySet(...Array.from({ length: 20 }, () => ({ kty: 'RSA' })))), 'NOT_A_PUBLIC_KEY_SET'],
    ['a page', (_, it) => it.end('<html>'), 'NOT_A_PUBLIC_KEY_SET'],
    ['something else', (_, it) => it.end('{"keys": {}}'), 'NOT_A_PUBLIC_KEY_SET'],
    [
      'published with a private one',
      (_, it) => it.end(keySet(keys.privateKey.export({ format: 'jwk' }))),
      'NOT_A_PUBLIC_KEY_SET',
    ],
    [
      'published with a secret',
      (_, it) => it.end(keySet({ kty: 'oct', k: 'AAAA', kid: keys.kid })),
      'NOT_A_PUBLIC_KEY_SET',
    ],
    [
      'cut off',
      (_, it) => (it.writeHead(200, { 'content-length': '1000' }).write('{'), setTimeout(() => it.destroy(), 50)),
      'NO_ANSWER',
    ],
  ]
  it.each(cases)('%s', async (_, answer, why) => {
    const { partner, asked, logged } = await aPartnerAt(answer)
    expect(await partner.ask()).toMatchObject({
      status: 401,
      body: { error: 'invalid_client', error_description: expect.stringMatching(/keys could not be fetched/) },
    })
    expect(asked).toEqual(['/jwks.json'])
    expect(logged.map((it) => JSON.parse(it)).find(({ keys }) => keys)).toMatchObject({
      keys: why,
      partner: partner.client.id,
    })
  })

  it('not sent within five seconds, however slowly they come', { timeout: 15_000 }, async () => {
    const { partner, logged } = await aPartnerAt((_, response) => {
      const drip = setInterval(() => response.write(' '), 500)
      response.on('close', () => clearInterval(drip))
    })
    const started = performance.now()
    expect(await partner.ask()).toMatchObject({ status: 401, body: { error: 'invalid_client' } })
    expect(performance.now() - started).toBeLessThan(6_500)
    expect(logged.join('')).toContain('TOO_SLOW')
  })

  it('at an address where nobody listens', async () => {
    const gateway = await aGateway()
    const partner = aPartner(gateway.url, { keys: [], keysUrl: 'http://localhost:1/jwks' }, keys)
    expect(await partner.ask()).toMatchObject({ status: 401, body: { error: 'invalid_client' } })
    expect(gateway.logged.join('')).toContain('NO_ANSWER')
  })
})

describe('in production, keys are fetched', () => {
  it('over TLS from a host that was allowed', async () => {
    const { partner, asked } = await aRealPartnerAt(
      (host) => `https://${host}/jwks.json`,
      (host) => ['keys.example', host],
    )
    expect((await partner.ask()).status).toBe(200)
    expect(asked).toEqual(['/jwks.json'])
  })

  const own = (host: string) => [host]
  it.each<[string, (host: string) => string, (host: string) => string[], string]>([
    ['a host nobody allowed', (host) => `https://${host}/`, () => ['keys.example'], 'HOST_NOT_ALLOWED'],
    ['any host when none is', (host) => `https://${host}/`, () => [], 'HOST_NOT_ALLOWED'],
    ['another port of an allowed one', (host) => `https://${host}/`, () => ['localhost'], 'HOST_NOT_ALLOWED'],
    [
      'one behind an allowed name',
      (host) => `https://keys.example@${host}/`,
      () => ['keys.example'],
      'HOST_NOT_ALLOWED',
    ],
    ['an allowed one without TLS', (host) => `http://${host}/`, own, 'NOT_HTTPS'],
    ['a file', () => 'file:///etc/passwd', own, 'NOT_HTTPS'],
    ['nowhere', () => 'keys', own, 'NO_ADDRESS'],
  ])('not from %s', async (_, keysUrl, hosts, why) => {
    const { partner, asked, logged } = await aRealPartnerAt(keysUrl, hosts)
    expect(await partner.ask()).toMatchObject({ status: 401, body: { error: 'invalid_client' } })
    expect(asked).toEqual([])
    expect(logged.join('')).toContain(`"keys":"${why}"`)
  })

  it('not without TLS from another machine either, where nobody is real', async () => {
    const gateway = await aGateway({ partnerKeyHosts: ['keys.example'] })
    const partner = aPartner(gateway.url, { keys: [], keysUrl: 'http://keys.example/' }, keys)
    expect((await partner.ask()).status).toBe(401)
    expect(gateway.logged.join('')).toContain('"keys":"NOT_HTTPS"')
  })
})

const bomb = gzipSync(Buffer.alloc(50 * 1024 * 1024, ' '))

function endless(response: Parameters<RequestListener>[1]): void {
  response.on('error', () => {})
  const more = () => {
    while (!response.destroyed && response.write('x'.repeat(16 * 1024)));
    if (!response.destroyed) response.once('drain', more)
  }
  more()
}
