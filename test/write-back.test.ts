import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import {
  loopback,
  moveAppointment,
  openReceiver,
  sendHl7,
  startFeeds,
  type Answer,
  type Feeds,
  type PortalMessage,
  type Receiver,
} from '../feeds/main.ts'
import { echoOf } from '../feeds/hospital/echo.ts'
import { engines } from './alone.ts'
import { aClinic, anAppointment, aPerson, logIn, type World, world } from './world.ts'

/** A weekday and an hour after which slots are offered. */
const firstSlot = '2026-12-07T10:00:00.000Z'

describe.each(engines)('what patients do reaches the hospital over a socket, on %s', (engine) => {
  let portal: World
  let feeds: Feeds
  let hospital: Receiver
  let say: (message: PortalMessage) => Answer | undefined
  let isEchoing: boolean
  const heard: PortalMessage[] = []

  beforeAll(async () => {
    portal = await world({ engine })
    hospital = await openReceiver({
      host: '127.0.0.1',
      port: 0,
      now: () => portal.clock.now(),
      answer: (message) => say(message),
      answered: (message, answer) => {
        heard.push(message)
        if (isEchoing && answer?.code === 'AA') void sendBack(message)
      },
    })
    feeds = await startFeeds(settings())
  })
  afterAll(async () => {
    await feeds.stop()
    await hospital.stop()
    await portal.stop()
  })
  beforeEach(() => {
    heard.length = 0
    say = () => ({ code: 'AA' })
    isEchoing = false
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
    writeBack: {
      hospital: { host: '127.0.0.1', port: hospital.port },
      application: 'PAS',
      processingId: 'T' as const,
      answerMs: 500,
    },
    everyMs: 25,
    now: () => portal.clock.now(),
    logLevel: 'silent',
  })
  const echoed: string[] = []
  async function sendBack({ text }: PortalMessage) {
    const echo = echoOf(text, { at: portal.clock.now(), facility: 'RWG' })
    if (echo === undefined) return
    const { code, lines } = await sendHl7({ host: '127.0.0.1', port: feeds.port }, echo)
    echoed.push([code, ...lines].join(' '))
  }

  /** What the hospital's system says of an appointment by itself. */
  async function sendFromHospital(event: 'S13' | 'S14', { hospitalId, person }: Somebody, startsAt: Date) {
    const message = moveAppointment(person, { id: hospitalId, startsAt, minutes: 30 }, { at: portal.clock.now() })
    const { code, lines } = await sendHl7(
      { host: '127.0.0.1', port: feeds.port },
      message.replace('SIU^S13', `SIU^${event}`),
    )
    return [code, ...lines].join(' ')
  }

  /** Somebody with an appointment they can change themselves, and three times to change it to. */
  async function somebody() {
    const person = await aPerson(portal)
    const clinicCode = await aClinic(portal)
    // Nobody sees two patients at once, whatever the clinic.
    const clinician = `Dr ${clinicCode} Shah`
    const slots = [0, 1, 2, 3].map((number) => {
      const startsAt = new Date(Date.parse(firstSlot) + number * 60 * 60_000)
      const endsAt = new Date(startsAt.getTime() + 30 * 60_000)
      return { hospitalId: `${clinicCode}-${number}`, startsAt, endsAt, clinician }
    })
    await portal.system(`mutation P($input: PublishSlotsInput!) { publishSlots(input: $input) { __typename } }`, {
      input: { idempotencyKey: randomUUID(), clinicCode, slots },
    })
    const facts = { clinicCode, startsAt: firstSlot, clinician }
    const appointment = await anAppointment(portal, person, facts)
    const token = await logIn(portal, person)
    return { person, token, ...appointment, slots }
  }
  type Somebody = Awaited<ReturnType<typeof somebody>>

  const read = async ({ token, id }: Somebody) => {
    const query = `query A($id: ID!) { appointment(id: $id) { status startsAt version hospitalConfirmation lastMove { by } cancellation { by } } }`
    const { data, errors } = await portal.ask(token, query, { id })
    if (!data) throw new Error(JSON.stringify(errors))
    return data.appointment as unknown as {
      status: string
      startsAt: string
      version: number
      hospitalConfirmation: string
    }
  }

  /** Moves the appointment to the slot of this number. */
  async function move(who: Somebody, number: number) {
    const offered = `query S($id: ID!) { availableSlots(appointmentId: $id) { nodes { id startsAt } } }`
    const { data } = await portal.ask(who.token, offered, { id: who.id })
    const { nodes } = data?.availableSlots as unknown as { nodes: { id: string; startsAt: string }[] }
    const slot = nodes.find(({ startsAt }) => startsAt === who.slots[number]?.startsAt.toISOString())
    const { version } = await read(who)
    const input = { idempotencyKey: randomUUID(), appointmentId: who.id, version, slotId: slot?.id, reason: 'AWAY' }
    const moved = await portal.ask(
      who.token,
      `mutation M($input: RescheduleAppointmentInput!) { rescheduleAppointment(input: $input) { __typename ... on Problem { message } } }`,
      { input },
    )
    if (moved.errors.length) throw new Error(moved.text + JSON.stringify(input))
    expect(moved.data?.rescheduleAppointment).toEqual({ __typename: 'AppointmentRescheduled' })
  }
  const startOf = ({ slots }: Somebody, number: number) => slots[number]?.startsAt.toISOString()
  const confirmation = (who: Somebody, expected: string) =>
    expect.poll(async () => (await read(who)).hospitalConfirmation, { timeout: 10_000 }).toBe(expected)
  /** Lets time pass until it is so: an answer that was on its way when the time changed puts the next try off once more. */
  const confirmationInTime = (who: Somebody, expected: string) =>
    expect
      .poll(
        async () => {
          portal.clock.pass(60)
          return (await read(who)).hospitalConfirmation
        },
        { timeout: 10_000, interval: 300 },
      )
      .toBe(expected)
  const heardOf = ({ hospitalId }: Somebody) => heard.filter(({ text }) => text.includes(`|${hospitalId}|`))

  it('a move is told as S13 and confirmed by AA', async () => {
    const who = await somebody()
    await move(who, 1)
    await confirmation(who, 'CONFIRMED')
    const [message, ...others] = heardOf(who)
    expect(others).toEqual([])
    expect(message?.event).toBe('S13')
    expect(message?.text).toContain(`|${who.slots[1]?.hospitalId}|`)
    expect(message?.text).toContain(`${who.person.hospitalNumber}^^^RWG^MR`)
    expect(message?.text).toMatch(/\^\^\^20261207110000\+0000\^20261207113000\+0000/)
  })

  it('a move the hospital refuses is undone, and the patient is texted', async () => {
    const who = await somebody()
    say = () => ({ code: 'AE', reason: 'SCH-11: the clinic is closed' })
    const before = portal.inbox.latest(who.person.mobile)?.id
    await move(who, 1)
    await confirmation(who, 'REFUSED')
    expect(await read(who)).toMatchObject({ status: 'BOOKED', startsAt: firstSlot })
    await portal.graph.settle()
    expect(portal.inbox.latest(who.person.mobile)?.id).not.toBe(before)
  })

  it('a move is told again after AR and after silence, and confirmed by the AA that comes at last', async () => {
    const who = await somebody()
    const answers: (Answer | undefined)[] = [{ code: 'AR' }, undefined, { code: 'AA' }]
    say = () => answers[Math.min(heardOf(who).length, 2)]
    await move(who, 1)
    await expect.poll(() => heardOf(who).length).toBe(1)
    expect((await read(who)).hospitalConfirmation).toBe('BEING_CONFIRMED')
    for (const tries of [2, 3]) {
      // Each answer is kept before the next try is due; minutes pass until then.
      await new Promise((resolve) => setTimeout(resolve, 700))
      expect(heardOf(who)).toHaveLength(tries - 1)
      portal.clock.pass(180)
      await expect.poll(() => heardOf(who).length, { timeout: 5_000 }).toBe(tries)
    }
    await confirmation(who, 'CONFIRMED')
    expect(new Set(heardOf(who).map(({ text }) => text)).size).toBe(1)
    expect((await read(who)).startsAt).toBe(startOf(who, 1))
  })

  it('two moves are told in their order', async () => {
    const who = await somebody()
    let isBusy = true
    say = () => (isBusy ? { code: 'AR' } : { code: 'AA' })
    await move(who, 1)
    await move(who, 2)
    await expect.poll(() => heardOf(who).length).toBe(1)
    isBusy = false
    await new Promise((resolve) => setTimeout(resolve, 200))
    await confirmationInTime(who, 'CONFIRMED')
    const told = heardOf(who).map(({ text }) => /\^\^\^(\d{12})/.exec(text)?.[1])
    expect(told).toEqual(['202612071100', '202612071100', '202612071200'])
    expect((await read(who)).startsAt).toBe(startOf(who, 2))
  })

  it('the echo of a move changes nothing', async () => {
    const who = await somebody()
    isEchoing = true
    echoed.length = 0
    await move(who, 1)
    await confirmation(who, 'CONFIRMED')
    await expect.poll(() => echoed).toEqual(['AA'])
    const before = await read(who)
    expect(before).toMatchObject({ startsAt: startOf(who, 1), lastMove: { by: 'PATIENT' } })
    portal.clock.pass(1)
    await sendBack(heardOf(who)[0] as PortalMessage)
    expect(await read(who)).toEqual(before)
    expect(heardOf(who)).toHaveLength(1)
  })

  it('the hospital’s own move stands, is flagged, and ours is told no more', async () => {
    const who = await somebody()
    say = () => ({ code: 'AR' })
    await move(who, 1)
    await expect.poll(() => heardOf(who).length).toBe(1)
    portal.clock.pass(1)
    const startsAt = new Date('2026-12-08T14:00:00Z')
    expect(await sendFromHospital('S13', who, startsAt)).toMatch(/^AA .*SCH-1: recorded, although the patient changed/)
    portal.clock.pass(3_600)
    await new Promise((resolve) => setTimeout(resolve, 300))
    expect(heardOf(who)).toHaveLength(1)
    const token = await logIn(portal, who.person)
    expect(await read({ ...who, token })).toMatchObject({
      startsAt: startsAt.toISOString(),
      hospitalConfirmation: 'CONFIRMED',
      lastMove: { by: 'HOSPITAL' },
    })
  })

  it('a message that only repeats the old time does not undo what is on its way', async () => {
    const who = await somebody()
    say = () => ({ code: 'AR' })
    await move(who, 1)
    portal.clock.pass(1)
    expect(await sendFromHospital('S14', who, new Date(firstSlot))).toBe('AA')
    expect(await read(who)).toMatchObject({ startsAt: startOf(who, 1), hospitalConfirmation: 'BEING_CONFIRMED' })
    say = () => ({ code: 'AA' })
    await confirmationInTime(who, 'CONFIRMED')
  })

  it('a cancellation is told as S15 once it can no longer be undone', async () => {
    const who = await somebody()
    const { version } = await read(who)
    const input = { idempotencyKey: randomUUID(), appointmentId: who.id, version, reason: 'FEELING_BETTER' }
    await portal.ask(
      who.token,
      `mutation C($input: CancelAppointmentInput!) { cancelAppointment(input: $input) { __typename } }`,
      { input },
    )
    await new Promise((resolve) => setTimeout(resolve, 200))
    expect(heardOf(who)).toEqual([])
    portal.clock.pass(31 * 60)
    await portal.graph.settle()
    await expect.poll(() => heardOf(who).map(({ event }) => event)).toEqual(['S15'])
    expect(await read({ ...who, token: await logIn(portal, who.person) })).toMatchObject({
      status: 'CANCELLED',
      cancellation: { by: 'PATIENT' },
    })
  })

  it('a process that dies between telling and keeping the answer tells again, and the hospital does it once', async () => {
    const who = await somebody()
    await feeds.stop()
    const failing: typeof fetch = (url, init) =>
      String(init?.body).includes('AnswerHospitalNotice') ? Promise.reject(new Error('killed')) : fetch(url, init)
    const dying = await startFeeds({
      ...settings(),
      graph: { ...settings().graph, fetch: failing, retry: { attempts: 1 } },
    })
    await move(who, 1)
    await expect.poll(() => heardOf(who).length).toBe(1)
    await dying.stop()
    expect((await read(who)).hospitalConfirmation).toBe('BEING_CONFIRMED')
    feeds = await startFeeds(settings())
    await new Promise((resolve) => setTimeout(resolve, 200))
    expect(heardOf(who)).toHaveLength(1)
    portal.clock.pass(61)
    await confirmation(who, 'CONFIRMED')
    expect(heardOf(who).map(({ controlId, isRepeat }) => [controlId, isRepeat])).toEqual([
      [heardOf(who)[0]?.controlId, false],
      [heardOf(who)[0]?.controlId, true],
    ])
  })
})
