import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Alone, alone, anonymous, engines, gateway, patient, system } from '../../test/alone.ts'
import { FakeClock } from '../../test/clock.ts'
import { anAddress, aPatient, codeOf, finishLogin, otherThan, recordPerson, startLogin } from '../../test/people.ts'
import { PatientKeys } from './keys.ts'
import { patients } from './main.ts'

const extra = { keys: new PatientKeys(Buffer.alloc(32, 7)), demonstration: false }
const bornOn = '1984-03-09'
let mobiles = 0
const aMobile = () => `+44770090${String((mobiles += 1)).padStart(4, '0')}`

describe.each(engines)('logging in, on %s', (engine) => {
  let portal: Alone
  const clock = new FakeClock('2026-11-23T10:00:00Z')
  beforeAll(async () => {
    portal = await alone(patients, { engine, clock, extra })
  })
  afterAll(() => portal.stop())

  const wanted = async (facts = {}) => {
    const mobile = aMobile()
    const person = await aPatient(portal, { mobile, bornOn, ...facts })
    const { challengeId } = await startLogin(portal, { contact: mobile, bornOn })
    return { mobile, person, challengeId, code: (await codeOf(portal, challengeId)) ?? '' }
  }
  const viewerOf = async (token: string) => {
    const tokenHash = createHash('sha256').update(token).digest('base64url')
    const { data } = await portal.ask(
      gateway,
      `query V($h: ID!) { viewerOf(tokenHash: $h) { role patientIds sessionId } }`,
      { h: tokenHash },
    )
    return data?.viewerOf as unknown as { role: string; patientIds: string[]; sessionId: string } | null
  }
  const loggedIn = async () => {
    const { challengeId, code, person, mobile } = await wanted()
    const { token, session } = await finishLogin(portal, { challengeId, code })
    return { token, session, person, mobile }
  }

  it('lets a person of the record in with mobile, date of birth and the code', async () => {
    const { challengeId, code, person } = await wanted()
    const answer = await finishLogin(portal, { challengeId, code: `${code.slice(0, 3)} ${code.slice(3)}` })
    expect(answer.__typename).toBe('LoggedIn')
    expect(await viewerOf(answer.token)).toMatchObject({ role: 'PATIENT', patientIds: [person.id] })
  })

  it('takes the mobile as people write it, and the e-mail in any case', async () => {
    const email = `amal${mobiles}@example.com`
    await aPatient(portal, { mobile: '+447700900999', email, bornOn: '1990-01-01' })
    for (const contact of ['07700 900999', '+44 (0)7700 900 999', '0044-7700-900999']) {
      const answer = await startLogin(portal, { contact, bornOn: '1990-01-01' })
      expect(await codeOf(portal, answer.challengeId)).toMatch(/^\d{6}$/)
    }
    const answer = await startLogin(portal, { channel: 'EMAIL', contact: email.toUpperCase(), bornOn: '1990-01-01' })
    expect(await codeOf(portal, answer.challengeId)).toMatch(/^\d{6}$/)
  })

  it('accepts the code one millisecond before its two minutes are over, and not when they are', async () => {
    const inTime = await wanted()
    clock.pass(119.999)
    expect((await finishLogin(portal, inTime)).__typename).toBe('LoggedIn')
    const late = await wanted()
    clock.pass(120)
    expect((await finishLogin(portal, late)).__typename).toBe('CodeExpired')
    expect(await codeOf(portal, late.challengeId)).toBeUndefined()
  })

  it('accepts a code once', async () => {
    const { challengeId, code } = await wanted()
    expect((await finishLogin(portal, { challengeId, code })).__typename).toBe('LoggedIn')
    expect((await finishLogin(portal, { challengeId, code })).__typename).toBe('CodeExpired')
  })

  it('accepts the newest code only', async () => {
    const first = await wanted()
    const second = await startLogin(portal, { contact: first.mobile, bornOn })
    expect((await finishLogin(portal, first)).__typename).toBe('CodeExpired')
    expect(
      (
        await finishLogin(portal, {
          challengeId: second.challengeId,
          code: (await codeOf(portal, second.challengeId)) ?? '',
        })
      ).__typename,
    ).toBe('LoggedIn')
  })

  it("refuses somebody else's code", async () => {
    const mine = await wanted()
    const other = await wanted()
    expect(
      (
        await finishLogin(portal, {
          challengeId: mine.challengeId,
          code: other.code === mine.code ? otherThan(mine.code) : other.code,
        })
      ).__typename,
    ).toBe('WrongCode')
  })

  it('counts five tries, and then the right code does not help', async () => {
    const { challengeId, code } = await wanted()
    for (const left of [4, 3, 2, 1, 0])
      expect(await finishLogin(portal, { challengeId, code: otherThan(code) })).toMatchObject({
        __typename: 'WrongCode',
        triesLeft: left,
      })
    expect(await finishLogin(portal, { challengeId, code })).toMatchObject({ __typename: 'WrongCode', triesLeft: 0 })
  })

  it('does not count what cannot be a code', async () => {
    const { challengeId, code } = await wanted()
    for (const typed of ['', '12345', '1234567', 'abcdef', '１２３４５６'])
      expect(await finishLogin(portal, { challengeId, code: typed })).toMatchObject({
        __typename: 'WrongCode',
        triesLeft: 5,
      })
    expect((await finishLogin(portal, { challengeId, code })).__typename).toBe('LoggedIn')
  })

  it('evaluates exactly five of a thousand guesses made at once', async () => {
    const { challengeId, code } = await wanted()
    const wrong = otherThan(code)
    const answers = await Promise.all(
      Array.from({ length: 1000 }, () => finishLogin(portal, { challengeId, code: wrong })),
    )
    const lefts = answers.map((it) => it.triesLeft)
    expect(lefts.filter((it) => it > 0).sort()).toEqual([1, 2, 3, 4])
    expect((await finishLogin(portal, { challengeId, code })).__typename).not.toBe('LoggedIn')
  }, 60_000)

  it('makes one session of twenty right codes sent at once', async () => {
    const { challengeId, code } = await wanted()
    const answers = await Promise.all(Array.from({ length: 20 }, () => finishLogin(portal, { challengeId, code })))
    expect(answers.filter((it) => it.__typename === 'LoggedIn')).toHaveLength(1)
  })

  it('pauses for 15 minutes after 10 wrong codes, and for 2 hours after 20', async () => {
    const { mobile } = await wanted()
    const tenWrong = async () => {
      for (let round = 0; round < 2; round += 1) {
        clock.pass(301)
        const { challengeId } = await startLogin(portal, { contact: mobile, bornOn })
        const code = (await codeOf(portal, challengeId)) ?? ''
        for (let tries = 0; tries < 5; tries += 1) await finishLogin(portal, { challengeId, code: otherThan(code) })
      }
    }
    await tenWrong()
    const paused = await startLogin(portal, { contact: mobile, bornOn })
    expect(paused).toMatchObject({
      __typename: 'LoginPaused',
      until: new Date(clock.now().getTime() + 15 * 60_000).toISOString(),
    })
    clock.pass(15 * 60 - 1)
    expect((await startLogin(portal, { contact: mobile, bornOn })).__typename).toBe('LoginPaused')
    clock.pass(1)
    await tenWrong()
    clock.pass(2 * 3600 - 1)
    expect((await startLogin(portal, { contact: mobile, bornOn })).__typename).toBe('LoginPaused')
    clock.pass(1)
    expect((await startLogin(portal, { contact: mobile, bornOn })).__typename).toBe('LoginCodeSent')
  })

  it('sends at most 3 codes in 15 minutes and 10 in a day, whoever is behind a contact and date of birth', async () => {
    const mobile = aMobile()
    const send = () => startLogin(portal, { contact: mobile, bornOn: '1999-09-09' })
    for (let sent = 0; sent < 3; sent += 1) expect((await send()).__typename).toBe('LoginCodeSent')
    expect(await send()).toMatchObject({
      __typename: 'LoginPaused',
      until: new Date(clock.now().getTime() + 15 * 60_000).toISOString(),
    })
    for (let sent = 3; sent < 10; sent += 1) {
      clock.pass(15 * 60)
      expect((await send()).__typename).toBe('LoginCodeSent')
    }
    clock.pass(15 * 60)
    expect((await send()).__typename).toBe('LoginPaused')
  })

  it('lets nobody keep somebody else out who only knows their mobile', async () => {
    const { mobile, challengeId, code } = await wanted()
    for (let day = 1; day <= 12; day += 1)
      await startLogin(portal, { contact: mobile, bornOn: `1970-01-${String(day).padStart(2, '0')}` })
    expect((await finishLogin(portal, { challengeId, code })).__typename).toBe('LoggedIn')
    expect((await startLogin(portal, { contact: mobile, bornOn })).__typename).toBe('LoginCodeSent')
  })

  it('counts a whole IPv6 network of one household as one address', async () => {
    const ask = (host: number) =>
      startLogin(portal, { contact: aMobile(), bornOn }, `2001:db8:ffff:1::${host.toString(16)}`)
    for (let host = 1; host <= 60; host += 1) await ask(host)
    await expect(ask(61)).rejects.toThrow('RATE_LIMITED')
  })

  it('answers 60 requests a minute from one address', async () => {
    const address = anAddress()
    const ask = () => startLogin(portal, { contact: aMobile(), bornOn }, address)
    for (let count = 0; count < 60; count += 1) await ask()
    await expect(ask()).rejects.toThrow('RATE_LIMITED')
    clock.pass(60)
    expect((await ask()).__typename).toBe('LoginCodeSent')
  })

  it('sends a new code without anything being typed again', async () => {
    const { challengeId, code, mobile } = await wanted()
    const again = `mutation R($input: ResendLoginCodeInput!) { resendLoginCode(input: $input) { __typename ... on LoginCodeSent { challengeId } } }`
    const { data } = await portal.ask(anonymous(anAddress()), again, { input: { challengeId } })
    const fresh = (data?.resendLoginCode as unknown as { challengeId: string }).challengeId
    expect(await finishLogin(portal, { challengeId, code })).toMatchObject({ __typename: 'CodeExpired' })
    const query = `query Code($id: ID!) { loginCode(challengeId: $id) { contact } }`
    expect((await portal.ask(system, query, { id: fresh })).data).toEqual({ loginCode: { contact: mobile } })
    for (const wrong of ['no-such-try', fresh.replace(/^./, 'z')]) {
      const answer = await portal.ask(anonymous(anAddress()), again, { input: { challengeId: wrong } })
      expect(answer.data).toEqual({ resendLoginCode: { __typename: 'LoginStartAgain' } })
    }
  })

  it('tells the pair apart when two people share a mobile, and asks twins for their NHS number', async () => {
    const mobile = aMobile()
    const maureen = await aPatient(portal, { mobile, bornOn: '1950-02-14' })
    await aPatient(portal, { mobile, bornOn: '1947-11-30' })
    const { challengeId } = await startLogin(portal, { contact: mobile, bornOn: '1950-02-14' })
    const { token } = await finishLogin(portal, { challengeId, code: (await codeOf(portal, challengeId)) ?? '' })
    expect((await viewerOf(token))?.patientIds).toEqual([maureen.id])

    const twins = aMobile()
    const chidi = await aPatient(portal, {
      mobile: twins,
      bornOn: '1996-07-21',
      nhsNumber: engine === 'sqlite' ? '9990249423' : '9990290997',
    })
    await aPatient(portal, {
      mobile: twins,
      bornOn: '1996-07-21',
      nhsNumber: engine === 'sqlite' ? '9990207852' : '9990332568',
    })
    const started = await startLogin(portal, { contact: twins, bornOn: '1996-07-21' })
    const passed = await finishLogin(portal, {
      challengeId: started.challengeId,
      code: (await codeOf(portal, started.challengeId)) ?? '',
    })
    expect(passed).toMatchObject({ __typename: 'NhsNumberNeeded', triesLeft: 3 })
    const choose = `mutation C($input: ChooseByNhsNumberInput!) { chooseByNhsNumber(input: $input) { __typename ... on LoggedIn { token } ... on NhsNumberNeeded { triesLeft } } }`
    const wrong = await portal.ask(anonymous(anAddress()), choose, {
      input: { challengeId: passed.challengeId, lastFour: '0000' },
    })
    expect(wrong.data).toEqual({ chooseByNhsNumber: { __typename: 'NhsNumberNeeded', triesLeft: 2 } })
    const right = await portal.ask(anonymous(anAddress()), choose, {
      input: { challengeId: passed.challengeId, lastFour: chidi.nhsNumber?.slice(-4) },
    })
    const chosen = right.data?.chooseByNhsNumber as unknown as { token: string }
    expect((await viewerOf(chosen.token))?.patientIds).toEqual([chidi.id])
  })

  it('gives twins three tries at their NHS number, and then a phone number', async () => {
    const mobile = aMobile()
    for (let twin = 0; twin < 2; twin += 1) await aPatient(portal, { mobile, bornOn: '1996-07-22' })
    const { challengeId } = await startLogin(portal, { contact: mobile, bornOn: '1996-07-22' })
    await finishLogin(portal, { challengeId, code: (await codeOf(portal, challengeId)) ?? '' })
    const choose = `mutation C($input: ChooseByNhsNumberInput!) { chooseByNhsNumber(input: $input) { __typename ... on Problem { message } } }`
    const answers = []
    for (let tries = 0; tries < 4; tries += 1)
      answers.push(
        (await portal.ask(anonymous(anAddress()), choose, { input: { challengeId, lastFour: '0000' } })).data
          ?.chooseByNhsNumber,
      )
    expect(answers.map((it) => (it as unknown as { __typename: string }).__typename)).toEqual([
      'NhsNumberNeeded',
      'NhsNumberNeeded',
      'NhsNumberNeeded',
      'LoginStartAgain',
    ])
    expect((answers[2] as unknown as { message: string }).message).toContain('Contact')
    // Each guess was a wrong code: three rounds of them and there is a pause.
    for (let round = 0; round < 3; round += 1) {
      clock.pass(301)
      const again = await startLogin(portal, { contact: mobile, bornOn: '1996-07-22' })
      if (again.__typename === 'LoginPaused') break
      await finishLogin(portal, {
        challengeId: again.challengeId,
        code: (await codeOf(portal, again.challengeId)) ?? '',
      })
      for (let tries = 0; tries < 3; tries += 1)
        await portal.ask(anonymous(anAddress()), choose, {
          input: { challengeId: again.challengeId, lastFour: '0000' },
        })
    }
    expect((await startLogin(portal, { contact: mobile, bornOn: '1996-07-22' })).__typename).toBe('LoginPaused')
  })

  it.each([
    ['under 18', { bornOn: '2008-11-24' }],
    ['dead', { deceased: true }],
    ['kept out by the hospital', { sensitive: true }],
  ])('sends no code to somebody who is %s, and looks as if it did', async (_, facts) => {
    const mobile = aMobile()
    await aPatient(portal, { mobile, bornOn, ...facts })
    const answer = await startLogin(portal, { contact: mobile, bornOn: 'bornOn' in facts ? facts.bornOn : bornOn })
    expect(answer.__typename).toBe('LoginCodeSent')
    expect(await codeOf(portal, answer.challengeId)).toBeUndefined()
  })

  it('ends a session after 10 idle minutes, and after 12 hours of use', async () => {
    const idle = await loggedIn()
    clock.pass(599)
    expect(await viewerOf(idle.token)).not.toBeNull()
    clock.pass(599)
    expect(await viewerOf(idle.token)).not.toBeNull()
    clock.pass(600)
    expect(await viewerOf(idle.token)).toBeNull()
    const busy = await loggedIn()
    for (let minutes = 0; minutes < 12 * 60; minutes += 9) {
      clock.pass(9 * 60)
      await viewerOf(busy.token)
    }
    expect(await viewerOf(busy.token)).toBeNull()
  })

  it('ends sessions at once when the hospital says that the person has died', async () => {
    const { token, person } = await loggedIn()
    expect(await viewerOf(token)).not.toBeNull()
    await recordPerson(portal, { hospitalNumber: person.hospitalNumber, deceased: true })
    expect(await viewerOf(token)).toBeNull()
  })

  it('lists sessions, ends one, and logs out everywhere', async () => {
    const { token, session, person, mobile } = await loggedIn()
    const second = await startLogin(portal, { contact: mobile, bornOn })
    const other = await finishLogin(portal, {
      challengeId: second.challengeId,
      code: (await codeOf(portal, second.challengeId)) ?? '',
    })
    const me = patient(person.id, { sessionId: session.id })
    const list = await portal.ask(me, `{ me { sessions { id current } } }`)
    expect(list.data?.me).toMatchObject({
      sessions: expect.arrayContaining([
        { id: session.id, current: true },
        { id: other.session.id, current: false },
      ]),
    })
    const end = `mutation E($input: EndSessionInput!) { endSession(input: $input) { __typename } }`
    await portal.ask(me, end, { input: { idempotencyKey: `end-${other.session.id}`, sessionId: other.session.id } })
    expect(await viewerOf(other.token)).toBeNull()
    expect(await viewerOf(token)).not.toBeNull()
    const foreign = await loggedIn()
    const refused = await portal.ask(me, end, {
      input: { idempotencyKey: `end-${foreign.session.id}`, sessionId: foreign.session.id },
    })
    expect(refused.data).toEqual({ endSession: { __typename: 'SessionNotFound' } })
    expect(await viewerOf(foreign.token)).not.toBeNull()
    await portal.ask(
      me,
      `mutation O { logOutEverywhere(input: { idempotencyKey: "out-${session.id}" }) { __typename } }`,
    )
    expect(await viewerOf(token)).toBeNull()
  })

  it('keeps neither code, contact nor token where somebody who reads the database could use it', async () => {
    const { challengeId, code, mobile } = await wanted()
    const before = await portal.ask(system, `query Code($id: ID!) { loginCode(challengeId: $id) { code } }`, {
      id: challengeId,
    })
    expect(before.data).toEqual({ loginCode: { code } })
    await portal.ask(
      system,
      `mutation H($input: HandOverLoginCodeInput!) { handOverLoginCode(input: $input) { __typename } }`,
      {
        input: { idempotencyKey: `hand-${challengeId}`, challengeId },
      },
    )
    expect(await codeOf(portal, challengeId)).toBeUndefined()
    expect((await finishLogin(portal, { challengeId, code })).__typename).toBe('LoggedIn')
    expect(portal.lines.join('\n')).not.toContain(mobile)
  })

  it('has a database that is just what the code says', async () => {
    expect(await portal.subgraph.pendingChanges()).toBe('')
  })
})
