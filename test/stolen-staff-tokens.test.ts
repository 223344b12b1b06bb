import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { appointments } from '../subgraphs/appointments/main.ts'
import { serve } from '../subgraphs/runtime/serve.ts'
import { alone } from './alone.ts'
import { aBooked, act, askForChange, aStaffMemberOf, aStaffToken, done, staffLogIn, tokenIn } from './desk-in-world.ts'
import { outside } from './told-apart.ts'
import { type Answer, logIn, world, type World } from './world.ts'

const whoAmI = '{ staffMember { id email } }'
const theDesk = '{ changeRequests { totalCount nodes { id reference } } }'

describe('a token of staff', { timeout: 60_000 }, () => {
  let portal: World
  beforeAll(async () => {
    portal = await world()
  })
  afterAll(() => portal.stop())

  /** A fresh log in, which works. */
  async function aLogIn() {
    const member = await aStaffMemberOf(portal)
    const token = tokenIn(await staffLogIn(portal, member))
    const { data } = await portal.ask(token, whoAmI)
    expect(data).toEqual({ staffMember: { id: member.id, email: member.email } })
    return { member, token }
  }
  const logOut = (token: string) => done(portal, token, ['logOut', 'LoggedOut'], {}, '')
  const withOther = (token: string, at: number) => {
    const letter = token[at] === 'A' ? 'B' : 'A'
    return token.slice(0, at) + letter + token.slice(at + 1)
  }
  const asSystem = (name: string, input: object) => {
    const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`
    return portal.system(`mutation S($input: ${type}!) { ${name}(input: $input) { __typename } }`, { input })
  }

  const ended: [string, () => Promise<string>][] = [
    [
      'after log out',
      async () => {
        const { token } = await aLogIn()
        await logOut(token)
        return token
      },
    ],
    [
      'after ten idle minutes',
      async () => {
        const { token } = await aLogIn()
        portal.clock.pass(599)
        expect((await portal.ask(token, whoAmI)).status).toBe(200)
        portal.clock.pass(600)
        return token
      },
    ],
    [
      'after twelve hours, however busy',
      async () => {
        const { token } = await aLogIn()
        for (let passed = 0; passed < 12 * 3600; passed += 540) {
          expect((await portal.ask(token, whoAmI)).status).toBe(200)
          portal.clock.pass(540)
        }
        return token
      },
    ],
    [
      'of somebody who was disabled',
      async () => {
        const { token, member } = await aLogIn()
        await asSystem('disableStaffMember', { email: member.email })
        return token
      },
    ],
    [
      'of somebody who was given new secrets',
      async () => {
        const { token, member } = await aLogIn()
        await asSystem('resetStaffMember', { email: member.email })
        return token
      },
    ],
    [
      'of before somebody was disabled, when they have new secrets',
      async () => {
        const { token, member } = await aLogIn()
        await asSystem('disableStaffMember', { email: member.email })
        await asSystem('resetStaffMember', { email: member.email })
        return token
      },
    ],
    ['cut short', async () => (await aLogIn()).token.slice(0, -1)],
    ['with a letter more', async () => `${(await aLogIn()).token}A`],
    ['with a letter in the middle changed', async () => withOther((await aLogIn()).token, 20)],
    ['in other letters', async () => (await aLogIn()).token.toUpperCase()],
    ['that was never given', () => Promise.resolve(Buffer.alloc(32, 9).toString('base64url'))],
    ['that is the id of a member of staff', async () => (await aLogIn()).member.id],
    ['that is what the gateway calls them', async () => `staff:${(await aLogIn()).member.id}`],
    ['that is a password', async () => (await aLogIn()).member.password],
  ]

  it('gets the same bytes when it is no longer good, or never was', async () => {
    const answers: [string, string, ReturnType<typeof outside>][] = []
    for (const [name, token] of ended) {
      const bearer = await token()
      for (const query of [whoAmI, theDesk]) answers.push([name, query, outside(await portal.ask(bearer, query))])
    }
    const [, , first] = answers[0] ?? []
    expect(first?.status).toBe(401)
    expect(JSON.parse(first?.text ?? '')).toMatchObject({ errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] })
    for (const [name, query, answer] of answers) expect([name, query, answer]).toEqual([name, query, first])
  })

  it('does nothing in the very request after it ended', async () => {
    const { token, member } = await aLogIn()
    const requestId = await askForChange(portal, await aBooked(portal, { mode: 'REQUEST' }))
    await asSystem('disableStaffMember', { email: member.email })
    const claimed = await act(portal, token, 'claimChangeRequest', { requestId })
    expect([claimed.status, claimed.data]).toEqual([401, null])
    const request = `query R($id: ID!) { changeRequest(id: $id) { claim { staffName } } }`
    const { data } = await portal.ask(await aStaffToken(portal), request, { id: requestId })
    expect(data?.changeRequest).toEqual({ claim: null })
  })

  it('ends alone: those of colleagues, and of other devices, go on', async () => {
    const [first, colleague] = [await aLogIn(), await aLogIn()]
    portal.clock.pass(30)
    const second = tokenIn(await staffLogIn(portal, first.member))
    await logOut(first.token)
    const statuses = [first.token, second, colleague.token].map(async (it) => (await portal.ask(it, whoAmI)).status)
    expect(await Promise.all(statuses)).toEqual([401, 200, 200])
  })

  const forbidden = ({ status, data, errors }: Answer) => [
    status,
    Object.values(data ?? {}).filter((it) => it !== null),
    [...new Set(errors.map((it) => it.extensions.code))],
  ]
  const ofPatients = [
    '{ me { id } }',
    'query { document(id: "x") { id } }',
    'query { appointment(id: "x") { id } }',
    'query { link(reference: "x") { path } }',
    ...['acceptAppointment', 'undoCancellation'].map(
      (it) => `mutation { ${it}(input: { idempotencyKey: "k", appointmentId: "x" }) { __typename } }`,
    ),
    'mutation { withdrawChangeRequest(input: { idempotencyKey: "k", requestId: "x" }) { __typename } }',
    'mutation { logOutEverywhere(input: { idempotencyKey: "k" }) { __typename } }',
    'mutation { endSession(input: { idempotencyKey: "k", sessionId: "x" }) { __typename } }',
  ]
  const ofSystems = [
    'query { patient(id: "x") { id } }',
    'query { patientByHospitalNumber(hospitalNumber: "x") { id } }',
    '{ staffMembers { id } }',
    '{ dueHospitalNotices { id } }',
    '{ hospitalMessagesToReplay { id } }',
    'mutation { createStaffMember(input: { email: "me@example.com", name: "Me" }) { __typename } }',
    'mutation { resetStaffMember(input: { email: "me@example.com" }) { __typename } }',
    'mutation { disableStaffMember(input: { email: "me@example.com" }) { __typename } }',
    'mutation { claimHospitalNotice(input: { idempotencyKey: "k", noticeId: "x" }) { __typename } }',
  ]
  const ofStaff = [
    whoAmI,
    theDesk,
    '{ conflicts { totalCount } }',
    '{ refusedHospitalNotices { totalCount } }',
    ...['claimChangeRequest', 'releaseChangeRequest', 'agreeToChangeRequest'].map(
      (it) => `mutation { ${it}(input: { idempotencyKey: "k", requestId: "x" }) { __typename } }`,
    ),
    'mutation { refuseChangeRequest(input: { idempotencyKey: "k", requestId: "x", message: "No." }) { __typename } }',
    'mutation { settleConflict(input: { idempotencyKey: "k", conflictId: "x", note: "Done." }) { __typename } }',
    'mutation { retryHospitalNotice(input: { idempotencyKey: "k", noticeId: "x" }) { __typename } }',
    'mutation { settleHospitalNotice(input: { idempotencyKey: "k", noticeId: "x", note: "Done." }) { __typename } }',
    'mutation { requestReplay(input: { idempotencyKey: "k", hospitalMessageId: "x" }) { __typename } }',
  ]

  it('opens no door of patients or of systems', async () => {
    const { token } = await aLogIn()
    for (const query of [...ofPatients, ...ofSystems])
      expect([query, ...forbidden(await portal.ask(token, query))]).toEqual([query, 403, [], ['FORBIDDEN']])
  })

  it('is what the desk wants: no token of a patient or of a system opens it', async () => {
    const { person } = await aBooked(portal)
    const bearers = [
      await logIn(portal, person),
      ...(['FEEDS', 'MESSAGES', 'DOCUMENTS'] as const).map(
        (it) => `system.${it.toLowerCase()}.${portal.secrets[`SYSTEM_SECRET_${it}`]}`,
      ),
    ]
    for (const bearer of bearers)
      for (const query of ofStaff)
        expect([query, ...forbidden(await portal.ask(bearer, query))]).toEqual([query, 403, [], ['FORBIDDEN']])
    const answers = await Promise.all(ofStaff.map((it) => portal.ask(undefined, it)))
    expect(new Set(answers.map((it) => it.errors[0]?.extensions.code))).toEqual(new Set(['UNAUTHENTICATED']))
  })

  it('logs nobody in as a patient with the same id, and ends no session of theirs', async () => {
    const { token, member } = await aLogIn()
    const { token: patients } = await aBooked(portal)
    const { data } = await portal.ask(patients, '{ me { sessions { id } } }')
    const { sessions } = data?.me as unknown as { sessions: { id: string }[] }
    const ended = await act(portal, token, 'endSession', { sessionId: sessions[0]?.id })
    expect(ended.status).toBe(403)
    const others = await act(portal, patients, 'endSession', { sessionId: member.id })
    expect(others.status).toBe(200)
    for (const [bearer, query] of [
      [patients, '{ me { id } }'],
      [token, whoAmI],
    ] as const)
      expect((await portal.ask(bearer, query)).status).toBe(200)
  })

  it('is worth nothing at a subgraph itself, like every token but the gateway’s', async () => {
    const { token } = await aLogIn()
    const subgraph = await alone(appointments)
    const key = Buffer.alloc(32, 1)
    const { clock } = subgraph
    const log = { info() {}, warn() {}, error() {} }
    const settings = { host: '127.0.0.1', port: 0, key, subscriptions: [], clock, log }
    const server = await serve(subgraph.subgraph, settings)
    const askIt = async (authorization?: string) => {
      const headers = { 'content-type': 'application/json', ...(authorization !== undefined && { authorization }) }
      const response = await fetch(server.url, { method: 'POST', headers, body: JSON.stringify({ query: theDesk }) })
      return [response.status, await response.text()]
    }
    const nobody = await askIt()
    expect(nobody[0]).toBe(401)
    const viewer = Buffer.from(JSON.stringify({ viewer: { role: 'STAFF', scopes: ['clinics:*'] } })).toString(
      'base64url',
    )
    for (const bearer of [token, `${viewer}.${token}`, `${viewer}.`, key.toString('base64url')])
      expect(await askIt(`Bearer ${bearer}`)).toEqual(nobody)
    await server.stop()
    await subgraph.stop()
  })

  it('does not log in whoever else asks at the same moment', async () => {
    const [{ token: patients }, { token }] = [await aBooked(portal), await aLogIn()]
    const both = '{ me { id } staffMember { id } }'
    const asked = Array.from({ length: 40 }, (_, index) => portal.ask(index % 2 ? token : patients, both))
    for (const [index, { data, errors }] of (await Promise.all(asked)).entries()) {
      expect(errors.map((it) => it.extensions.code)).toEqual(['FORBIDDEN'])
      expect(data?.[index % 2 ? 'me' : 'staffMember'] ?? null).toBeNull()
    }
  })
})
