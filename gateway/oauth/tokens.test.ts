import { connect } from 'node:net'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { aGateway } from '../test/a-gateway.ts'
import { aPartner, askForToken, formWith } from '../test/a-partner.ts'
import { newKeys } from '../test/an-assertion.ts'
import { type CannedClient, MOST_TOKENS } from '../test/canned-partners.ts'
import { names, transport } from '../test/canned-graph.ts'
import { heldSubgraphs } from '../test/held-subgraphs.ts'

const doctor = { 'x-end-user-id': 'dr.okafor', 'x-end-user-role': 'Consultant' }

describe('a partner that proves itself', () => {
  it.each(['Ed25519', 'EdDSA', 'RS512', 'PS512', 'ES384'] as const)(
    'with %s gets a token that opens the graph',
    async (alg) => {
      const { url, ask } = await aGateway()
      const partner = aPartner(url, {}, newKeys(alg))
      const { status, headers, body } = await partner.ask()
      expect({ status, body }).toEqual({
        status: 200,
        body: {
          access_token: expect.stringMatching(/^[\w-]{43}$/),
          token_type: 'Bearer',
          expires_in: 300,
          scope: 'patients.read',
        },
      })
      expect(headers.get('cache-control')).toBe('no-store')
      const answer = await ask('{ partnerFact }', { token: String(body.access_token), headers: doctor })
      expect(answer.body).toEqual({ data: { partnerFact: 'a fact' } })
    },
  )

  it('may name the token endpoint as audience instead of the issuer, or both', async () => {
    const { url } = await aGateway()
    const partner = aPartner(url)
    for (const aud of [`${url}/oauth/token`, [url], [url, `${url}/oauth/token`]])
      expect((await partner.ask({ claims: { aud } })).status).toBe(200)
  })

  it('may have a clock that is 4 seconds from ours, and no 7', async () => {
    const { url } = await aGateway()
    const partner = aPartner(url)
    const now = Math.floor(Date.now() / 1000)
    const off = async (by: number) => (await partner.ask({ claims: { iat: now + by, exp: now + by + 300 } })).status
    expect([await off(4), await off(-4), await off(7)]).toEqual([200, 200, 401])
  })

  it('gets another token each time, for the scopes it asked for alone', async () => {
    const { url, ask } = await aGateway()
    const partner = aPartner(url)
    const [first, second] = [await partner.token(), await partner.token('appointments.read')]
    expect(first).not.toBe(second)
    const refused = await ask('{ appointmentFact }', { token: first, headers: doctor })
    expect([refused.status, refused.code]).toEqual([403, 'FORBIDDEN'])
    expect(refused.body.errors?.[0]?.message).toBe(
      'Query.appointmentFact needs a token with the scope appointments.read.',
    )
    expect((await ask('{ appointmentFact }', { token: second, headers: doctor })).status).toBe(200)
  })

  it('goes on with its old key while a new one is registered beside it, until the old one is taken away', async () => {
    const { url, ask } = await aGateway()
    const old = aPartner(url)
    const next = newKeys()
    const both = [old.keys.publicJwk, next.publicJwk]
    const renewed = aPartner(url, { id: old.client.id, keys: both }, next)
    const token = await old.token()
    expect((await renewed.ask()).status).toBe(200)
    expect((await ask('{ partnerFact }', { token, headers: doctor })).status).toBe(200)
    renewed.client.keys = [next.publicJwk]
    expect((await old.ask()).status).toBe(401)
    expect((await ask('{ partnerFact }', { token, headers: doctor })).status).toBe(401)
    expect((await renewed.ask()).status).toBe(200)
  })
})

