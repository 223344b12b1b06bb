import { createPrivateKey } from 'node:crypto'
import { afterEach, describe, expect, it } from 'vitest'
import { createPortalClient, PatientByNhsNumberDocument, type PrivateJwk } from '../../partner.ts'
import { aPortal, clientId, endUser, keyId, say, type APortalSettings } from '../../testing/a-portal.ts'

const person = { nhsNumber: '9990207852', bornOn: '1996-07-21' }

type Portal = Awaited<ReturnType<typeof aPortal>>
const portals: Portal[] = []
afterEach(() => portals.splice(0).forEach((it) => it.stop()))

async function portalWith(settings?: APortalSettings): Promise<Portal> {
  const portal = await aPortal(settings)
  portal.answer = (_, response) => say(response, 200, { data: { patientByNhsNumber: { id: 'p-1' } } })
  portals.push(portal)
  return portal
}

const algorithmIn = ({ tokensAsked }: Portal): unknown =>
  JSON.parse(Buffer.from(tokensAsked[0]?.get('client_assertion')?.split('.')[0] ?? '', 'base64url').toString())

describe('a private key', () => {
  it.each([
    ['rsa', 'RS512'],
    ['ec', 'ES384'],
    ['ed25519', 'Ed25519'],
  ] as const)('of kind %s signs with %s, as PEM and as JWK', async (key, alg) => {
    const asPem = await portalWith({ key })
    await asPem.client().read(PatientByNhsNumberDocument, person)
    expect(algorithmIn(asPem)).toEqual({ alg, kid: keyId })

    const asJwk = await portalWith({ key })
    const privateKey = { ...asJwk.privateKey.export({ format: 'jwk' }), kid: keyId } as PrivateJwk
    await asJwk.client({ privateKey, keyId: undefined }).read(PatientByNhsNumberDocument, person)
    expect(algorithmIn(asJwk)).toEqual({ alg, kid: keyId })
  })

  it('without a name is called by its fingerprint, as by whoever registers it', async () => {
    const portal = await portalWith()
    const ask = portal.client({ privateKey: ed25519(), keyId: undefined }).read(PatientByNhsNumberDocument, person)
    await expect(ask).rejects.toMatchObject({ code: 'UNAUTHENTICATED' })
    // RFC 8037, Appendix A.3.
    expect(algorithmIn(portal)).toEqual({ alg: 'Ed25519', kid: 'kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k' })
  })

  it('of RSA signs with PS512 when its JWK says so', async () => {
    const portal = await portalWith({ key: 'rsa' })
    const privateKey = { ...portal.privateKey.export({ format: 'jwk' }), alg: 'PS512' } as PrivateJwk
    await portal.client({ privateKey }).read(PatientByNhsNumberDocument, person)
    expect(algorithmIn(portal)).toEqual({ alg: 'PS512', kid: keyId })
  })

  it('can be one that Web Crypto holds and nobody can take out', async () => {
    const portal = await portalWith({ key: 'ed25519' })
    const der = portal.privateKey.export({ format: 'der', type: 'pkcs8' })
    const privateKey = await crypto.subtle.importKey('pkcs8', der, 'Ed25519', false, ['sign'])
    await portal.client({ privateKey }).read(PatientByNhsNumberDocument, person)
    expect(algorithmIn(portal)).toEqual({ alg: 'Ed25519', kid: keyId })
  })

  it('is read in the older form that openssl writes', async () => {
    const portal = await portalWith({ key: 'rsa' })
    const privateKey = portal.privateKey.export({ format: 'pem', type: 'pkcs1' }).toString()
    await portal.client({ privateKey }).read(PatientByNhsNumberDocument, person)
    expect(algorithmIn(portal)).toEqual({ alg: 'RS512', kid: keyId })
  })
})

