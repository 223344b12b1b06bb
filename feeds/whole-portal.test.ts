import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { codeNow } from '../test/staff.ts'
import { aClinic, logIn, signedAddress, type World, world } from '../test/world.ts'
import { mergePatients, unmergePatients } from './hospital/merge-messages.ts'
import { deleteAppointment, markAttended, markMissed } from './hospital/messages.ts'
import {
  admitPatient,
  cancelAdmission,
  cancelPlan,
  dischargePatient,
  planStay,
  type HospitalStay,
} from './hospital/stay-messages.ts'
import {
  amendAppointment,
  bookAppointment,
  cancelAppointment,
  loopback,
  registerPatient,
  sendHl7,
  startFeeds,
  updatePatient,
  type Feeds,
} from './main.ts'

let portal: World
let feeds: Feeds
let clinicCode: string
beforeAll(async () => {
  portal = await world()
  clinicCode = await aClinic(portal)
  feeds = await startFeeds({
    port: 0,
    host: '127.0.0.1',
    allow: loopback,
    maximumMessageBytes: 2_000_000,
    messageSeconds: 30,
    idleSeconds: 60,
    maximumConnections: 8,
    processingIds: ['P'],
    graph: { url: portal.url, secret: portal.secrets.SYSTEM_SECRET_FEEDS },
    everyMs: 25,
    now: () => portal.clock.now(),
    logLevel: 'silent',
  })
})
afterAll(async () => {
  await feeds.stop()
  await portal.stop()
})

let count = 0
const aRegisteredPerson = async (given: string) => {
  const number = (count += 1)
  const mobile = `07700 900${String(100 + number)}`
  const person = { hospitalNumber: `W80000${number}`, given: [given], family: 'Haddad', bornOn: '1984-03-09', mobile }
  expect(await send(registerPatient(person, at(0)))).toBe('AA')
  return person
}
const inE164 = (mobile: string) => mobile.replace(' ', '').replace(/^0/, '+44')
const at = (minutes: number) => ({ at: new Date(portal.clock.now().getTime() - 3_600_000 + minutes * 60_000) })
/** The answer in one line, as its sender reads it. */
const send = async (message: string) => {
  const { code, lines } = await sendHl7({ host: '127.0.0.1', port: feeds.port }, message)
  return [code, ...lines].join(' ')
}
const fields =
  'hospitalId kind status startsAt admittedAt dischargedAt clinician arrangements { kind detail } cancellation { reason }'
/** What the portal holds of a person, by the hospital's number of each appointment. */
async function held({ hospitalNumber }: { hospitalNumber: string }) {
  const { patientByHospitalNumber: patient } = await portal.system(
    `query P($hospitalNumber: String!) { patientByHospitalNumber(hospitalNumber: $hospitalNumber) {
      upcoming: appointments(period: UPCOMING) { nodes { ${fields} } } past: appointments(period: PAST) { nodes { ${fields} } } } }`,
    { hospitalNumber },
  )
  type Page = { nodes: { hospitalId: string }[] }
  const { upcoming, past } = patient as unknown as { upcoming: Page; past: Page }
  return Object.fromEntries([...upcoming.nodes, ...past.nodes].map(({ hospitalId, ...rest }) => [hospitalId, rest]))
}

