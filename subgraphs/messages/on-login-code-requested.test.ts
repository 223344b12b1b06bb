import { describe, expect, it } from 'vitest'
import { MessageState } from './outgoing-message.entity.ts'
import { aWorld, type MessagesWorld } from '../../test/messages/messages-world.ts'

const requested = 'login-code.requested'
const states = async (world: MessagesWorld) => (await world.queue()).map(({ state }) => state)

describe.each(['sqlite', 'postgresql'] as const)('a security code on %s', (engine) => {
  it('is texted at once, bound to the site, and wiped where it was kept', async () => {
    const world = await aWorld({ engine })
    const challengeId = world.aCode()
    await world.tell(requested, { challengeId })
    expect(world.arrived).toMatchObject([
      {
        phone_number: '+447700900123',
        body: '012345 is your West Hertfordshire security code\n@localhost:3000 #012345',
      },
    ])
    expect(world.neighbours.wiped).toEqual([challengeId])
    expect(await states(world)).toEqual([MessageState.SENT])
  })

  it('is sent once when the event comes twice, at the same moment or later', async () => {
    const world = await aWorld({ engine })
    const ids = { challengeId: world.aCode() }
    const again = await world.another()
    const event = crypto.randomUUID()
    const deliveries = [world.main, again, world.main, again].map((it) => world.arrive(requested, ids, it, event))
    await Promise.all([...deliveries, world.arrive(requested, ids), world.arrive(requested, ids, again)])
    await Promise.all([world.main.settle(), again.settle()])
    await world.tell(requested, ids)
    expect(await states(world)).toEqual([MessageState.SENT])
    expect(world.arrived).toHaveLength(1)
  })
})

it('is e-mailed to somebody who asked for that', async () => {
  const world = await aWorld()
  await world.tell(requested, { challengeId: world.aCode({ channel: 'EMAIL', contact: 'amal@example.com' }) })
  const [email] = world.arrived
  expect(email?.email_address).toBe('amal@example.com')
  expect(email?.subject).toBe('Your West Hertfordshire security code')
  expect(email?.body).toContain('012345 is your West Hertfordshire security code')
  const [message] = await world.queue()
  expect(email?.body.endsWith(`Reference: ${message?.reference}`)).toBe(true)
  expect(email?.reference).toBe(message?.id)
})

it('makes nothing for a contact that nobody has', async () => {
  const world = await aWorld()
  await world.tell(requested, { challengeId: crypto.randomUUID() })
  expect(await world.queue()).toEqual([])
  expect(world.arrived).toEqual([])
})

it('keeps no code in the queue', async () => {
  const world = await aWorld()
  world.door.mishaps.push({ status: 500 })
  await world.tell(requested, { challengeId: world.aCode({ code: '918273' }) })
  const [message] = await world.queue()
  expect(message?.state).toBe(MessageState.WAITING)
  expect(JSON.stringify(message)).not.toContain('918273')
})

it('is never sent late', async () => {
  const world = await aWorld()
  world.door.mishaps.push({ status: 503, retryAfter: '119' })
  await world.tell(requested, { challengeId: world.aCode() })
  await world.later(121)
  expect(await states(world)).toEqual([MessageState.EXPIRED])
  expect(world.arrived).toEqual([])
})

it('is not sent when its time runs out while we ask for it', async () => {
  const world = await aWorld()
  let asked = 0
  // First the reaction asks; the second time is the moment before it leaves.
  world.neighbours.onAsk = () => ++asked === 2 && world.clock.pass(125)
  await world.arrive(requested, { challengeId: world.aCode() })
  await world.main.settle()
  expect(await states(world)).toEqual([MessageState.EXPIRED])
  expect(world.arrived).toEqual([])
})

it('is tried twice, and then no more', async () => {
  const world = await aWorld()
  world.door.mishaps.push({ status: 500 }, { status: 500 })
  await world.tell(requested, { challengeId: world.aCode() })
  await world.later(13)
  await world.later(40)
  await world.later(60)
  const [message] = await world.queue()
  expect(message).toMatchObject({ state: MessageState.FAILED, attempts: 2 })
  expect(world.arrived).toEqual([])
  expect(world.door.mishaps).toEqual([])
})

it('goes out in the night, when everything else waits', async () => {
  const world = await aWorld({ at: '2026-06-01T02:00:00Z' })
  await world.tell(requested, { challengeId: world.aCode() })
  expect(world.arrived).toHaveLength(1)
})

it('goes before a backlog of other messages', async () => {
  const world = await aWorld({ at: '2026-06-01T02:00:00Z' })
  for (let count = 0; count < 60; count++) await world.arrive('appointment.booked', { appointmentId: world.aBooking() })
  world.clock.set('2026-06-01T06:59:40Z')
  world.door.mishaps.push({ status: 500 })
  await world.tell(requested, { challengeId: world.aCode({ contact: '+447700900999' }) })
  expect(world.arrived).toEqual([])
  await world.later(20)
  const order = world.arrived.map(({ phone_number }) => phone_number)
  expect(order).toHaveLength(61)
  // Among the first handful that left together.
  expect(order.indexOf('+447700900999')).toBeLessThan(20)
})
