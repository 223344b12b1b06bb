import { createHash, randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Alone, alone, anonymous, engines, gateway, system } from '../../../test/alone.ts'
import { FakeClock } from '../../../test/clock.ts'
import { anAddress } from '../../../test/people.ts'
import { aStaffMember, codeNow, logInStaff, type NewStaffMember, otherThan } from '../../../test/staff.ts'
import { Role, type Viewer } from '../../runtime/viewer.ts'
import { PatientKeys } from '../keys.ts'
import { patients } from '../main.ts'

const extra = { keys: new PatientKeys(Buffer.alloc(32, 7)), demonstration: false }
const nextCode = 30
const resetStaff = `mutation R($input: ResetStaffMemberInput!) {
  resetStaffMember(input: $input) { ... on StaffMemberCreated { password totpUri } }
}`

describe.each(engines)('logging in staff, on %s', (engine) => {
  let portal: Alone
  const clock = new FakeClock('2026-11-23T10:00:00Z')
  beforeAll(async () => {
    portal = await alone(patients, { engine, clock, extra })
  })
  afterAll(() => portal.stop())

  const right = ({ email, password, totpUri }: NewStaffMember) => ({ email, password, code: codeNow(portal, totpUri) })
  const viewerOf = async (token: string) => {
    const h = createHash('sha256').update(token).digest('base64url')
    const query = `query V($h: ID!) { viewerOf(tokenHash: $h) { role actorId name patientIds sessionId scopes } }`
    return (await portal.ask(gateway, query, { h })).data?.viewerOf as unknown as Viewer | null
  }
  const asStaff = async (token: string): Promise<Viewer> => {
    const viewer = await viewerOf(token)
    if (!viewer) throw new Error('nobody is logged in')
    return viewer
  }

  it('lets staff in with e-mail address, password and the code of their app, as staff of their clinics', async () => {
    const everywhere = await aStaffMember(portal)
    const answer = await logInStaff(portal, { ...right(everywhere), email: everywhere.email.toUpperCase() })
    expect(answer).toMatchObject({
      __typename: 'StaffLoggedIn',
      expiresAt: new Date(clock.now().getTime() + 600_000).toISOString(),
      staffMember: { email: everywhere.email, lastLoggedInAt: clock.now().toISOString() },
    })
    expect(await viewerOf(answer.token)).toMatchObject({
      role: 'STAFF',
      actorId: `staff:${everywhere.id}`,
      name: answer.staffMember.name,
      patientIds: [],
      scopes: ['clinics:*'],
    })
    const somewhere = await aStaffMember(portal, { clinicCodes: ['EYE1', 'DER1', 'EYE1'] })
    const { token } = await logInStaff(portal, right(somewhere))
    expect((await viewerOf(token))?.scopes).toEqual(['clinic:EYE1', 'clinic:DER1'])
  })

  it('lets those who release results say so to every subgraph, until they are no longer to', async () => {
    const member = await aStaffMember(portal, { clinicCodes: ['EYE1'], releasesResults: true })
    const first = await logInStaff(portal, right(member))
    expect((await viewerOf(first.token))?.scopes).toEqual(['clinic:EYE1', 'results'])
    const me = await portal.ask(await asStaff(first.token), '{ staffMember { releasesResults } }')
    expect(me.data?.staffMember).toEqual({ releasesResults: true })
    const scopesAfter = async (facts: object) => {
      const input = { email: member.email, ...facts }
      const again = await portal.ask(system, resetStaff, { input })
      const secrets = again.data?.resetStaffMember as unknown as NewStaffMember
      const { token } = await logInStaff(portal, right({ ...member, ...secrets }))
      return (await viewerOf(token))?.scopes
    }
    expect(await scopesAfter({})).toEqual(['clinic:EYE1', 'results'])
    expect(await scopesAfter({ releasesResults: false })).toEqual(['clinic:EYE1'])
    expect(await scopesAfter({ releasesResults: true })).toEqual(['clinic:EYE1', 'results'])
  })

  it('takes the code before and the one after, and none further off', async () => {
    for (const [seconds, outcome] of [
      [-60, 'StaffLoginRefused'],
      [-30, 'StaffLoggedIn'],
      [30, 'StaffLoggedIn'],
      [60, 'StaffLoginRefused'],
    ] as const) {
      const member = await aStaffMember(portal)
      const code = codeNow(portal, member.totpUri, seconds)
      expect((await logInStaff(portal, { ...right(member), code })).__typename).toBe(outcome)
    }
  })

  it('refuses whatever is wrong in the same words', async () => {
    const member = await aStaffMember(portal)
    const wrongs = [
      { ...right(member), email: 'nobody@example.com' },
      { ...right(member), email: 'not an address' },
      { ...right(member), password: `${member.password}.` },
      { ...right(member), password: '' },
      { ...right(member), code: otherThan(right(member).code) },
      { ...right(member), code: '' },
    ]
    const answers = await Promise.all(wrongs.map((it) => logInStaff(portal, it)))
    expect(new Set(answers.map((it) => JSON.stringify(it))).size).toBe(1)
    expect(answers[0]?.__typename).toBe('StaffLoginRefused')
    expect((await logInStaff(portal, right(member))).__typename).toBe('StaffLoggedIn')
  })

  it('takes each code once, also of two at the same moment', async () => {
    const member = await aStaffMember(portal)
    const input = right(member)
    const answers = await Promise.all([1, 2, 3, 4].map(() => logInStaff(portal, input)))
    expect(answers.filter((it) => it.__typename === 'StaffLoggedIn')).toHaveLength(1)
    expect(
      (await logInStaff(portal, { ...right(member), code: codeNow(portal, member.totpUri, -30) })).__typename,
    ).toBe('StaffLoginRefused')
    clock.pass(nextCode)
    expect((await logInStaff(portal, right(member))).__typename).toBe('StaffLoggedIn')
  })

  it('pauses for 15 minutes after five wrong tries, and looks the same for somebody who is not there', async () => {
    const [member, address] = [await aStaffMember(portal), anAddress()]
    for (const email of [member.email, `nobody${engine}@example.com`]) {
      for (let tries = 0; tries < 5; tries += 1)
        expect((await logInStaff(portal, { ...right(member), email, password: 'wrong' }, address)).__typename).toBe(
          'StaffLoginRefused',
        )
      expect(await logInStaff(portal, { ...right(member), email }, address)).toMatchObject({
        __typename: 'LoginPaused',
        until: new Date(clock.now().getTime() + 15 * 60_000).toISOString(),
      })
    }
    clock.pass(15 * 60 - 1)
    expect((await logInStaff(portal, right(member), address)).__typename).toBe('LoginPaused')
    clock.pass(1)
    expect((await logInStaff(portal, right(member), address)).__typename).toBe('StaffLoggedIn')
  })

  it('lets nobody be kept out by wrong tries from another network', async () => {
    const [member, address] = [await aStaffMember(portal), anAddress()]
    for (let tries = 0; tries < 9; tries += 1)
      await logInStaff(portal, { ...right(member), password: 'wrong' }, address)
    expect((await logInStaff(portal, right(member), address)).__typename).toBe('LoginPaused')
    expect((await logInStaff(portal, right(member))).__typename).toBe('StaffLoggedIn')
  })

  it('looks at exactly five of forty guesses made at once from one network', async () => {
    const [member, address] = [await aStaffMember(portal), anAddress()]
    const guess = { ...right(member), password: 'wrong' }
    const answers = await Promise.all(Array.from({ length: 40 }, () => logInStaff(portal, guess, address)))
    expect(answers.filter((it) => it.__typename === 'StaffLoginRefused')).toHaveLength(5)
  })

  it('looks at exactly fifty of a hundred guesses made at once from as many networks, until 15 minutes later', async () => {
    const member = await aStaffMember(portal)
    const guess = { ...right(member), password: 'wrong' }
    const answers = await Promise.all(Array.from({ length: 100 }, () => logInStaff(portal, guess)))
    expect(answers.filter((it) => it.__typename === 'StaffLoginRefused')).toHaveLength(50)
    expect(await logInStaff(portal, right(member))).toMatchObject({
      __typename: 'LoginPaused',
      until: new Date(clock.now().getTime() + 15 * 60_000).toISOString(),
    })
    clock.pass(15 * 60)
    expect((await logInStaff(portal, right(member))).__typename).toBe('StaffLoggedIn')
  })

  it('counts no try that was right', async () => {
    const member = await aStaffMember(portal)
    const address = anAddress()
    for (let round = 0; round < 7; round += 1) {
      clock.pass(nextCode)
      expect((await logInStaff(portal, right(member), address)).__typename).toBe('StaffLoggedIn')
    }
  })

  it('answers 60 tries a minute from one address', async () => {
    const address = anAddress()
    const wrong = (count: number) => ({ email: `n${count}@example.com`, password: 'x', code: '000000' })
    await Promise.all(Array.from({ length: 60 }, (_, count) => logInStaff(portal, wrong(count), address)))
    await expect(logInStaff(portal, wrong(60), address)).rejects.toThrow('RATE_LIMITED')
  })

  it('ends a session after 10 idle minutes, and after 12 hours of use', async () => {
    const idle = await logInStaff(portal, right(await aStaffMember(portal)))
    clock.pass(599)
    expect(await viewerOf(idle.token)).not.toBeNull()
    clock.pass(600)
    expect(await viewerOf(idle.token)).toBeNull()
    const busy = await logInStaff(portal, right(await aStaffMember(portal)))
    for (let minutes = 0; minutes < 12 * 60; minutes += 9) {
      expect(await viewerOf(busy.token)).not.toBeNull()
      clock.pass(9 * 60)
    }
    expect(await viewerOf(busy.token)).toBeNull()
  })

  it('logs out this session of theirs, and no other', async () => {
    const member = await aStaffMember(portal)
    const first = await logInStaff(portal, right(member))
    clock.pass(nextCode)
    const second = await logInStaff(portal, right(member))
    const logOut = `mutation L($key: ID!) { logOut(input: { idempotencyKey: $key }) { __typename ... on LoggedOut { sessionsEnded } } }`
    const { data } = await portal.ask(await asStaff(first.token), logOut, { key: randomUUID() })
    expect(data?.logOut).toEqual({ __typename: 'LoggedOut', sessionsEnded: 1 })
    expect(await viewerOf(first.token)).toBeNull()
    const me = await asStaff(second.token)
    const shown = await portal.ask(me, '{ staffMember { id name email clinicCodes disabledAt } }')
    expect(shown.data?.staffMember).toMatchObject({ id: member.id, email: member.email, clinicCodes: null })
  })

  it('ends log in and sessions of who is disabled at once, and lets them in again with new secrets only', async () => {
    const member = await aStaffMember(portal)
    const { token } = await logInStaff(portal, right(member))
    const disable = `mutation D($input: DisableStaffMemberInput!) { disableStaffMember(input: $input) { __typename ... on StaffMemberDisabled { staffMember { disabledAt } } } }`
    const disabled = await portal.ask(system, disable, { input: { email: member.email } })
    expect(disabled.data?.disableStaffMember).toMatchObject({ staffMember: { disabledAt: clock.now().toISOString() } })
    expect(await viewerOf(token)).toBeNull()
    clock.pass(nextCode)
    expect((await logInStaff(portal, right(member))).__typename).toBe('StaffLoginRefused')
    const reset = `mutation R($input: ResetStaffMemberInput!) { resetStaffMember(input: $input) { __typename ... on StaffMemberCreated { staffMember { id disabledAt } password totpUri } } }`
    const { data } = await portal.ask(system, reset, { input: { email: member.email } })
    const again = data?.resetStaffMember as unknown as NewStaffMember & { staffMember: object }
    expect(again.staffMember).toEqual({ id: member.id, disabledAt: null })
    expect(again.password).not.toBe(member.password)
    expect((await logInStaff(portal, right(member))).__typename).toBe('StaffLoginRefused')
    expect((await logInStaff(portal, right({ ...again, email: member.email }))).__typename).toBe('StaffLoggedIn')
    const unknown = { input: { email: 'nobody@example.com' } }
    expect((await portal.ask(system, reset, unknown)).data).toMatchObject({
      resetStaffMember: { __typename: 'StaffMemberNotFound' },
    })
    expect((await portal.ask(system, disable, unknown)).data).toMatchObject({
      disableStaffMember: { __typename: 'StaffMemberNotFound' },
    })
  })

  it('ends the sessions of who gets new secrets', async () => {
    const member = await aStaffMember(portal)
    const { token } = await logInStaff(portal, right(member))
    const reset = `mutation R($input: ResetStaffMemberInput!) { resetStaffMember(input: $input) { __typename } }`
    await portal.ask(system, reset, { input: { email: member.email } })
    expect(await viewerOf(token)).toBeNull()
  })

  it('creates one log in for an e-mail address, and lists all of them', async () => {
    const member = await aStaffMember(portal, { clinicCodes: ['EYE1'] })
    expect(member.password).toMatch(/^[a-z2-9]{5}(-[a-z2-9]{5}){3}$/)
    expect(member.totpUri).toMatch(/^otpauth:\/\/totp\/.+secret=[A-Z2-7]{32}&/)
    await expect(aStaffMember(portal, { email: member.email.toUpperCase() })).rejects.toThrow('StaffMemberExists')
    const { data } = await portal.ask(system, '{ staffMembers { id email clinicCodes } }')
    expect(data?.staffMembers).toContainEqual({ id: member.id, email: member.email, clinicCodes: ['EYE1'] })
  })

  it.each([
    [{ email: 'not an address' }, 'email'],
    [{ name: '  ' }, 'name'],
    [{ name: 'x'.repeat(101) }, 'name'],
    [{ clinicCodes: [] }, 'clinicCodes'],
    [{ clinicCodes: [' '] }, 'clinicCodes'],
    [{ password: 'elevenchars' }, 'password'],
  ])('says what is wrong with %o', async (facts, field) => {
    await expect(aStaffMember(portal, facts)).rejects.toThrow(`BAD_USER_INPUT ${field}:`)
  })

  it('keeps a password of their own, whichever keyboard wrote its accents', async () => {
    const member = await aStaffMember(portal, { password: 'Crème brûlée 12'.normalize('NFC') })
    const typed = { ...right(member), password: 'Crème brûlée 12'.normalize('NFD') }
    expect((await logInStaff(portal, typed)).__typename).toBe('StaffLoggedIn')
  })

  it('lets nobody but our systems make log ins, and staff alone ask who they are', async () => {
    const { token } = await logInStaff(portal, right(await aStaffMember(portal)))
    const me = await asStaff(token)
    for (const query of [
      '{ staffMembers { id } }',
      'mutation { createStaffMember(input: { email: "a@example.com", name: "A" }) { __typename } }',
      'mutation { resetStaffMember(input: { email: "a@example.com" }) { __typename } }',
      'mutation { disableStaffMember(input: { email: "a@example.com" }) { __typename } }',
    ])
      expect((await portal.ask(me, query)).errors?.[0]?.extensions.code).toBe('FORBIDDEN')
    const asked = await portal.ask(anonymous(anAddress()), '{ staffMember { id } }')
    expect(asked.errors?.[0]?.extensions.code).toBe('UNAUTHENTICATED')
    const stranger: Viewer = { role: Role.STAFF, actorId: `staff:${randomUUID()}`, patientIds: [], scopes: [] }
    expect((await portal.ask(stranger, '{ staffMember { id } }')).data).toEqual({ staffMember: null })
  })
})
