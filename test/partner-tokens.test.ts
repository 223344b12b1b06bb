import { webcrypto } from 'node:crypto'
import * as openid from 'openid-client'
import { beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest'
import { askForToken, formWith } from '../gateway/test/a-partner.ts'
import { anAssertion, newKeys } from '../gateway/test/an-assertion.ts'
import type { Keys } from '../gateway/test/an-assertion.ts'
import { engines } from './alone.ts'
import { FakeClock } from './clock.ts'
import {
  aPartnerInWorld,
  aPersonWithNumber,
  findPerson,
  keySetOf,
  shareEverything,
  tellOfPartner,
} from './partner-in-world.ts'
import { type World, world, type WorldSettings } from './world.ts'

/**
 * The gateway tells the time itself: the portal's clock is set by it. It stands behind a proxy that says for whom it asks: nobody
 * here is held to the limit of one address.
 */
const aPortal = ({ publicUrl, ...settings }: WorldSettings & { publicUrl?: string }): Promise<World> =>
  world({
    clock: new FakeClock(new Date()),
    more: { outside: { proxyHops: 1, ...(publicUrl && { publicUrl }) } },
    ...settings,
  })

let asks = 0
const ask = (portal: World, assertion: string, scope = 'patients.read') =>
  askForToken(portal.graph.gateway.url, formWith(assertion, { scope }), {
    'x-forwarded-for': `198.51.${Math.floor((asks += 1) / 250)}.${asks % 250}`,
  })

async function tokenFor(portal: World, assertion: string): Promise<string> {
  const { body, text } = await ask(portal, assertion)
  if (!body.access_token) throw new Error(text)
  return body.access_token
}

/** What openid-client signs with: a key of Web Crypto. */
const algorithms = {
  Ed25519: { name: 'Ed25519' },
  RS512: { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-512' },
  PS512: { name: 'RSA-PSS', hash: 'SHA-512' },
  ES384: { name: 'ECDSA', namedCurve: 'P-384' },
}
type Algorithm = keyof typeof algorithms

/** Asks for a token as its manual says, with nothing of ours. */
async function tokenByOpenidClient(url: string, clientId: string, { kid, privateKey, alg }: Keys) {
  const pkcs8 = privateKey.export({ format: 'der', type: 'pkcs8' })
  const key = await webcrypto.subtle.importKey('pkcs8', pkcs8, algorithms[alg as Algorithm], false, ['sign'])
  const configuration = await openid.discovery(
    new URL(url),
    clientId,
    undefined,
    openid.PrivateKeyJwt({ key: key as openid.CryptoKey, kid }),
    { execute: [openid.allowInsecureRequests] },
  )
  return openid.clientCredentialsGrant(configuration, { scope: 'patients.read appointments.read' })
}

describe.each(engines)('a partner, on %s', (engine) => {
  let portal: World
  beforeAll(async () => {
    portal = await aPortal({ engine })
    return () => portal.stop()
  })

  it.each(Object.keys(algorithms) as Algorithm[])(
    'finds with openid-client where tokens are, gets one signed with %s, and sees the one person of ten who is shared with it',
    async (alg) => {
      const theOne = await aPersonWithNumber(portal)
      const partner = await aPartnerInWorld(portal, { keys: newKeys(alg) })
      await shareEverything(portal, theOne)
      const tokens = await tokenByOpenidClient(portal.graph.gateway.url, partner.id, partner.keys)
      expect(tokens).toMatchObject({ expires_in: 300, scope: 'patients.read appointments.read' })
      const found = await findPerson(portal, tokens.access_token, theOne)
      expect(found).toMatchObject({ status: 200, errors: [], data: { patientByNhsNumber: { id: theOne.id } } })
      for (let count = 0; count < 9; count += 1) {
        const other = await aPersonWithNumber(portal)
        expect((await findPerson(portal, tokens.access_token, other)).data).toEqual({ patientByNhsNumber: null })
      }
    },
  )

  it('is out at once when it is revoked: its token, its next assertion', async () => {
    const partner = await aPartnerInWorld(portal)
    const person = await aPersonWithNumber(portal)
    const token = await tokenFor(portal, partner.assertion())
    expect((await findPerson(portal, token, person)).status).toBe(200)
    await tellOfPartner(portal, 'revokePartnerClient', { id: partner.id })
    expect((await findPerson(portal, token, person)).status).toBe(401)
    expect((await ask(portal, partner.assertion())).body.error).toBe('invalid_client')
  })

  it('changes its key without a gap, and what the old one gave ends with it', async () => {
    const old = await aPartnerInWorld(portal)
    const person = await aPersonWithNumber(portal)
    const keys = newKeys('ES384')
    const token = await tokenFor(portal, old.assertion())
    await tellOfPartner(portal, 'changePartnerClient', { id: old.id, addKeys: keySetOf(keys) })
    const assertion = anAssertion({ clientId: old.id, audience: portal.graph.gateway.url, keys })
    const newToken = await tokenFor(portal, assertion)
    expect((await findPerson(portal, await tokenFor(portal, old.assertion()), person)).status).toBe(200)
    await tellOfPartner(portal, 'changePartnerClient', { id: old.id, removeKeyIds: [old.keys.kid] })
    expect((await ask(portal, old.assertion())).status).toBe(401)
    expect((await findPerson(portal, token, person)).status).toBe(401)
    expect((await findPerson(portal, newToken, person)).status).toBe(200)
  })

  it('loses a scope at its next request', async () => {
    const partner = await aPartnerInWorld(portal)
    const person = await aPersonWithNumber(portal)
    const token = await tokenFor(portal, partner.assertion())
    await tellOfPartner(portal, 'changePartnerClient', { id: partner.id, scopes: ['appointments.read'] })
    const { status, errors } = await findPerson(portal, token, person)
    expect([status, errors[0]?.extensions.code]).toEqual([403, 'FORBIDDEN'])
    expect((await ask(portal, partner.assertion())).body.error).toBe('invalid_scope')
  })

  it('asks five times a second, and is told when to come back', async () => {
    const partner = await aPartnerInWorld(portal)
    const token = await tokenFor(portal, partner.assertion())
    const headers = { 'x-end-user-id': 'dr.okafor', 'x-end-user-role': 'Consultant' }
    const answers = []
    for (let count = 0; count < 6; count += 1) answers.push(await portal.ask(token, '{ __typename }', {}, headers))
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200, 429])
    expect(answers[5]?.errors[0]?.extensions).toEqual({ code: 'RATE_LIMITED', retryAfterSeconds: 1 })
    expect(answers[5]?.headers.get('retry-after')).toBe('1')
    portal.clock.pass(1)
    expect((await portal.ask(token, '{ __typename }', {}, headers)).status).toBe(200)
  })

  it('cannot use an assertion twice: not at once, and not after everything was started anew', async () => {
    const publicUrl = 'https://graph.example'
    const first = await aPortal({ engine, publicUrl })
    const partner = await aPartnerInWorld(first, { audience: publicUrl })
    const assertion = partner.assertion()
    const answers = await Promise.all(Array.from({ length: 20 }, () => ask(first, assertion)))
    expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array<number>(19).fill(401)])
    await first.halt()
    const second = await aPortal({ engine, publicUrl, after: first })
    onTestFinished(() => second.stop())
    const { status, body } = await ask(second, assertion)
    expect([status, body.error]).toEqual([401, 'invalid_client'])
    expect(body.error_description).toMatch(/was used before/)
    expect((await ask(second, partner.assertion())).status).toBe(200)
  })

  it('has a token for five minutes and no second longer, also over a restart', async () => {
    const first = await aPortal({ engine })
    const partner = await aPartnerInWorld(first)
    const person = await aPersonWithNumber(first)
    const before = Date.now()
    first.clock.set(new Date(before))
    const token = await tokenFor(first, partner.assertion())
    const after = Date.now()
    await first.halt()
    const second = await aPortal({ engine, after: first })
    onTestFinished(() => second.stop())
    second.clock.set(new Date(before + 298_000))
    expect((await findPerson(second, token, person)).status).toBe(200)
    second.clock.set(new Date(after + 300_000))
    const late = await findPerson(second, token, person)
    expect([late.status, late.headers.get('www-authenticate')]).toEqual([401, 'Bearer error="invalid_token"'])
  })

  it('gets two hundred tokens in an hour', { timeout: 60_000 }, async () => {
    const partner = await aPartnerInWorld(portal)
    for (let count = 0; count < 200; count += 1) expect((await ask(portal, partner.assertion())).status).toBe(200)
    const { status, headers, body } = await ask(portal, partner.assertion())
    expect([status, body.error]).toEqual([429, 'temporarily_unavailable'])
    expect(Number(headers.get('retry-after'))).toBeGreaterThan(3_500)
    vi.useFakeTimers({ toFake: ['Date'], now: portal.clock.now().getTime() + 3_601_000 })
    onTestFinished(() => void vi.useRealTimers())
    portal.clock.set(new Date())
    expect((await ask(portal, partner.assertion())).status).toBe(200)
  })
})
