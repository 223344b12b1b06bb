import { describe, expect, it } from 'vitest'
import { gsm7Length } from './gsm-7.ts'
import { MessageState } from './outgoing-message.entity.ts'
import { aWorld } from '../../test/messages/messages-world.ts'

const booked = 'appointment.booked'

describe.each(['sqlite', 'postgresql'] as const)('a new appointment on %s', (engine) => {
  it('is texted with the name, the service, a link and a reference', async () => {
    const world = await aWorld({ engine })
    await world.tell(booked, { appointmentId: world.aBooking() })
    const [text] = world.arrived
    expect(text?.phone_number).toBe('+447700900123')
    expect(text?.body).toMatch(
      /^Amal, Patient Portal: you have a new hospital appointment\. See it at http:\/\/localhost:3000\/m\/[\w-]{22} Ref [2-9C-X]{8}$/,
    )
    expect(gsm7Length(text?.body ?? '')).toBeLessThanOrEqual(160)
    const [message] = await world.queue()
    expect(message).toMatchObject({ state: MessageState.SENT, attempts: 1, providerId: text?.id })
    expect(text?.body.endsWith(message?.reference ?? '?')).toBe(true)
  })

  it('is told once, however often and by whichever worker the event is heard', async () => {
    const world = await aWorld({ engine })
    const appointmentId = world.aBooking()
    const again = await world.another()
    const tell = () =>
      Promise.allSettled(
        [world.main, again, world.main, again].map((it) => world.arrive(booked, { appointmentId }, it)),
      )
    await tell()
    await tell()
    await Promise.all([world.main.settle(), again.settle()])
    expect(await world.queue()).toMatchObject([{ dedupeKey: `booking:${appointmentId}:booked`, attempts: 1 }])
    expect(world.arrived).toHaveLength(1)
  })
})

it('is e-mailed to a patient without a mobile', async () => {
  const world = await aWorld()
  await world.tell(booked, { appointmentId: world.aBooking({}, { mobile: null }) })
  const [email] = world.arrived
  expect(email).toMatchObject({
    email_address: 'amal@example.com',
    subject: 'You have a new hospital appointment: Patient Portal',
  })
  expect(email?.body).toMatch(/^Dear Amal,[^]*\n\nhttp:\/\/localhost:3000\/m\/[\w-]{22}\n\n[^]*Reference: [2-9C-X]{8}$/)
})

it('is told to nobody who has neither, and the log says so by id', async () => {
  const world = await aWorld()
  const appointmentId = world.aBooking({}, { mobile: null, email: null })
  await world.tell(booked, { appointmentId })
  expect(await world.queue()).toEqual([])
  expect(world.logged.filter((it) => it.includes(appointmentId))).toEqual([
    expect.stringMatching(/^no mobile and no e-mail: not told /),
  ])
})

it.each([
  ['cancelled', { status: 'CANCELLED' as const }, {}],
  ['in the past', { startsAt: '2026-06-01T09:59:00Z' }, {}],
  ['of a child, the deceased, or a sensitive record', {}, { messageable: false }],
])('is not told when it is %s', async (_, appointment, patient) => {
  const world = await aWorld()
  await world.tell(booked, { appointmentId: world.aBooking(appointment, patient) })
  expect(await world.queue()).toEqual([])
  expect(world.arrived).toEqual([])
})

it('is not told when the trust keeps it out of the portal', async () => {
  const world = await aWorld()
  await world.tell(booked, { appointmentId: crypto.randomUUID() })
  expect(await world.queue()).toEqual([])
})

it.each([
  ['the night the clocks go back', '2026-10-24T22:00:00Z', '2026-10-25T07:59:59Z', '2026-10-25T08:00:00Z'],
  ['the night the clocks go forward', '2027-03-27T22:00:00Z', '2027-03-28T06:59:59Z', '2027-03-28T07:00:00Z'],
])('waits for 8 in the morning in London: %s', async (_, evening, tooEarly, morning) => {
  const world = await aWorld({ at: evening })
  await world.tell(booked, { appointmentId: world.aBooking() })
  world.clock.set(tooEarly)
  await world.main.settle()
  expect(world.arrived).toEqual([])
  world.clock.set(morning)
  await world.main.settle()
  expect(world.arrived).toHaveLength(1)
})

it('is told at night where the trust keeps no quiet hours', async () => {
  const world = await aWorld({ at: '2026-10-24T22:00:00Z', trust: { quietHours: null } })
  await world.tell(booked, { appointmentId: world.aBooking() })
  expect(world.arrived).toHaveLength(1)
})

describe('held until the morning', () => {
  async function overNight(change: (booking: NonNullable<ReturnType<typeof bookingOf>>) => object) {
    const world = await aWorld({ at: '2026-06-01T21:00:00Z' })
    const appointmentId = world.aBooking()
    await world.tell(booked, { appointmentId })
    const booking = bookingOf(world, appointmentId)
    if (booking) world.neighbours.appointments.set(appointmentId, { ...booking, ...change(booking) })
    world.clock.set('2026-06-02T07:00:00Z')
    await world.main.settle()
    return world
  }
  const bookingOf = (world: Awaited<ReturnType<typeof aWorld>>, id: string) => world.neighbours.appointments.get(id)

  it('is not told when it was cancelled by then', async () => {
    const world = await overNight(() => ({ status: 'CANCELLED' }))
    expect(world.arrived).toEqual([])
    expect(await world.queue()).toMatchObject([{ state: MessageState.SUPERSEDED }])
  })

  it('is not told to a patient who died', async () => {
    const world = await overNight(({ patient }) => ({ patient: { ...patient, messageable: false } }))
    expect(world.arrived).toEqual([])
  })

  it('goes to the number of the morning', async () => {
    const world = await overNight(({ patient }) => ({ patient: { ...patient, mobile: '+447700900456' } }))
    expect(world.arrived.map(({ phone_number }) => phone_number)).toEqual(['+447700900456'])
  })

  it('goes by e-mail when there is no mobile any more', async () => {
    const world = await overNight(({ patient }) => ({ patient: { ...patient, mobile: null } }))
    expect(world.arrived.map(({ email_address }) => email_address)).toEqual(['amal@example.com'])
  })

  it('is not told once it has begun', async () => {
    const world = await aWorld({ at: '2026-06-01T21:00:00Z' })
    await world.tell(booked, { appointmentId: world.aBooking({ startsAt: '2026-06-02T06:30:00Z' }) })
    world.clock.set('2026-06-02T07:00:00Z')
    await world.main.settle()
    expect(world.arrived).toEqual([])
    expect(await world.queue()).toMatchObject([{ state: MessageState.EXPIRED }])
  })
})