describe('the person for whom it asks', () => {
  it('goes with every request, another one over the same token', async () => {
    const portal = await portalWith()
    const client = portal.client()
    await client.read(PatientByNhsNumberDocument, person, { requestId: 'request-of-mine' })
    const others = ['Ward clerk', 'Nurse at 50%25', 'Pflegerin für Kinder']
    for (const role of others) await client.for({ id: 'j.o@ward 3', role }).read(PatientByNhsNumberDocument, person)
    const heard = portal.asked.map(({ headers }) => [headers['x-end-user-id'], headers['x-end-user-role']])
    expect(heard).toEqual([
      ['a.kaur', 'Consultant'],
      ['j.o@ward 3', 'Ward clerk'],
      ['j.o@ward 3', 'Nurse%20at%2050%2525'],
      ['j.o@ward 3', 'Pflegerin%20f%C3%BCr%20Kinder'],
    ])
    expect(portal.asked[0]?.headers['x-request-id']).toBe('request-of-mine')
    expect(portal.tokensAsked).toHaveLength(1)
  })
})

describe('a setting that is wrong is named before anything is sent', () => {
  const wrong: [string, object, RegExp][] = [
    ['no address', { url: 'portal' }, /^url: must be an https address \(got "portal"\)$/],
    [
      'an address that is not encrypted',
      { url: 'http://portal.example/graphql' },
      /^url: must be https, except on this/,
    ],
    ['not the graph', { url: 'https://portal.example' }, /^url: must end in \/graphql, else give issuer too/],
    ['a token address of a file', { tokenUrl: 'file:///token' }, /^tokenUrl: must be an https address/],
    ['an issuer that is not encrypted', { issuer: 'http://portal.example' }, /^issuer: must be https/],
    ['no client', { clientId: '' }, /^clientId: is missing/],
    ['an empty key id', { keyId: '' }, /^keyId: is missing/],
    ['no key', { privateKey: '' }, /^privateKey: cannot be read/],
    ['a key nobody signs with here', { privateKey: p256() }, /^privateKey: must be RSA .* \(got ec prime256v1\)$/],
    ['nobody', { endUser: { id: '', role: 'Consultant' } }, /^endUser\.id: must be 1 to 100 .*\(got ""\)$/],
    ['a line break in a name', { endUser: { id: 'a\r\nx-evil: 1', role: 'Consultant' } }, /^endUser\.id: must be/],
    ['a name that is no ASCII', { endUser: { id: 'müller', role: 'Consultant' } }, /^endUser\.id: must be/],
    ['a role that is too long', { endUser: { id: 'a', role: 'ü'.repeat(101) } }, /^endUser\.role: must be/],
    ['a role that turns words around', { endUser: { id: 'a', role: 'Nurse\u202eesruN' } }, /^endUser\.role: must be/],
    ['a space before a name', { endUser: { id: ' a', role: 'Nurse' } }, /^endUser\.id: must be/],
  ]

  it.each(wrong)('%s', (_, settings, words) => {
    const key = createPrivateKey({ key: ed25519(), format: 'jwk' }).export({ format: 'pem', type: 'pkcs8' }).toString()
    const right = { url: 'https://portal.example/graphql', clientId, privateKey: key, keyId, endUser }
    expect(() => createPortalClient(right)).not.toThrow()
    expect(() => createPortalClient({ ...right, ...settings })).toThrow(words)
    expect(() => createPortalClient({ ...right, ...settings })).toThrow(TypeError)
  })

  it('a public key, and a key Web Crypto lets nobody sign with', async () => {
    const { publicKey } = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-384' }, false, [
      'sign',
      'verify',
    ])
    const settings = { url: 'https://portal.example/graphql', clientId, keyId, endUser }
    expect(() => createPortalClient({ ...settings, keyId: undefined, privateKey: publicKey })).toThrow(
      /^keyId: is miss/,
    )
    expect(() => createPortalClient({ ...settings, privateKey: publicKey })).toThrow(/^privateKey: must be a private/)
    const { d: _, ...jwk } = ed25519()
    expect(() => createPortalClient({ ...settings, privateKey: jwk as PrivateJwk })).toThrow(
      /^privateKey: cannot be read/,
    )
  })
})

function ed25519() {
  // The key of RFC 8037, Appendix A.1.
  const d = 'nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A'
  return { kty: 'OKP', crv: 'Ed25519', d, x: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo' }
}

function p256() {
  // The key of RFC 7517, Appendix A.2.
  return {
    kty: 'EC',
    crv: 'P-256',
    x: 'MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4',
    y: '4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM',
    d: '870MB6gfuTJ4HtUnUvYMyJpr5eUZNP4Bk43bVdj3eAE',
  }
}
