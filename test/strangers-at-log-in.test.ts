import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { system } from './alone.ts'
import { chanceOfSameSource, outside, timesOf } from './told-apart.ts'
import { aPerson, post, signedAddress, world, type World } from './world.ts'

const start = `mutation S($input: StartLoginInput!) { startLogin(input: $input) { __typename ... on LoginCodeSent { challengeId channel expiresAt } ... on LoginPaused { until } ... on Problem { message } } }`
const resend = `mutation R($input: ResendLoginCodeInput!) { resendLoginCode(input: $input) { __typename ... on LoginCodeSent { challengeId channel expiresAt } ... on LoginPaused { until } ... on Problem { message } } }`
const finish = `mutation F($input: FinishLoginInput!) { finishLogin(input: $input) { __typename ... on LoggedIn { token } ... on WrongCode { triesLeft } ... on LoginPaused { until } ... on Problem { message } } }`
const choose = `mutation C($input: ChooseByNhsNumberInput!) { chooseByNhsNumber(input: $input) { __typename ... on Problem { message } } }`

let mobiles = 0
const aMobile = () => `+447755${String((mobiles += 1)).padStart(6, '0')}`
const bornOn = '1984-03-09'

interface Visitor {
  channel: 'TEXT' | 'EMAIL'
  contact: string
  bornOn: string
}

