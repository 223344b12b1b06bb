import type { ServerResponse } from 'node:http'
import { inspect } from 'node:util'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import {
  GraphUnavailable,
  NotAllowed,
  NotAuthenticated,
  PatientByNhsNumberDocument,
  TooManyRequests,
} from '../../partner.ts'
import { aPortal, clientId, error, keyId, say } from '../../testing/a-portal.ts'

const person = { nhsNumber: '9990207852', bornOn: '1996-07-21' }
const nobody = { data: { patientByNhsNumber: null } }
const oauthError = (response: ServerResponse, status: number, code: string, headers = {}) =>
  say(response, status, { error: code, error_description: 'Said by the portal.' }, headers)

type Portal = Awaited<ReturnType<typeof aPortal>>
let portal: Portal
beforeEach(async () => {
  portal = await aPortal()
  portal.answer = (_, response) => say(response, 200, nobody)
})
afterEach(() => {
  vi.useRealTimers()
  portal.stop()
})

const ask = (client = portal.client()) => client.read(PatientByNhsNumberDocument, person)
const tokensUsed = () => new Set(portal.asked.map(({ token }) => token)).size
const claimsOf = (form: URLSearchParams | undefined) =>
  (form?.get('client_assertion') ?? '')
    .split('.', 2)
    .map((part) => JSON.parse(Buffer.from(part, 'base64url').toString()) as Record<string, unknown>)

describe('a token', () => {
  it('is asked for where the portal says, with an assertion that lasts a minute', async () => {
    await ask()
    const [header, claims] = claimsOf(portal.tokensAsked[0])
    expect(header).toEqual({ alg: 'Ed25519', kid: keyId })
    expect(claims).toMatchObject({ iss: clientId, sub: clientId, aud: portal.issuer, jti: expect.any(String) })
    expect(Number(claims?.['exp']) - Number(claims?.['iat'])).toBe(60)
    expect(portal.tokensAsked[0]?.get('scope')).toBe('patients.read appointments.read documents.read results.read')
  })

  it('is asked for once by twenty who need it, and kept', async () => {
    const client = portal.client()
    await Promise.all(Array.from({ length: 20 }, () => ask(client)))
    await ask(client)
    expect(portal.asked).toHaveLength(21)
    expect(portal.tokensAsked).toHaveLength(1)
  })

  it('is followed by another half a minute before it ends, with an assertion of its own', async () => {
    vi.useFakeTimers({ toFake: ['performance'] })
    const client = portal.client()
    await ask(client)
    vi.advanceTimersByTime(269_000)
    await ask(client)
    expect(portal.tokensAsked).toHaveLength(1)
    vi.advanceTimersByTime(2_000)
    await ask(client)
    expect(portal.tokensAsked).toHaveLength(2)
    expect(tokensUsed()).toBe(2)
    const [first, second] = portal.tokensAsked.map((form) => claimsOf(form)[1]?.['jti'])
    expect(first).not.toBe(second)
  })

  it('that does not live a minute is used for half its life', async () => {
    vi.useFakeTimers({ toFake: ['performance'] })
    portal.stop()
    portal = await aPortal({ tokenSeconds: 20 })
    portal.answer = (_, response) => say(response, 200, nobody)
    const client = portal.client()
    await ask(client)
    vi.advanceTimersByTime(9_000)
    await ask(client)
    expect(portal.tokensAsked).toHaveLength(1)
    vi.advanceTimersByTime(2_000)
    await ask(client)
    expect(portal.tokensAsked).toHaveLength(2)
  })

  it('that was ended is replaced once, and nobody notices', async () => {
    const client = portal.client()
    await ask(client)
    await portal.end(portal.asked[0]?.token ?? '')
    const answers = await Promise.all(Array.from({ length: 10 }, () => ask(client)))
    expect(answers).toEqual(Array(10).fill(nobody.data))
    expect(portal.tokensAsked).toHaveLength(2)
  })

  it('that is refused again and again is not asked for again and again', async () => {
    portal.answer = (_, response) => error(response, 'UNAUTHENTICATED', 401)
    await expect(ask()).rejects.toBeInstanceOf(NotAuthenticated)
    expect(portal.asked).toHaveLength(2)
    expect(portal.tokensAsked).toHaveLength(2)
  })

  it('still comes for the others when one of them stops waiting', async () => {
    const caller = new AbortController()
    const client = portal.client()
    const arrival = Promise.withResolvers<void>()
    const release = Promise.withResolvers<void>()
    portal.instead = async (response) => {
      portal.instead = undefined
      arrival.resolve()
      await release.promise
      say(response, 200, { access_token: 'late', token_type: 'Bearer', expires_in: 300 })
    }
    const left = client.read(PatientByNhsNumberDocument, person, { signal: caller.signal })
    const other = ask(client)
    await arrival.promise
    caller.abort()
    const started = performance.now()
    await expect(left).rejects.toMatchObject({ name: 'AbortError' })
    // Long before the question itself is given up.
    expect(performance.now() - started).toBeLessThan(5_000)
    release.resolve()
    expect(await other).toEqual(nobody.data)
    // The one the provider never gave was refused, and replaced.
    expect(portal.tokensAsked).toHaveLength(2)
  })

  it('is asked for at an address that is known beforehand, and looked for nowhere', async () => {
    const asked: string[] = []
    const client = portal.client({
      tokenUrl: `${portal.issuer}/oauth/token`,
      fetch: (input, init) => {
        asked.push(String(input))
        return fetch(input, init)
      },
    })
    await ask(client)
    expect(asked).toEqual([`${portal.issuer}/oauth/token`, portal.url])
  })
})

