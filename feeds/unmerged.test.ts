import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { engines } from '../test/alone.ts'
import { rowsOf } from '../test/rows-of.ts'
import { aClinic, logIn, type PersonInWorld, type World, world } from '../test/world.ts'
import { mergePatients, unmergePatients } from './hospital/merge-messages.ts'
import {
  bookAppointment,
  type Feeds,
  type HospitalPerson,
  loopback,
  moveAppointment,
  registerPatient,
  sendHl7,
  startFeeds,
  updatePatient,
} from './main.ts'

interface Seen {
  id: string
  hospitalId: string
  startsAt: string
  letter: { addressee: { name: string } } | null
}

describe.each(engines)('a merge that was a mistake, on %s', { timeout: 60_000 }, (engine) => {
  let portal: World
  let feeds: Feeds
  let clinicCode: string
  beforeAll(async () => {
    portal = await world({ engine })
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
      now: () => portal.clock.now(),
      logLevel: 'silent',
    })
  })
  afterAll(async () => {
    await feeds.stop()
    await portal.stop()
  })

  /** The answer in one line, as its sender reads it, once all that follows from the message is done. */
  async function send(message: string): Promise<string> {
    const { code, lines } = await sendHl7({ host: '127.0.0.1', port: feeds.port }, message)
    await portal.graph.settle()
    return [code, ...lines].join(' ')
  }
  /** Each message is of a second later than the one before. */
  const now = () => {
    portal.clock.pass(1)
    return { at: portal.clock.now() }
  }
  const inDays = (days: number) => new Date(Date.parse('2026-12-10T10:30:00Z') + days * 24 * 3600_000)

  async function registered(person: HospitalPerson): Promise<HospitalPerson & PersonInWorld> {
    expect(await send(registerPatient(person, now()))).toBe('AA')
    const { patientByHospitalNumber } = await portal.system(
      `query P($n: String!) { patientByHospitalNumber(hospitalNumber: $n) { id mobile } }`,
      { n: person.hospitalNumber },
    )
    return { ...person, ...(patientByHospitalNumber as unknown as PersonInWorld) }
  }
  async function seenWith(token: string): Promise<{ name: string; appointments: Seen[] }> {
    const query = `{ me { name { full } appointments(period: UPCOMING) { nodes { id startsAt letter { addressee { name } } } } } }`
    const { data, text } = await portal.ask(token, query)
    if (!data?.['me']) throw new Error(text)
    const { name, appointments } = data['me'] as unknown as {
      name: { full: string }
      appointments: { nodes: Seen[] }
    }
    return { name: name.full, appointments: appointments.nodes }
  }
  const times = ({ appointments }: { appointments: Seen[] }) => appointments.map(({ startsAt }) => startsAt)
  const letters = ({ appointments }: { appointments: Seen[] }) =>
    appointments.map(({ letter }) => letter?.addressee.name ?? null)
  const latestTo = ({ mobile }: PersonInWorld) => portal.inbox.latest(mobile)?.id

  it('gives back what came under the retired number meanwhile, and the hospital goes on with it', async () => {
    const dora = await registered({ ...aPerson('W810001', 'Dora'), mobile: '07700 900811' })
    const cora = await registered({ ...aPerson('W810002', 'Cora'), mobile: '07700 900812' })
    const book = (id: string, days: number) =>
      send(bookAppointment(cora, { id, clinicCode, startsAt: inDays(days) }, now()))
    const move = (person: HospitalPerson, days: number) =>
      send(moveAppointment(person, { id: 'U-2', startsAt: inDays(days), minutes: 30 }, now()))
    expect(await book('U-1', 0)).toMatch(/^AA/)
    expect(latestTo(cora)).toBeDefined()
    expect(latestTo(dora)).toBeUndefined()

    expect(await send(mergePatients(dora, cora.hospitalNumber, now()))).toBe('AA')
    const coras = latestTo(cora)
    expect(await book('U-2', 1)).toMatch(/^AA/)
    expect(latestTo(dora)).toBeDefined()
    expect(latestTo(cora)).toBe(coras)
    const novak = { ...cora, family: 'Novak' }
    expect(await send(updatePatient(novak, now()))).toBe('AA')
    const together = await logIn(portal, dora)
    const one = await seenWith(together)
    expect([one.name, times(one)]).toEqual(['Dora Haddad', [inDays(0), inDays(1)].map((it) => it.toISOString())])
    expect(letters(one)).toEqual(['Cora Haddad', 'Dora Haddad'])

    expect(await send(unmergePatients(dora, cora.hospitalNumber, now()))).toBe('AA')
    expect(await seenWith(together)).toEqual({ name: 'Dora Haddad', appointments: [] })
    const token = await logIn(portal, cora)
    const own = await seenWith(token)
    expect([own.name, times(own)]).toEqual(['Cora Novak', times(one)])
    expect(letters(own)).toEqual(['Cora Haddad', null])

    const doras = latestTo(dora)
    const before = latestTo(cora)
    expect(await move(novak, 2)).toMatch(/^AA/)
    const moved = await seenWith(token)
    expect([times(moved)[1], letters(moved)[1]]).toEqual([inDays(2).toISOString(), 'Cora Novak'])
    expect([latestTo(dora), latestTo(cora) === before]).toEqual([doras, false])
    expect(await move(dora, 3)).toMatch(/^AE SCH-1: .*another patient/)
    const id = moved.appointments[1]?.id
    const asked = await portal.ask(together, `query A($id: ID!) { appointment(id: $id) { id } }`, { id })
    expect(asked.data).toEqual({ appointment: null })
    const touched = await rowsOf<{ patient_id: string }>(
      portal,
      'appointments',
      'select distinct patient_id from audit_entry',
    )
    expect(touched.map((it) => it.patient_id)).toEqual([cora.id])
  })

  it('gives back what came under a number that was merged before it was ever seen', async () => {
    const dora = await registered({ ...aPerson('W820001', 'Dora'), mobile: '07700 900821' })
    const cora = { ...aPerson('W820002', 'Cora'), mobile: '07700 900822' }
    expect(await send(mergePatients(dora, cora.hospitalNumber, now()))).toBe('AA')
    const startsAt = inDays(5)
    expect(await send(bookAppointment(cora, { id: 'U-3', clinicCode, startsAt }, now()))).toMatch(/^AA/)
    const together = await logIn(portal, dora)
    expect(times(await seenWith(together))).toEqual([startsAt.toISOString()])
    expect(await send(unmergePatients(dora, cora.hospitalNumber, now()))).toBe('AA')
    expect((await seenWith(together)).appointments).toEqual([])
    const token = await logIn(portal, { id: '', ...cora, mobile: '+447700900822' })
    expect(await seenWith(token)).toMatchObject({
      name: 'Cora Haddad',
      appointments: [{ startsAt: startsAt.toISOString() }],
    })
  })
})

const aPerson = (hospitalNumber: string, given: string) => ({
  hospitalNumber,
  given: [given],
  family: 'Haddad',
  bornOn: '1984-03-09',
})
