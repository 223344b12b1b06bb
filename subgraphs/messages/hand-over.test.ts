import { randomInt, randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { MessageState, OutgoingMessage } from './outgoing-message.entity.ts'
import type { Graph } from '../runtime/reaction.ts'
import type { Provider } from './providers/provider.ts'
import { aWorld, type MessagesWorld } from '../../test/messages/messages-world.ts'

const booked = 'appointment.booked'
const once = (world: MessagesWorld) => {
  const references = world.arrived.map(({ reference }) => reference)
  expect(new Set(references).size).toBe(references.length)
  return references.length
}

describe('when the provider', () => {
  it('is busy, the message waits as long as it says', async () => {
    const world = await aWorld()
    world.door.mishaps.push({ status: 429, retryAfter: '300' })
    await world.tell(booked, { appointmentId: world.aBooking() })
    expect(await world.queue()).toMatchObject([{ state: MessageState.WAITING, lastErrorCode: 'HTTP_429' }])
    await world.later(299)
    expect(world.arrived).toEqual([])
    await world.later(1)
    expect(world.arrived).toHaveLength(1)
  })

  it('fails for hours, the message goes out when it is back', async () => {
    const world = await aWorld()
    world.door.mishaps.push(...Array.from({ length: 7 }, () => ({ status: 500 })))
    await world.tell(booked, { appointmentId: world.aBooking() })
    for (const seconds of [13, 37, 145, 721, 2161, 4321]) await world.later(seconds)
    expect(await world.queue()).toMatchObject([{ attempts: 7, state: MessageState.WAITING, lastErrorCode: 'HTTP_500' }])
    await world.later(4321)
    expect(world.arrived).toHaveLength(1)
  })

  it('accepts and is not heard, it is asked before it gets the message again', async () => {
    const world = await aWorld()
    world.door.mishaps.push('ACCEPTED_BUT_UNHEARD')
    await world.tell(booked, { appointmentId: world.aBooking() })
    expect(await world.queue()).toMatchObject([{ state: MessageState.WAITING }])
    await world.later(13)
    expect(await world.queue()).toMatchObject([{ state: MessageState.SENT, attempts: 1 }])
    expect(once(world)).toBe(1)
  })

  it('accepts, is not heard, and cannot be asked, the message waits until it can', async () => {
    const world = await aWorld()
    world.door.mishaps.push('ACCEPTED_BUT_UNHEARD')
    await world.tell(booked, { appointmentId: world.aBooking() })
    world.door.closedToQuestions = true
    for (let hour = 0; hour < 4; hour++) await world.later(4321)
    expect(await world.queue()).toMatchObject([{ state: MessageState.WAITING, attempts: 1, lastErrorCode: 'HTTP_503' }])
    world.door.closedToQuestions = false
    await world.later(4321)
    expect(await world.queue()).toMatchObject([{ state: MessageState.SENT, attempts: 1 }])
    expect(once(world)).toBe(1)
  })

  it('says nothing at all, we stop listening and try again', async () => {
    const world = await aWorld({ timeLimitMilliseconds: 200 })
    world.door.mishaps.push('SILENCE')
    await world.tell(booked, { appointmentId: world.aBooking() })
    expect(await world.queue()).toMatchObject([{ state: MessageState.WAITING, lastErrorCode: 'ERR_CANCELED' }])
    await world.later(13)
    expect(once(world)).toBe(1)
  })

  it('does not know our key, the message waits until somebody has mended it', async () => {
    const world = await aWorld()
    world.door.mishaps.push({ status: 403 })
    await world.tell(booked, { appointmentId: world.aBooking() })
    expect(await world.queue()).toMatchObject([{ state: MessageState.WAITING, lastErrorCode: 'HTTP_403' }])
  })

  it('refuses the number, the message goes by e-mail', async () => {
    const world = await aWorld()
    await world.tell(booked, { appointmentId: world.aBooking({}, { mobile: '12' }) })
    expect(world.arrived).toMatchObject([{ email_address: 'amal@example.com' }])
    expect(await world.queue()).toMatchObject([
      { state: MessageState.FAILED, lastErrorCode: 'HTTP_400', channel: 'TEXT' },
      { state: MessageState.SENT, channel: 'EMAIL' },
    ])
  })

  it('finds later that the phone does not exist, the message goes by e-mail, once', async () => {
    const world = await aWorld()
    await world.tell(booked, { appointmentId: world.aBooking({}, { mobile: '+447700900002' }) })
    for (let check = 0; check < 5; check++) await world.later(60)
    expect(world.arrived.map(({ type }) => type)).toEqual(['sms', 'email'])
    expect(await world.queue()).toMatchObject([
      { state: MessageState.FAILED, lastErrorCode: 'permanent-failure' },
      { state: MessageState.DELIVERED, channel: 'EMAIL' },
    ])
  })

  it('can reach the patient in no way, the message has failed and the log says so by id', async () => {
    const world = await aWorld()
    await world.tell(booked, { appointmentId: world.aBooking({}, { mobile: '+447700900002', email: null }) })
    await world.later(60)
    const [message] = await world.queue()
    expect(message?.state).toBe(MessageState.FAILED)
    expect(world.logged.join()).toContain(`no other way {"messageId":"${message?.id}"`)
  })
})

it('asks what became of a message until it is delivered', async () => {
  const world = await aWorld()
  await world.tell(booked, { appointmentId: world.aBooking() })
  expect(await world.queue()).toMatchObject([{ state: MessageState.SENT }])
  world.door.closedToQuestions = true
  await world.later(31)
  expect(await world.queue()).toMatchObject([{ state: MessageState.SENT }])
  world.door.closedToQuestions = false
  await world.later(32)
  expect(await world.queue()).toMatchObject([{ state: MessageState.DELIVERED, notBefore: null }])
})

it('waits while the rest of the graph is away, without counting it as a try', async () => {
  const world = await aWorld({ at: '2026-06-01T21:00:00Z' })
  await world.tell(booked, { appointmentId: world.aBooking() })
  world.neighbours.away = true
  world.clock.set('2026-06-02T07:00:00Z')
  await world.main.settle()
  expect(await world.queue()).toMatchObject([{ state: MessageState.WAITING, attempts: 0 }])
  world.neighbours.away = false
  await world.later(13)
  expect(once(world)).toBe(1)
})

/** A provider that remembers, and counts what it was given twice. */
function countingProvider() {
  const given = new Map<string, number>()
  const provider: Provider = {
    remembers: true,
    find: (reference) =>
      Promise.resolve(given.has(reference) ? { providerId: 'x', delivery: 'ON_ITS_WAY', status: '' } : undefined),
    send({ reference }) {
      given.set(reference, (given.get(reference) ?? 0) + 1)
      return Promise.resolve({ outcome: 'ACCEPTED', providerId: 'x' })
    },
  }
  return { given, provider }
}

/** A process that dies over one of the first messages it gives away: just before the provider has it, or just after. */
async function processThatDies(world: MessagesWorld, provider: Provider): Promise<'died' | 'had nothing to do'> {
  const { promise: death, resolve: die } = Promise.withResolvers<'died'>()
  const never = new Promise<never>(() => undefined)
  let left = randomInt(1, 6)
  const text: Provider = {
    remembers: true,
    find: (reference) => (left > 0 ? provider.find(reference) : never),
    async send(envelope) {
      if (left <= 0) return never
      left -= 1
      if (left > 0 || randomInt(2)) await provider.send(envelope)
      if (left > 0) return { outcome: 'ACCEPTED', providerId: 'x' }
      die('died')
      return never
    },
  }
  const graph: Graph = { ask: (document, variables) => (left > 0 ? world.neighbours.ask(document, variables) : never) }
  const run = world.handOver({ providers: { TEXT: text, EMAIL: text }, graph })
  return Promise.race([run.then(() => 'had nothing to do' as const), death])
}

describe.each(['sqlite', 'postgresql'] as const)('on %s', (engine) => {
  it('sends each message once though 25 processes die over it', async () => {
    const world = await aWorld({ engine, handsOver: false })
    const { given, provider } = countingProvider()
    for (let count = 0; count < 260; count++) await world.arrive(booked, { appointmentId: world.aBooking() })
    for (let deaths = 0; deaths < 25; deaths++) {
      expect(await processThatDies(world, provider)).toBe('died')
      world.clock.pass(61)
    }
    expect((await world.queue()).filter(({ attempts }) => attempts > 1).length).toBeGreaterThan(50)
    // The last to die may have claimed more with its last breath: their leases must run out.
    for (let round = 0; round < 5; round++) {
      world.clock.pass(61)
      await world.handOver({ providers: { TEXT: provider, EMAIL: provider } })
    }
    expect([...given.values()].filter((times) => times > 1)).toEqual([])
    expect(given.size).toBe(260)
    expect((await world.queue()).filter(({ state }) => state !== MessageState.SENT)).toEqual([])
  }, 120_000)

  it('shares the work between processes without sending anything twice', async () => {
    const world = await aWorld({ engine, at: '2026-06-01T02:00:00Z' })
    const others = await Promise.all([world.another(), world.another(), world.another()])
    for (let count = 0; count < 80; count++) await world.arrive(booked, { appointmentId: world.aBooking() })
    world.clock.set('2026-06-01T07:00:00Z')
    await Promise.all([world.main, ...others].map((it) => it.settle()))
    await world.main.settle()
    expect(once(world)).toBe(80)
    expect((await world.queue()).every(({ attempts }) => attempts === 1)).toBe(true)
  }, 120_000)

  it('has migrations that say what its tables are', async () => {
    const world = await aWorld({ engine })
    expect(await world.main.pendingChanges()).toBe('')
  })

  it('promises one message for each dedupe key', async () => {
    const world = await aWorld({ engine })
    await world.tell(booked, { appointmentId: world.aBooking() })
    const em = world.em()
    const [first] = await world.queue()
    if (!first) throw new Error('there is no message')
    const { id, reference, ...same } = { ...first, id: randomUUID(), reference: '99999999' }
    const again = em.fork({ clear: true })
    await expect(again.insert(OutgoingMessage, { ...same, id, reference } as never)).rejects.toThrow(/dedupe_key/)
  })
})
