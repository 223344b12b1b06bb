import { randomInt, randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { engines } from './alone.ts'
import { aStaffMemberOf, staffLogIn, tokenIn } from './desk-in-world.ts'
import { rowsOf } from './rows-of.ts'
import { codeNow, type NewStaffMember } from './staff.ts'
import { chanceOfSameSource, outside, timesOf } from './told-apart.ts'
import { type Answer, signedAddress, world, type World } from './world.ts'

const nextCode = 30
const whoAmI = '{ staffMember { id } }'
const openDoor = { limits: { ratePerSecond: null, inFlight: 5000, timeLimitMs: 90_000, subgraphTimeLimitMs: 90_000 } }

const kindOf = ({ data, text }: Answer) => (data?.logInStaff as { __typename?: string } | undefined)?.__typename ?? text
const countOf = (answers: Answer[]) => {
  const kinds = Map.groupBy(answers, kindOf)
  return Object.fromEntries([...kinds].map(([kind, all]) => [kind, all.length]))
}
const otherThan = (code: string) => String((Number(code) + randomInt(1, 999_999)) % 1_000_000).padStart(6, '0')

async function aDisabledMember(portal: World): Promise<NewStaffMember> {
  const member = await aStaffMemberOf(portal)
  const disable = `mutation D($input: DisableStaffMemberInput!) { disableStaffMember(input: $input) { __typename } }`
  await portal.system(disable, { input: { email: member.email } })
  return member
}

describe.each(engines)('the log in of staff under attack, on %s', { timeout: 120_000 }, (engine) => {
  let portal: World
  beforeAll(async () => {
    portal = await world({ engine, more: openDoor })
  })
  afterAll(() => portal.stop())

  const sessionsOf = ({ id }: NewStaffMember) =>
    rowsOf(portal, 'patients', 'select id from staff_session where staff_member_id = ?', id)

  it.each([
    ['five of fifty guesses at once from one network', 50, 5, true],
    ['fifty of a hundred guesses at once from as many networks', 100, 50, false],
  ])('evaluates exactly %s, the right one among the last', async (_, guesses, evaluated, isOneNetwork) => {
    const member = await aStaffMemberOf(portal)
    const right = codeNow(portal, member.totpUri)
    const codes = Array.from({ length: guesses }, (__, index) => (index === guesses - 5 ? right : otherThan(right)))
    const one = signedAddress(portal)
    const from = () => (isOneNetwork ? one : signedAddress(portal))
    const answers = await Promise.all(codes.map((code) => staffLogIn(portal, member, { code }, from())))
    console.log(`${guesses} guesses at once: ${JSON.stringify(countOf(answers))}`)
    expect(countOf(answers)).toEqual({ StaffLoginRefused: evaluated, LoginPaused: guesses - evaluated })
    expect(await sessionsOf(member)).toEqual([])
    expect(kindOf(await staffLogIn(portal, member, {}, from()))).toBe('LoginPaused')
    const inCapitals = { ...member, email: ` ${member.email.toUpperCase()} ` }
    expect(kindOf(await staffLogIn(portal, inCapitals, {}, from()))).toBe('LoginPaused')
    expect(kindOf(await staffLogIn(portal, await aStaffMemberOf(portal), {}, from()))).toBe('StaffLoggedIn')
  })

  it('does not keep anybody out who logs in from elsewhere', async () => {
    const [member, network] = [await aStaffMemberOf(portal), signedAddress(portal)]
    for (let tries = 0; tries < 7; tries += 1) await staffLogIn(portal, member, { password: 'wrong' }, network)
    expect(kindOf(await staffLogIn(portal, member, {}, network))).toBe('LoginPaused')
    expect(kindOf(await staffLogIn(portal, member))).toBe('StaffLoggedIn')
  })

  it('makes one session of one code, however many use it at once', async () => {
    const member = await aStaffMemberOf(portal)
    const answers = await Promise.all(Array.from({ length: 4 }, () => staffLogIn(portal, member)))
    expect(countOf(answers)).toEqual({ StaffLoggedIn: 1, StaffLoginRefused: 3 })
    expect(await sessionsOf(member)).toHaveLength(1)
    const winner = answers.find((it) => kindOf(it) === 'StaffLoggedIn')
    expect((await portal.ask(winner && tokenIn(winner), whoAmI)).data).toEqual({ staffMember: { id: member.id } })
    const spaced = [...codeNow(portal, member.totpUri)].join(' ')
    expect(kindOf(await staffLogIn(portal, member, { code: spaced }))).toBe('StaffLoginRefused')
  })

  it('keeps its limits, used codes and sessions over a restart', async () => {
    const [tried, used, disabled] = [
      await aStaffMemberOf(portal),
      await aStaffMemberOf(portal),
      await aDisabledMember(portal),
    ]
    const network = signedAddress(portal)
    for (let tries = 0; tries < 5; tries += 1) await staffLogIn(portal, tried, { password: 'wrong' }, network)
    const token = tokenIn(await staffLogIn(portal, used))
    await portal.halt()
    portal = await world({ engine, clock: portal.clock, more: openDoor, after: portal })
    expect(kindOf(await staffLogIn(portal, tried, {}, network))).toBe('LoginPaused')
    expect(kindOf(await staffLogIn(portal, used))).toBe('StaffLoginRefused')
    expect(kindOf(await staffLogIn(portal, disabled))).toBe('StaffLoginRefused')
    expect((await portal.ask(token, whoAmI)).data).toEqual({ staffMember: { id: used.id } })
    portal.clock.pass(nextCode)
    expect(kindOf(await staffLogIn(portal, used))).toBe('StaffLoggedIn')
    portal.clock.pass(15 * 60)
    expect(kindOf(await staffLogIn(portal, tried, {}, network))).toBe('StaffLoggedIn')
  })

  it('has kept neither password, nor code app, nor token as they are', async () => {
    const member = await aStaffMemberOf(portal)
    const token = tokenIn(await staffLogIn(portal, member))
    const secret = new URL(member.totpUri).searchParams.get('secret') ?? ''
    const kept = await Promise.all(
      ['staff_member', 'staff_session'].map((table) => rowsOf(portal, 'patients', `select * from ${table}`)),
    )
    const text = JSON.stringify(kept)
    expect(text).toContain(member.id)
    for (const it of [member.password, secret, token, encodeURIComponent(member.totpUri)])
      expect(text).not.toContain(it)
  })
})

describe('whether somebody is of the staff', () => {
  let portal: World
  beforeAll(async () => {
    portal = await world({ more: openDoor })
  })
  afterAll(() => portal.stop())

  const somebodyElses = (email: string, { password, totpUri }: NewStaffMember) => ({ id: '', email, password, totpUri })
  const strangers = async (): Promise<[string, NewStaffMember][]> => {
    const [known, disabled, another] = [
      await aStaffMemberOf(portal),
      await aDisabledMember(portal),
      await aStaffMemberOf(portal),
    ]
    return [
      ['nobody', somebodyElses(`${randomUUID()}@example.com`, another)],
      ['what is no address', somebodyElses(randomUUID(), another)],
      ['a colleague’s password and code app', somebodyElses(known.email, another)],
      ['somebody who is disabled, with everything right', disabled],
      [
        'somebody, with a wrong code',
        { ...known, totpUri: another.totpUri, email: (await aStaffMemberOf(portal)).email },
      ],
    ]
  }

  /** All that is told to one who tries until there is a pause, and after it. */
  async function everythingToldTo(who: NewStaffMember): Promise<object[]> {
    const code = otherThan(codeNow(portal, who.totpUri))
    const otherwise = [{}, { code }, { password: 'wrong' }, { code: '' }, { password: '', code: 'x' }, {}, { code }]
    const told: object[] = []
    const network = signedAddress(portal)
    for (const it of otherwise) told.push(outside(await staffLogIn(portal, who, it, network)))
    portal.clock.pass(15 * 60)
    for (const it of [{ code }, { device: '' }]) told.push(outside(await staffLogIn(portal, who, it, network)))
    return told
  }

  it('is told to nobody by a single byte', { timeout: 60_000 }, async () => {
    const began = portal.clock.now()
    const told: [string, object[]][] = []
    for (const [name, who] of await strangers()) {
      portal.clock.set(began)
      told.push([name, await everythingToldTo(who)])
    }
    const [, nobody = []] = told[0] ?? []
    expect(nobody).toHaveLength(9)
    expect(new Set(nobody.map((it) => JSON.stringify(it))).size).toBe(2)
    for (const [name, it] of told) expect([name, it]).toEqual([name, nobody])
  })

  it('would be told by everything right', async () => {
    const member = await aStaffMemberOf(portal)
    expect(kindOf(await staffLogIn(portal, member, { code: otherThan(codeNow(portal, member.totpUri)) }))).toBe(
      'StaffLoginRefused',
    )
    expect(kindOf(await staffLogIn(portal, member))).toBe('StaffLoggedIn')
  })

  describe('is not told by how long an answer takes', { timeout: 300_000 }, () => {
    const [members, triesOfEach] = [50, 4]

    /** Wrong codes for as many log ins of one kind as for e-mail addresses of nobody. */
    async function measure(some: () => Promise<NewStaffMember>): Promise<[number[], number[]]> {
      const known: NewStaffMember[] = []
      while (known.length < members) known.push(await some())
      const nobodies = known.map((it) => somebodyElses(`${randomUUID()}@example.com`, it))
      return timesOf(members * triesOfEach, async (which, index) => {
        const who = (which ? nobodies : known)[index % members]
        const answer = who && (await staffLogIn(portal, who, { code: 'wrong' }))
        if (!answer || kindOf(answer) !== 'StaffLoginRefused') throw new Error(answer?.text)
      })
    }
    const middle = (times: number[]) => ([...times].sort((a, b) => a - b)[times.length >> 1] ?? 0).toFixed(2)

    it.each([
      ['somebody of the staff', () => aStaffMemberOf(portal)],
      ['somebody who is disabled', () => aDisabledMember(portal)],
    ])('to 200 tries of nobody and of %s', async (name, some) => {
      // One in a hundred samples of equals differs so much by chance: two in a row do not.
      for (let sample = 1; ; sample += 1) {
        const both = await measure(some)
        const chance = chanceOfSameSource(...both)
        console.log(
          `2 x ${both[0].length}: ${name} ${middle(both[0])} ms, nobody ${middle(both[1])} ms, p = ${chance.toFixed(3)}`,
        )
        // A password that is not looked at saves half of the time: so much less would be seen by far.
        const sooner = both[1].map((it) => it * 0.8)
        expect(chanceOfSameSource(both[0], sooner)).toBeLessThan(0.01)
        if (chance > 0.01) return
        expect(sample, 'samples that could be told apart').toBeLessThan(2)
      }
    })
  })
})