describe('a stay in hospital', () => {
  const stay: HospitalStay = { id: 'V-1', expectedAt: new Date('2026-12-07T07:30:00Z'), clinician: 'Mr Karl Brandt' }

  it('is shown from its plan to the way home', async () => {
    const amal = await aRegisteredPerson('Amal')
    expect(await send(planStay(amal, { ...stay, clinicCode }, at(1)))).toBe('AA')
    expect((await held(amal))['V-1']).toMatchObject({
      kind: 'ADMISSION',
      status: 'BOOKED',
      startsAt: '2026-12-07T07:30:00.000Z',
      clinician: 'Mr Karl Brandt',
    })
    expect(await send(admitPatient(amal, { id: 'V-1' }, at(2)))).toBe('AA')
    const admittedAt = at(2).at.toISOString()
    expect((await held(amal))['V-1']).toMatchObject({ status: 'ADMITTED', admittedAt, dischargedAt: null })
    expect(await send(dischargePatient(amal, { id: 'V-1' }, at(3)))).toBe('AA')
    const dischargedAt = at(3).at.toISOString()
    expect((await held(amal))['V-1']).toMatchObject({ status: 'COMPLETED', admittedAt, dischargedAt })
    expect(await send(cancelPlan(amal, { id: 'V-1' }, at(2)))).toMatch(/^AA .*MSH-7: the portal already knows/)
    expect((await held(amal))['V-1']).toMatchObject({ status: 'COMPLETED' })
  })

  it('is planned again when the admission was a mistake, and cancelled with its reason', async () => {
    const bea = await aRegisteredPerson('Bea')
    expect(await send(planStay(bea, { ...stay, id: 'V-2' }, at(1)))).toBe('AA')
    expect(await send(admitPatient(bea, { id: 'V-2' }, at(2)))).toBe('AA')
    expect(await send(cancelAdmission(bea, { id: 'V-2' }, at(3)))).toBe('AA')
    expect((await held(bea))['V-2']).toMatchObject({ status: 'BOOKED', admittedAt: null })
    expect(await send(cancelPlan(bea, { id: 'V-2', reason: 'No bed is free' }, at(4)))).toBe('AA')
    expect((await held(bea))['V-2']).toMatchObject({
      status: 'CANCELLED',
      cancellation: { reason: 'No bed is free' },
    })
    expect(await send(cancelPlan(bea, { id: 'V-99' }, at(5)))).toMatch(/^AE PV1-19: the portal does not know/)
  })
})

describe('an appointment', () => {
  it('has what is arranged for it, and what became of it', async () => {
    const carol = await aRegisteredPerson('Carol')
    const startsAt = new Date('2026-11-20T10:30:00Z')
    for (const id of ['A-1', 'A-2', 'A-3'])
      expect(await send(bookAppointment(carol, { id, clinicCode, startsAt }, at(1)))).toMatch(/^AA/)
    expect(await send(amendAppointment(carol, { id: 'A-1', transport: true, interpreter: 'Polish' }, at(2)))).toBe('AA')
    expect((await held(carol))['A-1']).toMatchObject({
      arrangements: [
        { kind: 'TRANSPORT', detail: null },
        { kind: 'INTERPRETER', detail: 'Polish' },
      ],
    })
    expect(await send(amendAppointment(carol, { id: 'A-1', transport: false }, at(3)))).toBe('AA')
    expect(await send(markAttended(carol, 'A-1', at(4)))).toBe('AA')
    expect(await send(markMissed(carol, 'A-2', at(4)))).toBe('AA')
    expect(await send(deleteAppointment(carol, 'A-3', at(4)))).toBe('AA')
    expect(await held(carol)).toMatchObject({
      'A-1': { status: 'COMPLETED', arrangements: [] },
      'A-2': { status: 'DID_NOT_ATTEND' },
      'A-3': { status: 'CANCELLED', cancellation: { reason: 'The appointment was booked by mistake' } },
    })
  })
})

