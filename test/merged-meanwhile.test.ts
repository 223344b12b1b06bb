import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { echoOf } from '../feeds/hospital/echo.ts'
import { mergePatients, unmergePatients } from '../feeds/hospital/merge-messages.ts'
import {
  bookAppointment,
  cancelAppointment,
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
import { engines } from './alone.ts'
import { aBooked, type Booked, moveToFirst } from './desk-in-world.ts'
import { rowsOf } from './rows-of.ts'
import { aPerson, logIn, type PersonInWorld, type World, world } from './world.ts'

describe.each(engines)(
  'a record that is merged while its appointments change, on %s',
  { timeout: 60_000 },
  (engine) => {
    let portal: World
    let feeds: Feeds
    let hospital: Receiver
    let say: () => Answer
    const heard: PortalMessage[] = []

    beforeAll(async () => {
      portal = await world({ engine })
      const now = () => portal.clock.now()
      const answered = (message: PortalMessage) => void heard.push(message)
      hospital = await openReceiver({ host: '127.0.0.1', port: 0, now, answer: () => say(), answered })
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
        writeBack: {
          hospital: { host: '127.0.0.1', port: hospital.port },
          application: 'PAS',
          processingId: 'T',
          answerMs: 500,
        },
        everyMs: 25,
        now,
        logLevel: 'silent',
      })
    })
    afterAll(async () => {
      await feeds.stop()
      await hospital.stop()
      await portal.stop()
    })
    beforeEach(() => {
      heard.length = 0
      say = () => ({ code: 'AA' })
    })

    /** The answer in one line, as its sender reads it. */
    async function send(message: string): Promise<string> {
      const { code, lines } = await sendHl7({ host: '127.0.0.1', port: feeds.port }, message)
      return [code, ...lines].join(' ')
    }
    /** Each message of the hospital is of a second later than what was before. */
    const now = () => {
      portal.clock.pass(1)
      return { at: portal.clock.now() }
    }
    const merge = async (survivor: PersonInWorld, { hospitalNumber }: PersonInWorld) =>
      expect(await send(mergePatients(survivor, hospitalNumber, now()))).toBe('AA')
    const unmerge = async (survivor: PersonInWorld, { hospitalNumber }: PersonInWorld) =>
      expect(await send(unmergePatients(survivor, hospitalNumber, now()))).toBe('AA')
    const inDays = (days: number) => new Date(Date.parse('2026-12-20T14:00:00Z') + days * 24 * 3600_000)

    interface Seen {
      hospitalId: string
      status: string
      startsAt: string
      version: number
      hospitalConfirmation: string
    }
    /** All appointments to come, by the hospital's number. */
    async function seenWith(token: string): Promise<Record<string, Seen>> {
      const query = `{ me { appointments(period: UPCOMING) { nodes { id status startsAt version hospitalConfirmation } } } }`
      const { data, text } = await portal.ask(token, query)
      if (!data?.me) throw new Error(text)
      const { nodes } = (data.me as unknown as { appointments: { nodes: (Seen & { id: string })[] } }).appointments
      return Object.fromEntries(nodes.map((it) => [it.id, it]))
    }
    const heardOf = ({ hospitalId }: Booked) => heard.filter(({ text }) => text.includes(`|${hospitalId}|`))
    const confirmation = (token: string, { id }: Booked, expected: string) =>
      expect.poll(async () => (await seenWith(token))[id]?.hospitalConfirmation, { timeout: 10_000 }).toBe(expected)

    it('is told of a move that was on its way, and the echo under either number changes nothing', async () => {
      const booked = await aBooked(portal)
      const survivor = await aPerson(portal)
      say = () => ({ code: 'AR' })
      await moveToFirst(portal, booked)
      await expect.poll(() => heardOf(booked).length).toBe(1)
      await merge(survivor, booked.person)
      const token = await logIn(portal, survivor)
      const moved = (await seenWith(token))[booked.id]
      expect(moved).toMatchObject({ status: 'BOOKED', hospitalConfirmation: 'BEING_CONFIRMED' })

      say = () => ({ code: 'AA' })
      portal.clock.pass(60)
      await confirmation(token, booked, 'CONFIRMED')
      const told = heardOf(booked).at(-1)?.text ?? ''
      expect(told).toContain(`${survivor.hospitalNumber}^^^RWG^MR`)
      const before = (await seenWith(token))[booked.id]
      expect(before?.startsAt).toBe(moved?.startsAt)
      for (const { hospitalNumber } of [booked.person, survivor]) {
        const echo = echoOf(told, { at: now().at, facility: 'RWG' }) ?? ''
        const message = echo.replace(survivor.hospitalNumber, hospitalNumber)
        expect(message).toContain(`|${hospitalNumber}^^^`)
        expect(await send(message)).toMatch(/^AA/)
        expect(await seenWith(token)).toEqual({ [booked.id]: before })
      }
      expect(heardOf(booked)).toHaveLength(2)
      const flagged = 'select id from appointment_conflict where appointment_id = ?'
      expect(await rowsOf(portal, 'appointments', flagged, booked.id)).toEqual([])
    })

    it('is booked, moved and cancelled under the retired number, and it is the survivor’s', async () => {
      const booked = await aBooked(portal)
      const [retired, survivor] = [booked.person, await aPerson(portal)]
      await merge(survivor, retired)
      const token = await logIn(portal, survivor)
      const move = (id: string, days: number) =>
        moveAppointment(retired, { id, startsAt: inDays(days), minutes: 30 }, now())
      expect(await send(move(booked.hospitalId, 1))).toMatch(/^AA/)
      expect(await seenWith(token)).toEqual({
        [booked.id]: expect.objectContaining({ status: 'BOOKED', startsAt: inDays(1).toISOString() }) as Seen,
      })

      const { clinicCode } = booked
      const another = { id: `N-${retired.hospitalNumber}`, clinicCode, startsAt: inDays(3) }
      expect(await send(bookAppointment(retired, another, now()))).toMatch(/^AA/)
      expect(await send(move(another.id, 4))).toMatch(/^AA/)
      const seen = await seenWith(token)
      expect(Object.values(seen).map(({ startsAt }) => startsAt)).toEqual(
        [inDays(1), inDays(4)].map((it) => it.toISOString()),
      )
      expect(await send(cancelAppointment(retired, { id: another.id }, 'The clinic is closed', now()))).toMatch(/^AA/)
      expect(await send(cancelAppointment(survivor, { id: booked.hospitalId }, 'The clinic is closed', now()))).toMatch(
        /^AA/,
      )
      expect(Object.values(await seenWith(token)).map(({ status }) => status)).toEqual(['CANCELLED', 'CANCELLED'])
    })

    it('is changed by the survivor, who alone is logged in still, and the hospital is told', async () => {
      const booked = await aBooked(portal)
      const survivor = await aPerson(portal)
      await merge(survivor, booked.person)
      expect((await portal.ask(booked.token, '{ me { id } }')).status).toBe(401)
      const token = await logIn(portal, survivor)
      await moveToFirst(portal, { ...booked, token })
      await confirmation(token, booked, 'CONFIRMED')
      expect(heardOf(booked).map(({ event }) => event)).toEqual(['S13'])
      // The hospital's own word stands under the surviving number as under the other.
      const startsAt = inDays(2)
      const own = moveAppointment(survivor, { id: booked.hospitalId, startsAt, minutes: 30 }, now())
      expect(await send(own)).toMatch(/^AA/)
      expect((await seenWith(token))[booked.id]?.startsAt).toBe(startsAt.toISOString())
    })

    it('is two again: each sees and changes their own, and what was on its way arrives', async () => {
      const [hers, his] = [await aBooked(portal), await aBooked(portal)]
      await merge(hers.person, his.person)
      const together = await logIn(portal, hers.person)
      expect(Object.keys(await seenWith(together)).sort()).toEqual([hers.id, his.id].sort())
      say = () => ({ code: 'AR' })
      await moveToFirst(portal, { ...his, token: together })
      await expect.poll(() => heardOf(his).length).toBe(1)
      await unmerge(hers.person, his.person)

      expect(Object.keys(await seenWith(together))).toEqual([hers.id])
      const stranger = await portal.ask(together, `query A($id: ID!) { appointment(id: $id) { id } }`, { id: his.id })
      expect(stranger.data).toEqual({ appointment: null })
      const token = await logIn(portal, his.person)
      expect(Object.keys(await seenWith(token))).toEqual([his.id])
      say = () => ({ code: 'AA' })
      portal.clock.pass(60)
      await confirmation(token, his, 'CONFIRMED')
      expect(heardOf(his).at(-1)?.text).toContain(his.person.hospitalNumber)

      await moveToFirst(portal, { ...his, token }, { version: (await seenWith(token))[his.id]?.version })
      await confirmation(token, his, 'CONFIRMED')
      const wrong = moveAppointment(hers.person, { id: his.hospitalId, startsAt: inDays(5), minutes: 30 }, now())
      expect(await send(wrong)).toMatch(/^AE/)
      expect((await seenWith(token))[his.id]?.startsAt).not.toBe(inDays(5).toISOString())
    })
  },
)