describe('a token', () => {
  it('ends after five minutes', async () => {
    const { url, ask } = await aGateway()
    const token = await aPartner(url).token()
    vi.useFakeTimers({ toFake: ['Date'] })
    onTestFinished(() => void vi.useRealTimers())
    vi.setSystemTime(Date.now() + 298_000)
    expect((await ask('{ partnerFact }', { token, headers: doctor })).status).toBe(200)
    vi.setSystemTime(Date.now() + 3_000)
    const late = await ask('{ partnerFact }', { token, headers: doctor })
    expect([late.status, late.code]).toEqual([401, 'UNAUTHENTICATED'])
    expect(late.headers.get('www-authenticate')).toBe('Bearer error="invalid_token"')
    expect(late.body.errors?.[0]?.message).toBe(
      'You are not logged in, or your session or token has ended. Log in, or get a new token, and try again.',
    )
  })

  it('ends with its client, at once', async () => {
    const { url, ask } = await aGateway()
    const partner = aPartner(url)
    const token = await partner.token()
    partner.client.revoked = true
    expect((await ask('{ partnerFact }', { token, headers: doctor })).status).toBe(401)
  })

  const gone: [string, string, (client: CannedClient) => unknown][] = [
    ['its client is revoked', 'usePartnerAssertion', (client) => (client.revoked = true)],
    ['its key is taken away', 'keepPartnerToken', (client) => (client.keys = [])],
  ]
  it.each(gone)('is not given when %s while it is made', async (_, moment, takeAway) => {
    const patients = transport('patients')
    const others = Object.fromEntries(names.map((name) => [name, transport(name)]))
    const { url } = await aGateway({
      subgraphs: {
        ...others,
        patients: (call) => {
          if (call.query.includes(moment)) takeAway(partner.client)
          return patients(call)
        },
      },
    })
    const partner = aPartner(url)
    const error_description = expect.stringMatching(/must be signed by a client that is registered here/) as string
    expect(await partner.ask()).toMatchObject({ status: 401, body: { error: 'invalid_client', error_description } })
  })

  it('goes nowhere but to the partner: patients and the log are told its hash, or nothing', async () => {
    const calls: unknown[] = []
    const patients = transport('patients')
    const others = Object.fromEntries(names.map((name) => [name, transport(name)]))
    const { url, logged } = await aGateway({
      subgraphs: { ...others, patients: (call) => (calls.push(call), patients(call)) },
    })
    const partner = aPartner(url)
    const assertion = partner.assertion()
    const { body } = await askForToken(url, formWith(assertion))
    await askForToken(url, formWith(assertion))
    const seen = JSON.stringify(calls) + logged.join('')
    expect(seen).toContain('keepPartnerToken')
    for (const secret of [body.access_token, assertion, assertion.split('.')[2]]) expect(seen).not.toContain(secret)
    const lines = logged.map((it) => JSON.parse(it))
    const [given, refused] = lines.filter(({ msg }) => msg === 'request')
    expect(given).toMatchObject({ path: '/oauth/token', status: 200, partner: partner.client.id })
    expect(refused).toMatchObject({ path: '/oauth/token', status: 401, partner: partner.client.id })
    expect(lines.find(({ msg }) => msg === 'no token was given')).toMatchObject({
      requestId: expect.any(String),
      refused: 'invalid_client',
      why: expect.stringMatching(/was used before/),
    })
  })
})

describe('who asks too often', () => {
  it('is told when to come back: a client, by what patients counts', async () => {
    const { url } = await aGateway()
    const partner = aPartner(url)
    for (let asks = 0; asks < MOST_TOKENS; asks += 1) expect((await partner.ask()).status).toBe(200)
    const { status, headers, body } = await partner.ask()
    expect({ status, retryAfter: headers.get('retry-after'), error: body.error }).toEqual({
      status: 429,
      retryAfter: '1234',
      error: 'temporarily_unavailable',
    })
  })

  it('is told when to come back: an address, before anything it sends is looked at', async () => {
    const { url } = await aGateway({ proxyHops: 1, limits: { ratePerSecond: null } })
    const clock = vi.spyOn(performance, 'now').mockReturnValue(1_000_000)
    onTestFinished(() => void vi.restoreAllMocks())
    const from = (address: string) => askForToken(url, 'rubbish', { 'x-forwarded-for': `198.51.100.1, ${address}` })
    const statuses = await Promise.all(Array.from({ length: 60 }, async () => (await from('2001:db8::7')).status))
    expect(new Set(statuses)).toEqual(new Set([400]))
    // Another address of the same household counts as the same, one of another household does not.
    const refused = await from('2001:db8:0:0:1::9')
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '1'])
    expect((await from('2001:db8:0:1::7')).status).toBe(400)
    clock.mockReturnValue(1_001_000)
    expect([(await from('2001:db8::7')).status, (await from('2001:db8::7')).status]).toEqual([400, 429])
  })
})

