import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { aClinic, logIn, type World, world } from '../test/world.ts'
import {
  bookAppointment,
  cancelAppointment,
  loopback,
  moveAppointment,
  refusedMessages,
  registerPatient,
  sendHl7,
  startFeeds,
  type Feeds,
} from './main.ts'

const amal = {
  hospitalNumber: 'W900001',
  nhsNumber: '9990041571',
  title: 'Mrs',
  given: ['Amal'],
  family: 'Haddad',
  bornOn: '1984-03-09',
  mobile: '07700 900123',
}
const startsAt = new Date('2026-12-03T10:30:00Z')

describe('the hospital’s messages on the real graph', () => {
  let portal: World
  let feeds: Feeds
  beforeAll(async () => {
    portal = await world()
    feeds = await startFeeds(settings())
  })
  afterAll(async () => {
    await feeds.stop()
    await portal.stop()
  })

  const settings = () => ({
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
  const send = (message: string) => sendHl7({ host: '127.0.0.1', port: feeds.port }, message)
  const at = (minutes: number) => ({ at: new Date(portal.clock.now().getTime() - 3_600_000 + minutes * 60_000) })
  const shown = async () => {
    const token = await logIn(portal, { ...amal, id: '', mobile: '+447700900123' })
    const { data } = await portal.ask(
      token,
      'query { me { name { full } appointments(period: UPCOMING) { nodes { startsAt status clinician cancellation { reason } } } } }',
    )
    return data?.['me']
  }

  it('let a person log in, and show what the hospital booked, moved and cancelled', async () => {
    expect(await feeds.ready()).toBe(true)
    const clinicCode = await aClinic(portal, {})
    const booking = { id: 'A-1', clinicCode, startsAt, minutes: 30, clinician: 'Dr Priya Shah' }
    const messages = [
      registerPatient(amal, at(0)),
      bookAppointment(amal, booking, at(1)),
      moveAppointment(
        { hospitalNumber: amal.hospitalNumber },
        { id: 'A-1', startsAt: new Date('2026-12-04T09:00:00Z') },
        at(2),
      ),
    ]
    for (const message of [...messages, ...messages])
      expect(await send(message)).toMatchObject({ code: 'AA', lines: [] })
    expect(await shown()).toEqual({
      name: { full: 'Mrs Amal Haddad' },
      appointments: {
        nodes: [
          { startsAt: '2026-12-04T09:00:00.000Z', status: 'BOOKED', clinician: 'Dr Priya Shah', cancellation: null },
        ],
      },
    })
    expect((await send(cancelAppointment(amal, { id: 'A-1' }, 'The clinic is closed', at(3)))).code).toBe('AA')
    expect(await shown()).toMatchObject({
      appointments: { nodes: [{ status: 'CANCELLED', cancellation: { reason: 'The clinic is closed' } }] },
    })
  })

  it('are kept when they are refused, and taken when their cause is gone', async () => {
    const message = bookAppointment(amal, { id: 'A-2', clinicCode: 'LATER1', startsAt }, at(4))
    expect(await send(message)).toMatchObject({ code: 'AE', lines: [expect.stringMatching(/^AIS-3: no clinic/)] })
    expect(await send(message)).toMatchObject({ code: 'AE', lines: [expect.stringMatching(/^AIS-3: no clinic/)] })
    const shelf = refusedMessages(settings())
    const [refused] = await shelf.list()
    if (!refused) throw new Error('nothing was kept')
    expect(refused.text).toContain('LATER1')
    await aClinic(portal, { code: 'LATER1' })
    expect((await shelf.replay(refused)).answer).toEqual({ code: 'AA' })
    expect(await shelf.list()).toEqual([])
    expect((await send(message)).code).toBe('AA')
  })
})
