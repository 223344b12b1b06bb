import { randomInt, randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { engines } from './alone.ts'
import { FakeClock } from './clock.ts'
import { rowsOf } from './rows-of.ts'
import { type Answer, aPerson, type PersonInWorld, signedAddress, world, type World } from './world.ts'

const start = `mutation S($input: StartLoginInput!) { startLogin(input: $input) { __typename ... on LoginCodeSent { challengeId } ... on LoginPaused { until } } }`
const finish = `mutation F($input: FinishLoginInput!) { finishLogin(input: $input) { __typename ... on LoggedIn { token } ... on WrongCode { triesLeft } ... on LoginPaused { until } } }`

interface Outcome {
  __typename: string
  challengeId: string
  token: string
  triesLeft: number
  until: string
}
const outcomeOf = ({ data }: Answer) => Object.values(data ?? {})[0] as Outcome | undefined
const kindsOf = (answers: Answer[]) => {
  const kinds = answers.map((it) => outcomeOf(it)?.__typename ?? it.errors[0]?.extensions.code ?? 'nothing')
  return Object.fromEntries([...new Set(kinds)].sort().map((kind) => [kind, kinds.filter((it) => it === kind).length]))
}

/** As many as they like may knock at once: what is tried here is the log in, not the door. */
const openDoor = { limits: { ratePerSecond: null, inFlight: 5000, timeLimitMs: 90_000, subgraphTimeLimitMs: 90_000 } }

describe.each(engines)('a log in under attack, on %s', { timeout: 120_000 }, (engine) => {
  const clock = new FakeClock('2026-11-23T10:00:00Z')
  const alarms: string[] = []
  const note = (facts: object, words: string) => void alarms.push(JSON.stringify({ ...facts, words }))
  const more = { ...openDoor, openLog: () => ({ info() {}, warn() {}, error: note }) }
  let portal: World
  beforeAll(async () => {
    portal = await world({ engine, clock, more })
  })
  afterAll(() => portal.stop())

  const from = (headers: Record<string, string>) => ({
    start: async ({ mobile, bornOn }: Pick<PersonInWorld, 'mobile' | 'bornOn'>) =>
      portal.ask(undefined, start, { input: { channel: 'TEXT', contact: mobile, bornOn } }, headers),
    finish: (challengeId: string, code: string) =>
      portal.ask(undefined, finish, { input: { challengeId, code } }, headers),
  })
  const anywhere = () => from(signedAddress(portal))

  /** A code on its way to somebody: the try, and the code as their phone shows it. */
  async function aCode(person: PersonInWorld): Promise<{ challengeId: string; code: string }> {
    const before = portal.inbox.latest(person.mobile)?.id
    const { challengeId = '' } = outcomeOf(await anywhere().start(person)) ?? {}
    for (let tries = 0; tries < 50; tries += 1) {
      await portal.graph.settle()
      const text = portal.inbox.latest(person.mobile)
      if (text && text.id !== before) return { challengeId, code: text.body.slice(0, 6) }
    }
    throw new Error('no code came')
  }
  const otherThan = (code: string) => String((Number(code) + randomInt(1, 999_999)) % 1_000_000).padStart(6, '0')

  it('evaluates exactly five of a thousand guesses at one code', async () => {
    const amal = await aPerson(portal)
    const { challengeId, code } = await aCode(amal)
    // A thousand machines, and the right code among the last.
    const guesses = Array.from({ length: 1000 }, (_, index) => (index === 900 ? code : otherThan(code)))
    const answers = await Promise.all(guesses.map((guess) => anywhere().finish(challengeId, guess)))
    const wrong = answers.map(outcomeOf).filter((it) => it?.__typename === 'WrongCode')
    const [row] = await rowsOf<{ tries: number; pair_key: string }>(
      portal,
      'patients',
      'select tries, pair_key from login_challenge where id = ?',
      challengeId,
    )
    const counted = await rowsOf(
      portal,
      'patients',
      `select id from login_attempt where kind = 'wrong-code' and "key" = ?`,
      row?.pair_key ?? '',
    )
    console.log(`1,000 guesses at once: ${JSON.stringify(kindsOf(answers))}`)
    expect([row?.tries, counted.length]).toEqual([5, 5])
    expect(wrong.filter((it) => (it?.triesLeft ?? 0) > 0).map((it) => it?.triesLeft)).toHaveLength(4)
    expect(kindsOf(answers)).not.toHaveProperty('LoggedIn')
    expect(outcomeOf(await anywhere().finish(challengeId, code))?.__typename).toBe('WrongCode')
  })

  it('makes one session of twenty right codes at once', async () => {
    const amal = await aPerson(portal)
    const { challengeId, code } = await aCode(amal)
    const answers = await Promise.all(Array.from({ length: 20 }, () => anywhere().finish(challengeId, code)))
    expect(kindsOf(answers)).toMatchObject({ LoggedIn: 1 })
    const sessions = await rowsOf(portal, 'patients', 'select id from session where patient_id = ?', amal.id)
    expect(sessions).toHaveLength(1)
    const { token = '' } = answers.map(outcomeOf).find((it) => it?.__typename === 'LoggedIn') ?? {}
    expect((await portal.ask(token, '{ me { id } }')).data).toEqual({ me: { id: amal.id } })
  })

  it('believes no address that the site has not signed', async () => {
    const amal = { mobile: '+447733000001', bornOn: '1984-03-09' }
    const claims = [
      (index: number) => ({ 'x-client-address': `203.0.113.${index};${Date.now()};${'A'.repeat(43)}` }),
      (index: number) => ({ 'x-client-address': `203.0.113.${index}` }),
      (index: number) => ({ 'x-forwarded-for': `203.0.113.${index}`, 'x-real-ip': `203.0.113.${index}` }),
      (index: number) => ({ forwarded: `for=203.0.113.${index}`, 'cf-connecting-ip': `203.0.113.${index}` }),
      (index: number) => signedAddress(portal, new Date(Date.now() - 61_000 - index)),
    ]
    clock.pass(3600)
    const answers: Answer[] = []
    for (let index = 0; index < 61; index += 1) {
      const claim = claims[index % claims.length]?.(index) ?? {}
      answers.push(await from(claim).finish(randomUUID(), '000000'))
    }
    const last = answers.at(-1)
    expect(kindsOf(answers.slice(0, 60))).toEqual({ LoginStartAgain: 60 })
    expect(last?.errors[0]?.extensions.code).toBe('RATE_LIMITED')
    expect([last?.status, last?.headers.get('retry-after')]).toEqual([429, '60'])
    // Somebody whom the site vouches for is not held up by them.
    expect(outcomeOf(await anywhere().start(amal))?.__typename).toBe('LoginCodeSent')
  })

  it('sounds the alarm at 200 wrong codes in all, and lets every address begin one log in a minute', async () => {
    clock.pass(2 * 3600)
    alarms.length = 0
    const spread = async (index: number) => {
      const person = { mobile: `+447744${String(index).padStart(6, '0')}`, bornOn: '1984-03-09' }
      const { challengeId = '' } = outcomeOf(await anywhere().start(person)) ?? {}
      for (let tries = 0; tries < 4; tries += 1) {
        const answer = outcomeOf(await anywhere().finish(challengeId, '000000'))
        expect(answer?.__typename).toBe('WrongCode')
      }
    }
    for (let index = 0; index < 49; index += 1) await spread(index)
    const anywhereElse = anywhere()
    for (let asked = 0; asked < 3; asked += 1)
      expect(outcomeOf(await anywhereElse.finish(randomUUID(), '000000'))?.__typename).toBe('LoginStartAgain')
    expect(alarms.filter((it) => it.includes('"alarm"'))).toEqual([])
    await spread(49)
    const sounded = alarms.filter((it) => it.includes('"alarm"')).map((it) => JSON.parse(it) as unknown)
    expect(sounded).toEqual([
      { alarm: 'login', wrongCodesInAnHour: 200, words: 'many wrong codes: log in is slowed down' },
    ])
    const slowed = anywhere()
    const another = (index: number) => ({ mobile: `+447745${String(index).padStart(6, '0')}`, bornOn: '1984-03-09' })
    expect(outcomeOf(await slowed.start(another(1)))?.__typename).toBe('LoginCodeSent')
    const second = await slowed.start(another(2))
    expect([second.status, second.errors[0]?.extensions.code]).toEqual([429, 'RATE_LIMITED'])
    // Who has begun may finish: a log in takes two requests.
    for (let asked = 0; asked < 3; asked += 1)
      expect(outcomeOf(await slowed.finish(randomUUID(), '000000'))?.__typename).toBe('LoginStartAgain')
    clock.pass(60)
    expect(outcomeOf(await slowed.start(another(2)))?.__typename).toBe('LoginCodeSent')
    clock.pass(3600)
    for (let asked = 0; asked < 3; asked += 1)
      expect(outcomeOf(await slowed.finish(randomUUID(), '000000'))?.__typename).toBe('LoginStartAgain')
  })

  it('keeps its limits, its codes and its sessions over a restart', async () => {
    clock.pass(2 * 3600)
    const [amal, bea, cem] = [await aPerson(portal), await aPerson(portal), await aPerson(portal)]
    const tried = await aCode(amal)
    for (let tries = 0; tries < 5; tries += 1) await anywhere().finish(tried.challengeId, otherThan(tried.code))
    for (let sent = 0; sent < 3; sent += 1) await anywhere().start(bea)
    const { challengeId, code } = await aCode(cem)
    const { token = '' } = outcomeOf(await anywhere().finish(challengeId, code)) ?? {}
    const open = await aCode(cem)
    const hasty = signedAddress(portal)
    for (let asked = 0; asked < 60; asked += 1) await from(hasty).finish(randomUUID(), '000000')

    await portal.halt()
    portal = await world({ engine, clock, more, after: portal })
    expect(outcomeOf(await anywhere().finish(tried.challengeId, tried.code))?.__typename).toBe('WrongCode')
    expect(outcomeOf(await anywhere().start(bea))?.__typename).toBe('LoginPaused')
    expect((await from(hasty).finish(randomUUID(), '000000')).status).toBe(429)
    expect(outcomeOf(await anywhere().finish(challengeId, code))?.__typename).toBe('CodeExpired')
    expect(outcomeOf(await anywhere().finish(open.challengeId, open.code))?.__typename).toBe('LoggedIn')
    expect((await portal.ask(token, '{ me { id } }')).data).toEqual({ me: { id: cem.id } })
  })
})