describe('two records of one person', () => {
  it('are one, also for messages under the retired number, and two again', async () => {
    const [dora, twice] = [await aRegisteredPerson('Dora'), await aRegisteredPerson('Dora')]
    const startsAt = new Date('2026-12-10T10:30:00Z')
    expect(await send(bookAppointment(twice, { id: 'M-1', clinicCode, startsAt }, at(1)))).toMatch(/^AA/)
    expect(await send(mergePatients({ hospitalNumber: dora.hospitalNumber }, twice.hospitalNumber, at(2)))).toBe('AA')

    const token = await logIn(portal, { ...dora, id: '', mobile: inE164(dora.mobile) })
    const mine = await portal.ask(token, '{ me { appointments(period: UPCOMING) { nodes { startsAt status } } } }')
    expect(mine.data?.['me']).toEqual({
      appointments: { nodes: [{ startsAt: startsAt.toISOString(), status: 'BOOKED' }] },
    })

    expect(await send(updatePatient({ ...twice, family: 'Somebody' }, at(3)))).toMatch(/^AA/)
    expect(await send(cancelAppointment(twice, { id: 'M-1' }, 'The clinic is closed', at(4)))).toMatch(/^AA/)
    const after = await portal.ask(
      token,
      '{ me { name { full } appointments(period: UPCOMING) { nodes { status } } } }',
    )
    expect(after.data?.['me']).toEqual({
      name: { full: 'Dora Haddad' },
      appointments: { nodes: [{ status: 'CANCELLED' }] },
    })

    expect(await send(unmergePatients({ hospitalNumber: dora.hospitalNumber }, twice.hospitalNumber, at(5)))).toBe('AA')
    expect(Object.keys(await held(dora))).toEqual([])
    expect(Object.keys(await held(twice))).toEqual(['M-1'])
    expect(await send(mergePatients({ hospitalNumber: dora.hospitalNumber }, twice.hospitalNumber, at(6)))).toBe('AA')
    const shown = async () => {
      const { data } = await portal.ask(token, '{ me { appointments(period: UPCOMING) { totalCount } } }')
      return data?.['me']
    }
    expect(await shown()).toEqual({ appointments: { totalCount: 1 } })
    const reversed = unmergePatients({ hospitalNumber: twice.hospitalNumber }, dora.hospitalNumber, at(7))
    expect(await send(reversed)).toBe('AA')
    expect(await shown()).toEqual({ appointments: { totalCount: 0 } })
    expect(await send(mergePatients({ hospitalNumber: 'W899999' }, twice.hospitalNumber, at(6)))).toMatch(/^AE/)
  })
})

describe('a refused message', () => {
  it('is taken again soon after staff ask for it', async () => {
    const eve = await aRegisteredPerson('Eve')
    const startsAt = new Date('2026-12-11T10:30:00Z')
    expect(await send(bookAppointment(eve, { id: 'R-1', clinicCode: 'LATER9', startsAt }, at(1)))).toMatch(/^AE AIS-3/)
    await aClinic(portal, { code: 'LATER9' })
    const token = await logInAtDesk()
    const { data } = await portal.ask(token, '{ refusedHospitalMessages { nodes { id reason } } }')
    const { nodes } = data?.['refusedHospitalMessages'] as unknown as { nodes: { id: string; reason: string }[] }
    const refused = nodes.find(({ reason }) => reason.startsWith('AIS-3'))
    const asked = await portal.ask(
      token,
      `mutation R($input: RequestReplayInput!) { requestReplay(input: $input) { __typename } }`,
      { input: { idempotencyKey: randomUUID(), hospitalMessageId: refused?.id } },
    )
    expect(asked.data?.['requestReplay']).toEqual({ __typename: 'ReplayRequested' })
    await expect.poll(async () => Object.keys(await held(eve)), { timeout: 5_000 }).toEqual(['R-1'])
    const left = await portal.ask(token, '{ refusedHospitalMessages { nodes { id } } }')
    expect(JSON.stringify(left.data)).not.toContain(refused?.id)
  })

  async function logInAtDesk(): Promise<string> {
    const { createStaffMember } = await portal.system(
      `mutation C($input: CreateStaffMemberInput!) { createStaffMember(input: $input) { ... on StaffMemberCreated { password totpUri } } }`,
      { input: { email: 'desk-of-feeds@example.com', name: 'Rowan Ellis' } },
    )
    const { password, totpUri } = createStaffMember as unknown as { password: string; totpUri: string }
    const input = { email: 'desk-of-feeds@example.com', password, code: codeNow(portal, totpUri), device: 'A browser' }
    const { data, text } = await portal.ask(
      undefined,
      `mutation L($input: LogInStaffInput!) { logInStaff(input: $input) { ... on StaffLoggedIn { token } } }`,
      { input },
      signedAddress(portal),
    )
    const { token } = (data?.['logInStaff'] ?? {}) as { token?: string }
    if (!token) throw new Error(text)
    return token
  }
})
