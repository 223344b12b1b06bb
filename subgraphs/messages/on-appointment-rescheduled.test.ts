import { describe, expect, it } from 'vitest'
import { aWorld } from '../../test/messages/messages-world.ts'
import { MessageState } from './outgoing-message.entity.ts'

const rescheduled = 'appointment.rescheduled'
const byPatient = { lastMove: { by: 'PATIENT' as const }, hospitalConfirmation: 'BEING_CONFIRMED' as const }
const ids = (appointmentId: string, version = '2') => ({ appointmentId, patientId: 'amal', version, by: 'PATIENT' })

describe.each(['sqlite', 'postgresql'] as const)('a change of time by the patient on %s', (engine) => {
  it('is confirmed in a text that says no time', async () => {
    const world = await aWorld({ engine })
    await world.tell(rescheduled, ids(world.aBooking(byPatient)))
    expect(world.arrived.map(({ body }) => body)).toEqual([
      expect.stringMatching(
        /^Amal, Patient Portal: your appointment has been changed\. See it at http:\/\/localhost:3000\/m\/[\w-]{22} Ref [2-9C-X]{8}$/,
      ),
    ])
  })

  it('is confirmed once, and a second change once more', async () => {
    const world = await aWorld({ engine })
    const appointmentId = world.aBooking(byPatient)
    await world.tell(rescheduled, ids(appointmentId))
    await world.tell(rescheduled, ids(appointmentId))
    expect(world.arrived).toHaveLength(1)
    await world.tell(rescheduled, ids(appointmentId, '3'))
    expect(world.arrived).toHaveLength(2)
  })
})

it('is confirmed at night: it answers what the patient did', async () => {
  const world = await aWorld({ at: '2026-06-01T22:00:00Z' })
  await world.tell(rescheduled, ids(world.aBooking(byPatient)))
  expect(world.arrived).toHaveLength(1)
})

it('is confirmed by e-mail at night too, when the text cannot arrive', async () => {
  const world = await aWorld({ at: '2026-06-01T22:00:00Z' })
  world.door.mishaps.push({ status: 400 })
  await world.tell(rescheduled, ids(world.aBooking(byPatient)))
  await world.main.settle()
  expect(world.arrived).toMatchObject([
    {
      email_address: 'amal@example.com',
      subject: 'Your hospital appointment has been changed: Patient Portal',
      body: expect.stringContaining('We send no new letter, so yours may show an old time.') as string,
    },
  ])
})

it('is not told when staff made it, who agreed to a request: their answer says so', async () => {
  const world = await aWorld()
  const appointmentId = world.aBooking({ ...byPatient, lastMove: { by: 'HOSPITAL' } })
  await world.tell(rescheduled, { ...ids(appointmentId), by: 'STAFF' })
  expect(await world.queue()).toEqual([])
})

it.each([
  ['cancelled', { status: 'CANCELLED' as const, cancellation: { by: 'PATIENT' as const, undoUntil: null } }],
  ['moved by the hospital', { lastMove: { by: 'HOSPITAL' as const } }],
  ['refused by the hospital', { hospitalConfirmation: 'REFUSED' as const }],
])('is not confirmed when it was %s before the text could leave', async (_, facts) => {
  const world = await aWorld()
  const appointmentId = world.aBooking(byPatient)
  world.door.mishaps.push({ status: 429, retryAfter: '60' })
  await world.tell(rescheduled, ids(appointmentId))
  world.nowIs(appointmentId, facts)
  await world.later(75)
  expect(await world.queue()).toMatchObject([{ state: MessageState.SUPERSEDED }])
  expect(world.arrived).toEqual([])
})

it('is confirmed once when two changes wait for a provider that is away', async () => {
  const world = await aWorld()
  const appointmentId = world.aBooking(byPatient)
  world.door.mishaps.push({ status: 429, retryAfter: '60' }, { status: 429, retryAfter: '60' })
  await world.tell(rescheduled, ids(appointmentId, '2'))
  await world.tell(rescheduled, ids(appointmentId, '3'))
  await world.later(75)
  const states = Object.fromEntries((await world.queue()).map((it) => [it.appointmentVersion, it.state]))
  expect(states).toEqual({ 2: MessageState.SUPERSEDED, 3: MessageState.SENT })
  expect(world.arrived).toHaveLength(1)
})
