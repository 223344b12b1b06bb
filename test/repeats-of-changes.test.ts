import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { engines } from './alone.ts'
import { aBooked, act, askForChange, aStaffToken, type Booked, done, freeTimes } from './desk-in-world.ts'
import { rowsOf } from './rows-of.ts'
import { type Answer, world, type World } from './world.ts'

const open = { limits: { ratePerSecond: null, timeLimitMs: 60_000, subgraphTimeLimitMs: 60_000 } }

/** Something to be done once: as whom, with what, and with what else under the same key. */
interface Ready {
  bearer: string
  /** The patient whose appointment it is. */
  owner: string
  appointmentId: string
  input: Record<string, unknown>
  otherwise: Record<string, unknown>
}

interface Deed {
  outcome: string
  /** What a second tab hears, with a key of its own. */
  second: string
  shown: string
  /** What it leaves behind: events, notices to the hospital, and steps of a request. */
  leaves: string[]
  ready: (portal: World, staff: string) => Promise<Ready>
}

const ofOwner = ({ token, id }: Booked, input: object, otherwise: object): Ready => ({
  bearer: token,
  owner: token,
  appointmentId: id,
  input: { appointmentId: id, version: 1, ...input },
  otherwise: { ...otherwise },
})
const asksStaff = { mode: 'REQUEST' }
const appointment = 'appointment { id status startsAt version hospitalConfirmation cancellation { at undoUntil } }'
const request = 'request { id reference status requestedAt answeredAt history { at kind } }'

async function cancelled(portal: World): Promise<Booked> {
  const booked = await aBooked(portal)
  const input = { appointmentId: booked.id, version: 1, reason: 'UNWELL' }
  await done(portal, booked.token, ['cancelAppointment', 'AppointmentCancelled'], input)
  return booked
}

const deeds: Record<string, Deed> = {
  rescheduleAppointment: {
    outcome: 'AppointmentRescheduled',
    second: 'AppointmentHasChanged',
    shown: appointment,
    leaves: ['appointment.rescheduled', 'RESCHEDULED'],
    ready: async (portal) => {
      const booked = await aBooked(portal)
      const [slotId, later] = await freeTimes(portal, booked.token, booked.id)
      return ofOwner(booked, { slotId, reason: 'AWAY', detail: 'A wedding' }, { slotId: later })
    },
  },
  cancelAppointment: {
    outcome: 'AppointmentCancelled',
    second: 'AppointmentHasChanged',
    shown: appointment,
    leaves: ['appointment.cancelled'],
    ready: async (portal) => ofOwner(await aBooked(portal), { reason: 'UNWELL' }, { reason: 'CANNOT_COME' }),
  },
  undoCancellation: {
    outcome: 'CancellationUndone',
    second: 'CannotUndo',
    shown: appointment,
    leaves: ['appointment.cancellation-undone'],
    ready: async (portal) => {
      const { token, id } = await cancelled(portal)
      const otherwise = { appointmentId: (await cancelled(portal)).id }
      return { bearer: token, owner: token, appointmentId: id, input: { appointmentId: id }, otherwise }
    },
  },
  requestAppointmentChange: {
    outcome: 'ChangeRequested',
    second: 'CannotReschedule',
    shown: request,
    leaves: ['change-request.received', 'CHANGE_REQUESTED', 'REQUESTED'],
    ready: async (portal) => {
      const wish = { reason: 'AWAY', preferredDays: ['MONDAY'], preferredTimes: [], unavailable: 'Not on 3 December' }
      return ofOwner(await aBooked(portal, asksStaff), wish, { preferredDays: ['TUESDAY'] })
    },
  },
  claimChangeRequest: {
    outcome: 'ChangeRequestClaimed',
    second: 'ChangeRequestClaimed',
    shown: request,
    leaves: ['CLAIMED'],
    ready: async (portal, bearer) => {
      const booked = await aBooked(portal, asksStaff)
      const requestId = await askForChange(portal, booked)
      const otherwise = { requestId: await askForChange(portal, await aBooked(portal, asksStaff)) }
      return { bearer, owner: booked.token, appointmentId: booked.id, input: { requestId }, otherwise }
    },
  },
  agreeToChangeRequest: {
    outcome: 'ChangeRequestAgreed',
    second: 'ChangeRequestClosed',
    shown: request,
    leaves: ['appointment.rescheduled', 'change-request.answered', 'RESCHEDULED', 'AGREED'],
    ready: async (portal, bearer) => {
      const booked = await aBooked(portal, asksStaff)
      const requestId = await askForChange(portal, booked)
      await done(portal, bearer, ['claimChangeRequest', 'ChangeRequestClaimed'], { requestId })
      const [slotId, later] = await freeTimes(portal, bearer, booked.id)
      const input = { requestId, slotId, message: 'See you then.' }
      return { bearer, owner: booked.token, appointmentId: booked.id, input, otherwise: { slotId: later } }
    },
  },
}