describe('no token', () => {
  it('for a client that is not registered', async () => {
    const failure = await ask(portal.client({ clientId: 'nobody' })).catch((it: unknown) => it)
    expect(failure).toBeInstanceOf(NotAuthenticated)
    expect(failure).toMatchObject({ message: expect.stringMatching(/^The portal gave no token: /) })
    expect(portal.asked).toEqual([])
    portal.instead = (response) => oauthError(response, 400, 'invalid_client')
    await expect(ask()).rejects.toBeInstanceOf(NotAuthenticated)
  })

  it('for a scope that the client was not given', async () => {
    await expect(ask(portal.client({ scopes: ['openid'] }))).rejects.toBeInstanceOf(NotAllowed)
  })

  it('while there are too many: waits a moment that is short, and says how long when it is not', async () => {
    let tries = 0
    portal.instead = (response) => {
      tries += 1
      portal.instead = undefined
      oauthError(response, 429, 'temporarily_unavailable', { 'retry-after': '1' })
    }
    const started = performance.now()
    await ask()
    expect(tries).toBe(1)
    expect(performance.now() - started).toBeGreaterThan(950)
    portal.instead = (response) => oauthError(response, 429, 'temporarily_unavailable', { 'retry-after': '60' })
    const failure = await ask().catch((it: unknown) => it)
    expect(failure).toBeInstanceOf(TooManyRequests)
    expect(failure).toMatchObject({
      retryAfterSeconds: 60,
      requestId: 'request-1',
      message: 'The portal gave no token: Said by the portal.',
    })
  })

  it('while the portal is away: tries again, then says so', async () => {
    portal.instead = (response) => oauthError(response, 503, 'temporarily_unavailable')
    await expect(ask()).rejects.toBeInstanceOf(GraphUnavailable)
    expect(portal.tokensAsked).toHaveLength(4)
    portal.instead = (response) => response.destroy()
    await expect(ask()).rejects.toBeInstanceOf(GraphUnavailable)
    portal.instead = () => undefined
    await expect(ask(portal.client({ timeout: 50, retry: { attempts: 1 } }))).rejects.toBeInstanceOf(GraphUnavailable)
  })

  it('from an address where there is no portal, or another one', async () => {
    const elsewhere = portal.client({ issuer: `${portal.issuer}/nothing` })
    await expect(ask(elsewhere)).rejects.toMatchObject({ code: 'BAD_USER_INPUT' })
    const byNumber = portal.client({ url: portal.url.replace('localhost', '127.0.0.1') })
    await expect(ask(byNumber)).rejects.toThrow(`issuer: the portal calls itself ${portal.issuer}`)
  })
})

it('tokens, assertions and keys are not in what anybody could log', async () => {
  const told: unknown[] = []
  const client = portal.client()
  await ask(client)
  const fail = (of = client) => ask(of).catch((it: unknown) => void told.push(it))
  portal.answer = (_, response) => error(response, 'INTERNAL', 500)
  await fail()
  portal.answer = (_, response) => response.destroy()
  await fail()
  for (const status of [400, 401, 403, 429, 500, 503]) {
    portal.instead = (response) => oauthError(response, status, 'invalid_client', { 'retry-after': '60' })
    await fail(portal.client())
  }
  const given = 'a-token-that-was-given-wrongly'
  portal.instead = (response) => say(response, 200, { access_token: given, token_type: 'dpop' })
  await fail(portal.client())
  portal.instead = (response) => say(response, 200, [given])
  await fail(portal.client())
  told.push(client)
  const { pem, asked, tokensAsked } = portal
  const secrets = [
    given,
    ...asked.map(({ token }) => token),
    ...tokensAsked.map((form) => form.get('client_assertion') ?? ''),
    ...pem.split('\n').filter((line) => line.length > 40 && !line.startsWith('-')),
  ]
  expect(told).toHaveLength(11)
  expect(secrets.length).toBeGreaterThan(10)
  const log = told.map((it) => inspect(it, { depth: 20, showHidden: true })).join('\n')
  for (const secret of secrets) expect(log).not.toContain(secret)
})
