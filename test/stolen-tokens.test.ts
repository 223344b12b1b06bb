import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { outside } from './told-apart.ts'
import { type Answer, aPerson, logIn, type PersonInWorld, world, type World } from './world.ts'

const me = '{ me { id name { full } } }'
const logOut = `mutation L($input: LogOutInput!) { logOut(input: $input) { __typename } }`
const logOutEverywhere = `mutation L($input: LogOutEverywhereInput!) { logOutEverywhere(input: $input) { __typename } }`
const endSession = `mutation E($input: EndSessionInput!) { endSession(input: $input) { __typename } }`

describe('a token that is not, or no longer, good', () => {
  let portal: World
  beforeAll(async () => {
    portal = await world()
  })
  afterAll(() => portal.stop())

  /** A fresh log in, which works. */
  async function aToken(): Promise<{ token: string; person: PersonInWorld }> {
    const person = await aPerson(portal)
    const token = await logIn(portal, person)
    expect((await portal.ask(token, me)).data).toMatchObject({ me: { id: person.id } })
    return { token, person }
  }
  async function write(token: string, mutation: string, input: object = {}): Promise<void> {
    const { errors } = await portal.ask(token, mutation, { input: { idempotencyKey: randomUUID(), ...input } })
    expect(errors).toEqual([])
  }
  const withOther = (token: string, at: number) => {
    const letter = token[at] === 'A' ? 'B' : 'A'
    return token.slice(0, at) + letter + token.slice(at + 1)
  }

  const cases: [string, () => Promise<Answer>][] = [
    [
      'after log out',
      async () => {
        const { token } = await aToken()
        await write(token, logOut)
        return portal.ask(token, me)
      },
    ],
    [
      'of another device, after log out everywhere',
      async () => {
        const { token, person } = await aToken()
        const other = await logIn(portal, person)
        await write(other, logOutEverywhere)
        expect((await portal.ask(other, me)).status).toBe(401)
        return portal.ask(token, me)
      },
    ],
    [
      'of a session that was ended from the list',
      async () => {
        const { token, person } = await aToken()
        const { data } = await portal.ask(token, '{ me { sessions { id } } }')
        const [session] = (data?.me as unknown as { sessions: { id: string }[] }).sessions
        await write(await logIn(portal, person), endSession, { sessionId: session?.id })
        return portal.ask(token, me)
      },
    ],
    [
      'after ten idle minutes',
      async () => {
        const { token } = await aToken()
        portal.clock.pass(599)
        expect((await portal.ask(token, me)).status).toBe(200)
        portal.clock.pass(600)
        return portal.ask(token, me)
      },
    ],
    [
      'after twelve hours, however busy',
      async () => {
        const { token } = await aToken()
        for (let passed = 0; passed < 12 * 3600; passed += 540) {
          expect((await portal.ask(token, me)).status).toBe(200)
          portal.clock.pass(540)
        }
        return portal.ask(token, me)
      },
    ],
    [
      'of somebody who has died',
      async () => {
        const { token, person } = await aToken()
        await portal.system(`mutation R($input: RecordPatientInput!) { recordPatient(input: $input) { __typename } }`, {
          input: {
            idempotencyKey: randomUUID(),
            eventAt: portal.clock.now(),
            hospitalNumber: person.hospitalNumber,
            deceased: true,
          },
        })
        return portal.ask(token, me)
      },
    ],
    ['cut short', async () => portal.ask((await aToken()).token.slice(0, -1), me)],
    ['with a letter more', async () => portal.ask(`${(await aToken()).token}A`, me)],
    ['with its first letter changed', async () => portal.ask(withOther((await aToken()).token, 0), me)],
    ['with a letter in the middle changed', async () => portal.ask(withOther((await aToken()).token, 20), me)],
    ['in other letters', async () => portal.ask((await aToken()).token.toUpperCase(), me)],
    ['that was never given', () => portal.ask(Buffer.alloc(32, 7).toString('base64url'), me)],
    ['of a system, with a wrong secret', () => portal.ask(`system.feeds.${'A'.repeat(43)}`, me)],
    [
      "of a system, with another system's secret",
      () => portal.ask(`system.documents.${portal.secrets.SYSTEM_SECRET_FEEDS}`, me),
    ],
    ['of a system that is none', () => portal.ask(`system.gateway.${portal.secrets.SYSTEM_SECRET_FEEDS}`, me)],
    ['that is a key of ours', () => portal.ask(portal.secrets.SUBGRAPH_KEY_PATIENTS, me)],
    [
      'in a cookie',
      async () => {
        const { token } = await aToken()
        return portal.ask(undefined, me, {}, { cookie: `session=${token}; __Host-session=${token}` })
      },
    ],
    [
      'in an address',
      async () => {
        const { token } = await aToken()
        const response = await fetch(`${portal.url}?access_token=${token}&token=${token}`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ query: me }),
        })
        const text = await response.text()
        return { status: response.status, headers: response.headers, text, ...JSON.parse(text) } as Answer
      },
    ],
    [
      'replaced by a role in a header',
      async () => {
        const { person } = await aToken()
        const viewer = JSON.stringify({ role: 'PATIENT', actorId: `patient:${person.id}`, patientIds: [person.id] })
        const headers = { 'x-role': 'SYSTEM', role: 'PATIENT', viewer, 'x-viewer': viewer, 'x-user-id': person.id }
        return portal.ask(undefined, me, {}, headers)
      },
    ],
    [
      'in another scheme',
      async () => {
        const { token } = await aToken()
        return portal.ask(undefined, me, {}, { authorization: `Basic ${token}` })
      },
    ],
  ]

  it('gets the same bytes, whatever is wrong with it', { timeout: 60_000 }, async () => {
    const answers: [string, ReturnType<typeof outside>][] = []
    for (const [name, ask] of cases) answers.push([name, outside(await ask())])
    const first = outside(await portal.ask('none-of-ours-at-all', me))
    expect(first.status).toBe(401)
    expect(JSON.parse(first.text)).toEqual({
      errors: [
        {
          message:
            'You are not logged in, or your session or token has ended. Log in, or get a new token, and try again.',
          extensions: { code: 'UNAUTHENTICATED' },
        },
      ],
    })
    for (const [name, answer] of answers)
      expect([name, withoutChallenge(answer)]).toEqual([name, withoutChallenge(first)])
    const sentNone = ['in a cookie', 'in an address', 'replaced by a role in a header']
    for (const [name, { headers }] of answers)
      expect([name, new Map(headers).get('www-authenticate')]).toEqual([
        name,
        sentNone.includes(name) ? 'Bearer' : 'Bearer error="invalid_token"',
      ])
  })

  it('does not log in whoever else asks at the same moment', async () => {
    const { token, person } = await aToken()
    const bad = withOther(token, 5)
    const asked = Array.from({ length: 40 }, (_, index) => portal.ask(index % 2 ? token : bad, me))
    for (const [index, answer] of (await Promise.all(asked)).entries()) {
      if (index % 2) expect(answer.data).toMatchObject({ me: { id: person.id } })
      else expect(answer.status).toBe(401)
    }
  })
})

/** Whoever sent a token is told that it is no good, and whoever sent none is not: that much they know themselves. */
const withoutChallenge = ({ headers, ...answer }: ReturnType<typeof outside>) => ({
  ...answer,
  headers: headers.filter(([name]) => name !== 'www-authenticate'),
})