describe.each(engines)('a change that is repeated, on %s', { timeout: 120_000 }, (engine) => {
  let portal: World
  let staff: string
  beforeAll(async () => {
    portal = await world({ engine, more: open })
    staff = await aStaffToken(portal)
  })
  afterAll(() => portal.stop())

  /** Everything an appointment has left behind. */
  async function leftBy(it: Ready): Promise<string[]> {
    const { appointmentId: id } = it
    const found = await Promise.all([
      rowsOf<{ kind: string }>(
        portal,
        'appointments',
        'select kind from outbox_event where cast(ids as text) like ?',
        `%${id}%`,
      ),
      rowsOf<{ kind: string }>(portal, 'appointments', 'select kind from hospital_notice where appointment_id = ?', id),
      stepsOf(it),
    ])
    return found.flat().map(({ kind }) => kind)
  }
  async function stepsOf({ owner, appointmentId: id }: Ready): Promise<{ kind: string }[]> {
    const query = `query A($id: ID!) { appointment(id: $id) { changeRequests { history { kind } } } }`
    const { data } = await portal.ask(owner, query, { id })
    const { changeRequests } = data?.appointment as unknown as { changeRequests: { history: { kind: string }[] }[] }
    return changeRequests.flatMap(({ history }) => history)
  }
  const since = (before: string[], after: string[]) => {
    const rest = [...after]
    for (const kind of before) rest.splice(rest.indexOf(kind), 1)
    return rest.sort()
  }
  const kindOf = (name: string, { data, text }: Answer) =>
    (data?.[name] as { __typename?: string } | undefined)?.__typename ?? text
  const doIt = (name: string, { bearer }: Ready, input: object) => {
    const { outcome, shown } = deeds[name] as Deed
    return act(portal, bearer, name, input, `... on Problem { message } ... on ${outcome} { ${shown} }`)
  }

  const names = Object.keys(deeds)
  it.each(names)('has one effect and one answer, however often it comes at once: %s', async (name) => {
    const { ready, outcome, leaves } = deeds[name] as Deed
    const it = await ready(portal, staff)
    const before = await leftBy(it)
    const input = { ...it.input, idempotencyKey: randomUUID() }
    const answers = await Promise.all(Array.from({ length: 100 }, () => doIt(name, it, input)))
    expect([...new Set(answers.map(({ text }) => text))]).toHaveLength(1)
    expect(answers.map((answer) => kindOf(name, answer))).toEqual(Array(100).fill(outcome))
    expect(since(before, await leftBy(it))).toEqual([...leaves].sort())

    const other = await doIt(name, it, { ...input, ...it.otherwise })
    expect(other.errors).toEqual([
      expect.objectContaining({
        message: expect.stringContaining('already used for another request') as string,
        extensions: { code: 'BAD_USER_INPUT' },
      }),
    ])
    expect(since(before, await leftBy(it))).toEqual([...leaves].sort())
    expect((await doIt(name, it, input)).text).toBe(answers[0]?.text)
  })

  it.each(names)('has one effect from two tabs with keys of their own: %s', async (name) => {
    const { ready, outcome, second, leaves } = deeds[name] as Deed
    const it = await ready(portal, staff)
    const before = await leftBy(it)
    const tabs = await Promise.all([1, 2].map(() => doIt(name, it, { ...it.input, idempotencyKey: randomUUID() })))
    expect(tabs.map((answer) => kindOf(name, answer)).sort()).toEqual([outcome, second].sort())
    expect(since(before, await leftBy(it))).toEqual([...leaves].sort())
  })

  it('hears the same after a restart, and does nothing again', async () => {
    const all: { name: string; it: Ready; input: object; text: string; left: string[] }[] = []
    for (const name of names) {
      const it = await (deeds[name] as Deed).ready(portal, staff)
      const input = { ...it.input, idempotencyKey: randomUUID() }
      const answer = await doIt(name, it, input)
      expect(kindOf(name, answer)).toBe(deeds[name]?.outcome)
      all.push({ name, it, input, text: answer.text, left: await leftBy(it) })
    }
    portal.clock.pass(60)
    await portal.halt()
    portal = await world({ engine, clock: portal.clock, more: open, after: portal })
    for (const { name, it, input, text, left } of all) {
      expect((await doIt(name, it, input)).text).toBe(text)
      expect((await leftBy(it)).sort()).toEqual(left.sort())
    }
  })

  it('is nobody else’s: the key and body of another do what another may', async () => {
    const { ready } = deeds['cancelAppointment'] as Deed
    const [hers, his] = [await ready(portal, staff), await ready(portal, staff)]
    const idempotencyKey = randomUUID()
    const first = await doIt('cancelAppointment', hers, { ...hers.input, idempotencyKey })
    expect(kindOf('cancelAppointment', first)).toBe('AppointmentCancelled')
    const stolen = await doIt('cancelAppointment', his, { ...hers.input, idempotencyKey })
    expect(kindOf('cancelAppointment', stolen)).toBe('AppointmentNotFound')
  })
})