describe('what is sent to the token endpoint', () => {
  const whole = formWith('a.b.c')
  const less = (name: keyof typeof whole) => new URLSearchParams({ ...whole, [name]: '' }).toString()
  it.each([
    ['JSON', '{}', { 'content-type': 'application/json' }, 400, 'invalid_request', /Send a form/],
    ['nothing', '', {}, 400, 'invalid_request', /grant_type=client_credentials/],
    ['something packed', 'x', { 'content-encoding': 'gzip' }, 400, 'invalid_request', /without content-encoding/],
    ['no grant_type', less('grant_type'), {}, 400, 'invalid_request', /grant_type=client_credentials/],
    ['a code to exchange', 'grant_type=authorization_code&code=x', {}, 400, 'unsupported_grant_type', /alone/],
    ['a token to refresh', 'grant_type=refresh_token&refresh_token=x', {}, 400, 'unsupported_grant_type', /alone/],
    ['no assertion', less('client_assertion'), {}, 401, 'invalid_client', /client_assertion/],
    [
      'another kind of assertion',
      less('client_assertion_type'),
      {},
      401,
      'invalid_client',
      /client_assertion_type=urn/,
    ],
    ['no scope', less('scope'), {}, 400, 'invalid_scope', /Send scope/],
    ['a parameter twice', `${new URLSearchParams(whole)}&scope=results.read`, {}, 400, 'invalid_request', /once/],
    ['a secret beside it', `${new URLSearchParams(whole)}&client_secret=x`, {}, 401, 'invalid_client', /no other way/],
    [
      'a password in the header',
      String(new URLSearchParams(whole)),
      { authorization: 'Basic eDp5' },
      401,
      'invalid_client',
      /no other way/,
    ],
  ] as [string, string, Record<string, string>, number, string, RegExp][])(
    'is refused when it is %s',
    async (_, form, headers, status, error, words) => {
      const { url } = await aGateway()
      const answer = await askForToken(url, form, headers)
      expect(answer).toMatchObject({ status, body: { error, error_description: expect.stringMatching(words) } })
      // The characters that RFC 6749 (5.2) allows.
      expect(answer.body.error_description).toMatch(/^[\x20-\x21\x23-\x5B\x5D-\x7E]+$/)
    },
  )

  it('is cut off when it does not arrive', async () => {
    const { url } = await aGateway({ limits: { arrivalMs: 300 } })
    const start = 'POST /oauth/token HTTP/1.1\r\nhost: gateway\r\ncontent-type: application/x-www-form-urlencoded\r\n'
    expect(await raw(url, `${start}content-length: 100\r\n\r\ngrant_type=`)).toContain('408')
  })

  it('is answered in the words of OAuth also when patients is away', async () => {
    const patients = () => Promise.reject(new Error('database is locked'))
    const { url } = await aGateway({
      subgraphs: { ...Object.fromEntries(names.map((name) => [name, transport(name)])), patients },
    })
    const { status, headers, body } = await aPartner(url).ask()
    expect({ status, body, retryAfter: headers.get('retry-after') }).toEqual({
      status: 503,
      retryAfter: '5',
      body: { error: 'temporarily_unavailable', error_description: expect.stringMatching(/Try again/) },
    })
  })

  it('is answered in time also when patients is not', async () => {
    const patients = () => new Promise<never>(() => {})
    const { url } = await aGateway({
      subgraphs: { ...Object.fromEntries(names.map((name) => [name, transport(name)])), patients },
      limits: { timeLimitMs: 200 },
    })
    expect(await aPartner(url).ask()).toMatchObject({ status: 504, body: { error: 'temporarily_unavailable' } })
  })
})