describe('whether somebody is a patient here', () => {
  let portal: World
  beforeAll(async () => {
    portal = await world()
  })
  afterAll(() => portal.stop())

  const text = (contact: string, born = bornOn): Visitor => ({ channel: 'TEXT', contact, bornOn: born })
  const aKnownMobile = async (facts: object = {}) => {
    const mobile = aMobile()
    await aPerson(portal, { mobile, bornOn, ...facts })
    return mobile
  }

  const visitors: [string, () => Promise<Visitor>][] = [
    ['somebody unknown', () => Promise.resolve(text(aMobile()))],
    ['a patient', async () => text(await aKnownMobile())],
    ['a patient with another date of birth', async () => text(await aKnownMobile(), '1984-03-10')],
    ['somebody who has died', async () => text(await aKnownMobile({ deceased: true }))],
    ['somebody kept out of the portal', async () => text(await aKnownMobile({ sensitive: true }))],
    ['a child', async () => text(await aKnownMobile({ bornOn: '2015-01-01' }), '2015-01-01')],
    [
      'twins',
      async () => {
        const mobile = await aKnownMobile()
        await aPerson(portal, { mobile, bornOn, name: { given: ['Twin'], family: 'Haddad' } })
        return text(mobile)
      },
    ],
    [
      'a couple with one mobile',
      async () => {
        const mobile = await aKnownMobile()
        await aPerson(portal, { mobile, bornOn: '1980-01-01' })
        return text(mobile)
      },
    ],
  ]
  const byEmail: typeof visitors = [
    ['an unknown e-mail', () => Promise.resolve({ channel: 'EMAIL', contact: `${randomUUID()}@example.com`, bornOn })],
    [
      "a patient's e-mail",
      async () => {
        const email = `${randomUUID()}@example.com`
        await aPerson(portal, { email, mobile: aMobile(), bornOn })
        return { channel: 'EMAIL', contact: email, bornOn }
      },
    ],
  ]

  /** All that can be asked in a log in, and each answer as a stranger sees it. */
  async function everythingToldTo(visitor: Visitor): Promise<object[]> {
    const told: object[] = []
    let challengeId = ''
    const ask = async (query: string, input: object) => {
      const answer = await portal.ask(undefined, query, { input }, signedAddress(portal))
      const { data } = answer
      const { challengeId: named } = (Object.values(data ?? {})[0] ?? {}) as { challengeId?: string }
      told.push(outside({ ...answer, text: named ? answer.text.replace(named, '<the try>') : answer.text }))
      if (named) challengeId = named
    }
    await ask(start, visitor)
    const first = challengeId
    await ask(finish, { challengeId, code: 'no code' })
    // The right code is one in a million, and would be seen.
    for (let tries = 0; tries < 6; tries += 1) await ask(finish, { challengeId, code: `00000${tries}` })
    await ask(choose, { challengeId, lastFour: '0000' })
    await ask(resend, { challengeId })
    await ask(finish, { challengeId: first, code: '000000' })
    await ask(start, visitor)
    await ask(start, visitor)
    await ask(resend, { challengeId })
    await portal.graph.settle()
    portal.clock.pass(120)
    await ask(finish, { challengeId, code: '000000' })
    portal.clock.pass(30 * 60)
    await ask(finish, { challengeId, code: '000000' })
    await ask(resend, { challengeId })
    return told
  }

  it.each([visitors, byEmail])('is told to nobody by a single byte', { timeout: 60_000 }, async (...some) => {
    const told: [string, object[]][] = []
    const began = portal.clock.now()
    for (const [name, visitor] of some as typeof visitors) {
      const who = await visitor()
      portal.clock.set(began)
      told.push([name, await everythingToldTo(who)])
    }
    const [, stranger = []] = told[0] ?? []
    expect(stranger).toHaveLength(17)
    expect(new Set(stranger.map((it) => JSON.stringify(it))).size).toBeGreaterThan(8)
    for (const [name, it] of told) expect([name, it]).toEqual([name, stranger])
  })

  it('is told to somebody with the right code alone', async () => {
    const mobile = await aKnownMobile()
    await portal.ask(undefined, start, { input: text(mobile) }, signedAddress(portal))
    await portal.graph.settle()
    expect(portal.inbox.latest(mobile)?.body).toMatch(/^\d{6}/)
    const nobodys = aMobile()
    await portal.ask(undefined, start, { input: text(nobodys) }, signedAddress(portal))
    await portal.graph.settle()
    expect(portal.inbox.latest(nobodys)).toBeUndefined()
  })

  describe('is not told by how long an answer takes', { timeout: 900_000 }, () => {
    const each = 2000

    /** People on the record, straight into the subgraph: what is timed comes after. */
    async function knownMobiles(): Promise<string[]> {
      const query = `mutation R($input: RecordPatientInput!) { recordPatient(input: $input) { __typename } }`
      const found: string[] = []
      for (let count = 0; count < each; count += 1) {
        const mobile = aMobile()
        const input = {
          idempotencyKey: randomUUID(),
          eventAt: portal.clock.now(),
          hospitalNumber: randomUUID(),
          name: { given: ['Amal'], family: 'Haddad' },
          bornOn,
          mobile,
        }
        await portal.graph.subgraphs
          .get('patients')
          ?.execute({ query, variables: { input }, viewer: system, requestId: randomUUID() })
        found.push(mobile)
      }
      return found
    }

    /** Start, then a wrong code, for as many patients as strangers; each from an address of its own. */
    async function measure(): Promise<{ starting: [number[], number[]]; finishing: [number[], number[]] }> {
      const contacts = [await knownMobiles(), Array.from({ length: each }, aMobile)] as const
      const tries: [string[], string[]] = [[], []]
      const ask = (query: string, input: object) =>
        post(portal.url, undefined, { query, variables: { input } }, signedAddress(portal))
      // After so long a pause the old connections are gone.
      await fetch(portal.url).catch(() => undefined)
      const starting = await timesOf(each, async (which, index) => {
        const { data } = await ask(start, text(contacts[which][index] ?? ''))
        tries[which].push((data?.startLogin as unknown as { challengeId: string }).challengeId)
      })
      await portal.graph.settle()
      await fetch(portal.url).catch(() => undefined)
      const finishing = await timesOf(each, async (which, index) => {
        const { data } = await ask(finish, { challengeId: tries[which][index], code: '000000' })
        if (!data) throw new Error('no answer')
      })
      return { starting, finishing }
    }

    const middle = (times: number[]) => ([...times].sort((a, b) => a - b)[times.length >> 1] ?? 0).toFixed(2)
    /** The least delay (ms) that these very times would have given away. */
    const leastSeen = ([a, b]: [number[], number[]]) =>
      [0.25, 0.5, 1, 2, 4].find(
        (delay) =>
          chanceOfSameSource(
            a.map((it) => it + delay),
            b,
          ) < 0.01,
      ) ?? Infinity

    it('to 2,000 patients and 2,000 strangers', async () => {
      // One in a hundred samples of equals differs so much by chance: two in a row do not.
      for (let sample = 1; ; sample += 1) {
        const times = Object.entries(await measure())
        const chances = times.map(([, [a, b]]) => chanceOfSameSource(a, b))
        for (const [index, [name, both]] of times.entries())
          console.log(
            `${name}, 2 x ${each}: patients ${middle(both[0])} ms, strangers ${middle(both[1])} ms, p = ${chances[index]?.toFixed(3)}; a delay of ${leastSeen(both)} ms would have been seen`,
          )
        // 1 ms on a machine that does nothing else, and never so much that the check would find nothing.
        expect(Math.max(...times.map(([, both]) => leastSeen(both)))).toBeLessThanOrEqual(4)
        if (Math.min(...chances) > 0.01) return
        expect(sample, 'samples that could be told apart').toBeLessThan(2)
      }
    })
  })
})
