import { constants, createHmac, createPublicKey, sign } from 'node:crypto'
import { beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest'
import { startGateway } from '../main.ts'
import type { Gateway } from '../main.ts'
import { aPartner, askForToken, formWith } from '../test/a-partner.ts'
import { claimsFor, jwt, newKeys } from '../test/an-assertion.ts'
import { names, supergraph, transport } from '../test/canned-graph.ts'

const subgraphs = Object.fromEntries(names.map((name) => [name, transport(name)]))
const log = { info: () => {}, warn: () => {}, error: () => {} }
const start = (more = {}) =>
  startGateway({ port: 0, production: true, supergraph, subgraphs, log, operations: '{}', ...more })

let gateway: Gateway
beforeAll(async () => {
  gateway = await start()
  return () => gateway.stop()
})

const now = () => Math.floor(Date.now() / 1000)
type Partner = ReturnType<typeof aPartner>
type Attack = (partner: Partner) => unknown

const ask = ({ client }: Partner, assertion: string, more = {}) =>
  askForToken(gateway.url, formWith(assertion, { client_id: client.id, ...more }))

/** Signed by a client that is none, with a wrong key, or by one that was revoked: nobody is told which. */
const notAccepted = {
  status: 401,
  body: {
    error: 'invalid_client',
    error_description:
      'client_assertion must be signed by a client that is registered here, with the key whose id is in kid.',
  },
}
const refused = (error: string, words: RegExp, status = error === 'invalid_client' ? 401 : 400) => ({
  status,
  body: { error, error_description: expect.stringMatching(words) as string },
})

const attacks: [string, Attack, object][] = [
  [
    'that has expired',
    (it) => it.ask({ claims: { exp: now() - 6, iat: now() - 60 } }),
    refused('invalid_client', /has expired/),
  ],
  [
    'from the future',
    (it) => it.ask({ claims: { iat: now() + 30, exp: now() + 90 } }),
    refused('invalid_client', /in the future/),
  ],
  ['not yet valid', (it) => it.ask({ claims: { nbf: now() + 30 } }), refused('invalid_client', /in the future/)],
  ['for an hour', (it) => it.ask({ claims: { exp: now() + 3600 } }), refused('invalid_client', /at most 300 seconds/)],
  [
    'for an hour, without saying since when',
    (it) => it.ask({ claims: { iat: undefined, exp: now() + 3600 } }),
    refused('invalid_client', /at most 300 seconds/),
  ],
  [
    'for an hour that is nearly over',
    (it) => it.ask({ claims: { iat: now() - 3540, exp: now() + 60 } }),
    refused('invalid_client', /at most 300 seconds/),
  ],
  ['without an end', (it) => it.ask({ claims: { exp: undefined } }), refused('invalid_client', /must have exp/)],
  [
    'whose end is a text',
    (it) => it.ask({ claims: { exp: String(now() + 60) } }),
    refused('invalid_client', /must have exp/),
  ],
  [
    'for another server',
    (it) => it.ask({ claims: { aud: 'https://elsewhere.example' } }),
    refused('invalid_client', /aud of client_assertion must be/),
  ],
  [
    'for us and another server',
    (it) => it.ask({ claims: { aud: [gateway.url, 'https://elsewhere.example'] } }),
    refused('invalid_client', /and nothing else/),
  ],
  ['for nobody', (it) => it.ask({ claims: { aud: undefined } }), refused('invalid_client', /must have aud/)],
  ['without a jti', (it) => it.ask({ claims: { jti: undefined } }), refused('invalid_client', /must have jti/)],
  ['with an empty jti', (it) => it.ask({ claims: { jti: '' } }), refused('invalid_client', /must have jti/)],
  ['without a kid', (it) => it.ask({ header: { kid: undefined } }), refused('invalid_client', /must have kid/)],
  [
    'of a client for another one',
    (it) => it.ask({ claims: { sub: aPartner(gateway.url).client.id } }),
    refused('invalid_client', /iss and sub/),
  ],
  [
    'that is one client, in a form of another',
    (it) => it.ask({}, { client_id: aPartner(gateway.url).client.id }),
    refused('invalid_client', /client_id must be the sub/),
  ],
  ['of nobody we know', (it) => it.ask({ claims: { iss: 'nobody', sub: 'nobody' } }), notAccepted],
  ['with a key nobody registered', (it) => it.ask({ header: { kid: 'another' } }), notAccepted],
  [
    'signed with another key than kid says',
    (it) => {
      const { privateKey } = newKeys()
      const { kid } = it.keys
      return ask(
        it,
        jwt({ alg: 'Ed25519', kid }, claimsFor(it.client.id, gateway.url), (data) => sign(null, data, privateKey)),
      )
    },
    notAccepted,
  ],
  [
    'of another client, signed with its own key',
    (it) => {
      const victim = aPartner(gateway.url)
      const { kid, privateKey } = it.keys
      return askForToken(
        gateway.url,
        formWith(
          jwt({ alg: 'Ed25519', kid }, claimsFor(victim.client.id, gateway.url), (data) =>
            sign(null, data, privateKey),
          ),
        ),
      )
    },
    notAccepted,
  ],
  [
    'signed by nobody (alg none)',
    (it) =>
      ask(
        it,
        jwt({ alg: 'none', kid: it.keys.kid }, claimsFor(it.client.id, gateway.url), () => Buffer.alloc(0)),
      ),
    refused('invalid_client', /must have alg/),
  ],
  ['whose signature was taken off', (it) => ask(it, it.assertion().replace(/[^.]+$/, '')), notAccepted],
  [
    'whose claims were changed after it was signed',
    (it) => {
      const [header, , signature] = it.assertion().split('.')
      const claims = Buffer.from(JSON.stringify(claimsFor(it.client.id, gateway.url))).toString('base64url')
      return ask(it, [header, claims, signature].join('.'))
    },
    notAccepted,
  ],
  ['of a client that was revoked', (it) => ((it.client.revoked = true), it.ask()), notAccepted],
  [
    'that has expired by the clock of patients alone',
    (it) => ((it.client.aheadMs = 60_000), it.ask({ claims: { exp: now() + 30 } })),
    refused('invalid_client', /has expired/),
  ],
  ['with a key that was taken away', (it) => ((it.client.keys = [newKeys().publicJwk]), it.ask()), notAccepted],
  [
    'that is 20 KB',
    (it) => it.ask({ claims: { padding: 'x'.repeat(20_000) } }),
    refused('invalid_request', /larger than 16 KB/, 413),
  ],
  ['that is no JWT', (it) => ask(it, 'not.a-jwt'), refused('invalid_client', /must be a signed JWT/)],
  [
    'of five parts, as an encrypted one',
    (it) => ask(it, 'a.b.c.d.e'),
    refused('invalid_client', /must be a signed JWT/),
  ],
  [
    'with claims that are no JSON',
    (it) => ask(it, it.assertion().replace(/\.[^.]+\./, '.e30x.')),
    refused('invalid_client', /must be a signed JWT/),
  ],
  [
    'with claims that are a list',
    (it) =>
      ask(
        it,
        jwt({ alg: 'Ed25519', kid: it.keys.kid }, [], () => Buffer.alloc(64)),
      ),
    refused('invalid_client', /must be a signed JWT/),
  ],
  ['with a header that must be understood', (it) => it.ask({ header: { crit: ['exp'], exp: 1 } }), notAccepted],
  ['that brings its own key along', (it) => ownKey(it), notAccepted],
  [
    'for a scope that was not granted',
    (it) => it.ask({}, { scope: 'patients.read results.read' }),
    refused('invalid_scope', /may ask for: patients.read appointments.read/),
  ],
  [
    'for a scope that there is not',
    (it) => it.ask({}, { scope: 'patients.read everything' }),
    refused('invalid_scope', /may ask for: patients.read/),
  ],
  ['for a scope of people', (it) => it.ask({}, { scope: 'openid' }), refused('invalid_scope', /may ask for/)],
  ['for no scope', (it) => it.ask({}, { scope: ' ' }), refused('invalid_scope', /Send scope/)],
  [
    'for a client that may ask for nothing',
    (it) => ((it.client.scopes = []), it.ask()),
    refused('invalid_scope', /may ask for: nothing/),
  ],
]

/** The assertion names a key inside itself, by which it is right. */
function ownKey({ client, keys }: Partner) {
  const { privateKey, publicJwk } = newKeys()
  const header = { alg: 'Ed25519', kid: keys.kid, jwk: publicJwk }
  return askForToken(
    gateway.url,
    formWith(jwt(header, claimsFor(client.id, gateway.url), (data) => sign(null, data, privateKey))),
  )
}

describe('an assertion', () => {
  it.each(attacks)('%s gets no token', async (_, attack, expected) => {
    expect(await attack(aPartner(gateway.url))).toMatchObject(expected)
  })

  it('signed with the public key as if it were a secret gets no token (HS256 and its like)', async () => {
    const partner = aPartner(gateway.url, {}, newKeys('RS512'))
    const pem = createPublicKey(partner.keys.privateKey).export({ format: 'pem', type: 'spki' })
    for (const [alg, hash] of [
      ['HS256', 'sha256'],
      ['HS512', 'sha512'],
    ] as const) {
      const assertion = jwt({ alg, kid: partner.keys.kid }, claimsFor(partner.client.id, gateway.url), (data) =>
        createHmac(hash, pem).update(data).digest(),
      )
      expect(await ask(partner, assertion)).toMatchObject(refused('invalid_client', /must have alg/))
    }
  })

  it('signed in a way that is not ours gets no token, though the key is right', async () => {
    const rsa = aPartner(gateway.url, {}, newKeys('RS256'))
    expect(await rsa.ask()).toMatchObject(refused('invalid_client', /must have alg/))
    const elliptic = aPartner(gateway.url, {}, newKeys('ES256'))
    expect(await elliptic.ask()).toMatchObject(refused('invalid_client', /must have alg/))
    expect(await elliptic.ask({ header: { alg: 'ES384' } })).toMatchObject(notAccepted)
  })

  it('with a key too short to be safe gets no token', async () => {
    const { generateKeyPairSync } = await import('node:crypto')
    const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 1024 })
    const publicJwk = { ...publicKey.export({ format: 'jwk' }), kid: 'short' }
    const partner = aPartner(gateway.url, {}, { kid: 'short', alg: 'PS512', privateKey, publicJwk })
    const assertion = jwt({ alg: 'RS512', kid: 'short' }, claimsFor(partner.client.id, gateway.url), (data) =>
      sign('sha512', data, { key: privateKey, padding: constants.RSA_PKCS1_PADDING }),
    )
    expect(await ask(partner, assertion)).toMatchObject(notAccepted)
  })

  it('that would be right for the host in the header gets no token here', async () => {
    const partner = aPartner(gateway.url)
    const assertion = partner.assertion({ claims: { aud: 'http://elsewhere.example/oauth/token' } })
    const answer = await askForToken(gateway.url, formWith(assertion), {
      'x-forwarded-host': 'elsewhere.example',
      'x-forwarded-proto': 'http',
      forwarded: 'host=elsewhere.example',
    })
    expect(answer).toMatchObject(refused('invalid_client', /aud/))
  })

  it('works once, also when it is sent twice at the same time', async () => {
    const partner = aPartner(gateway.url)
    const assertion = partner.assertion()
    const answers = await Promise.all([1, 2, 3, 4].map(() => ask(partner, assertion)))
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
    for (const answer of answers.filter(({ status }) => status !== 200))
      expect(answer).toMatchObject(refused('invalid_client', /was used before/))
  })

  it('works once, also at a second gateway and after a restart', async () => {
    const first = await start({ publicUrl: 'https://graph.example' })
    const second = await start({ publicUrl: 'https://graph.example' })
    onTestFinished(() => second.stop())
    const partner = aPartner('https://graph.example')
    const assertion = partner.assertion()
    expect(await askForToken(first.url, formWith(assertion))).toMatchObject({ status: 200 })
    expect(await askForToken(second.url, formWith(assertion))).toMatchObject(refused('invalid_client', /used before/))
    await first.stop()
    const again = await start({ publicUrl: 'https://graph.example' })
    onTestFinished(() => again.stop())
    expect(await askForToken(again.url, formWith(assertion))).toMatchObject(refused('invalid_client', /used before/))
  })

  it('is judged by the clock as it is now: set back, a new one is from the future; set on, it has expired', async () => {
    const partner = aPartner(gateway.url)
    const assertion = partner.assertion()
    vi.useFakeTimers({ toFake: ['Date'] })
    onTestFinished(() => void vi.useRealTimers())
    const real = Date.now()
    vi.setSystemTime(real - 120_000)
    expect(await ask(partner, assertion)).toMatchObject(refused('invalid_client', /in the future/))
    vi.setSystemTime(real + 120_000)
    expect(await ask(partner, assertion)).toMatchObject(refused('invalid_client', /has expired/))
    vi.setSystemTime(real)
    expect(await ask(partner, assertion)).toMatchObject({ status: 200 })
  })
})