describe('the token endpoint', () => {
  it('speaks the words of OAuth also when it stops', async () => {
    const { subgraphs, asked, release } = heldSubgraphs()
    const { url, ask, stop } = await aGateway({ subgraphs })
    const partner = aPartner(url)
    const underWay = ask('{ slow(ms: 1) }')
    await asked
    const stopped = stop()
    const { status, headers, body } = await partner.ask()
    expect([status, headers.get('retry-after'), body.error]).toEqual([503, '5', 'temporarily_unavailable'])
    release()
    expect((await underWay).status).toBe(200)
    await stopped
  })

  it('speaks the words of OAuth also when there is too much for all of us', async () => {
    const { url } = await aGateway({ limits: { inFlight: 0 } })
    const { status, headers, body } = await aPartner(url).ask()
    expect([status, headers.get('retry-after'), body.error]).toEqual([429, '1', 'temporarily_unavailable'])
  })
})

describe('what clients find', () => {
  it('is one document that names what there is, and nothing else', async () => {
    const { url } = await aGateway({ publicUrl: 'https://graph.example' })
    const response = await fetch(`${url}/.well-known/openid-configuration`, { headers: { host: 'elsewhere.example' } })
    expect(await response.json()).toEqual({
      issuer: 'https://graph.example',
      token_endpoint: 'https://graph.example/oauth/token',
      jwks_uri: 'https://graph.example/oauth/jwks',
      grant_types_supported: ['client_credentials'],
      response_types_supported: [],
      scopes_supported: ['patients.read', 'appointments.read', 'documents.read', 'results.read'],
      token_endpoint_auth_methods_supported: ['private_key_jwt'],
      token_endpoint_auth_signing_alg_values_supported: ['Ed25519', 'EdDSA', 'RS512', 'PS512', 'ES384'],
    })
    expect(await (await fetch(`${url}/oauth/jwks`)).json()).toEqual({ keys: [] })
  })

  it.each([
    '/auth',
    '/oauth/auth',
    '/oauth',
    '/oauth/',
    '/oauth/token/',
    '/OAUTH/TOKEN',
    '/token',
    '/jwks',
    '/me',
    '/session/end',
    '/session/end/confirm',
    '/reg',
    '/request',
    '/device',
    '/token/introspection',
    '/token/revocation',
    '/interaction/x',
    '/.well-known/oauth-authorization-server',
    '/.well-known/openid-credential-issuer',
  ])('is not %s', async (path) => {
    const { url } = await aGateway()
    for (const method of ['GET', 'POST', 'OPTIONS']) expect((await fetch(url + path, { method })).status).toBe(404)
  })

  it.each([
    ['/oauth/token', ['GET', 'HEAD', 'PUT', 'OPTIONS']],
    ['/oauth/jwks', ['POST', 'OPTIONS', 'DELETE']],
    ['/.well-known/openid-configuration', ['POST', 'OPTIONS']],
  ])('is open at %s to the right method alone, and to no page of another site', async (path, methods) => {
    const { url } = await aGateway()
    for (const method of methods) {
      const { status, headers } = await fetch(url + path, { method, headers: { origin: 'https://elsewhere.example' } })
      expect(status).toBe(405)
      expect([...headers.keys()].filter((it) => it.startsWith('access-control'))).toEqual([])
    }
    const allowed = await fetch(url + path, {
      method: path === '/oauth/token' ? 'POST' : 'GET',
      headers: { origin: 'https://elsewhere.example' },
    })
    expect([...allowed.headers.keys()].filter((it) => /^(access-control|set-cookie|x-powered-by)/.test(it))).toEqual([])
  })
})

function raw(url: string, text: string): Promise<string> {
  const { hostname, port } = new URL(url)
  return new Promise((resolve, reject) => {
    let answer = ''
    const socket = connect(Number(port), hostname, () => socket.write(text))
    socket.on('data', (chunk) => (answer += String(chunk)))
    socket.on('close', () => resolve(answer))
    socket.on('error', reject)
  })
}
