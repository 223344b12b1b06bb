import { expect, it } from 'vitest'
import { aWorld } from '../../test/messages/messages-world.ts'
import { MessageState } from './outgoing-message.entity.ts'

const undone = 'appointment.cancellation-undone'
const ids = (appointmentId: string, version = '3') => ({ appointmentId, patientId: 'amal', version })

it('confirms at once, also at night, that the appointment is booked again', async () => {
  const world = await aWorld({ at: '2026-06-01T22:00:00Z' })
  const appointmentId = world.aBooking()
  await world.tell(undone, ids(appointmentId))
  await world.tell(undone, ids(appointmentId))
  expect(world.arrived.map(({ body }) => body)).toEqual([
    expect.stringMatching(/^Amal, Patient Portal: your appointment is booked again\. See it at http:\S+ Ref \S{8}$/),
  ])
})

it('says the last word alone when cancelling and undoing wait for a provider that is away', async () => {
  const world = await aWorld()
  const appointmentId = world.aBooking({
    status: 'CANCELLED',
    cancellation: { by: 'PATIENT', undoUntil: '2026-06-01T10:30:00Z' },
  })
  world.door.mishaps.push({ status: 429, retryAfter: '60' }, { status: 429, retryAfter: '60' })
  await world.tell('appointment.cancelled', { ...ids(appointmentId, '2'), by: 'PATIENT' })
  world.nowIs(appointmentId, { status: 'BOOKED', cancellation: null })
  await world.tell(undone, ids(appointmentId))
  await world.later(75)
  expect(world.arrived.map(({ body }) => body)).toEqual([expect.stringContaining('is booked again')])
})

it('says nothing when the appointment was cancelled once more', async () => {
  const world = await aWorld()
  const appointmentId = world.aBooking()
  world.door.mishaps.push({ status: 429, retryAfter: '60' })
  await world.tell(undone, ids(appointmentId))
  world.nowIs(appointmentId, { status: 'CANCELLED', cancellation: { by: 'PATIENT', undoUntil: null } })
  await world.later(75)
  expect(await world.queue()).toMatchObject([{ state: MessageState.SUPERSEDED }])
})

it('tells of the second cancellation after an undone one, and of its undoing', async () => {
  const world = await aWorld()
  const appointmentId = world.aBooking()
  for (const version of [2, 4]) {
    world.nowIs(appointmentId, { status: 'CANCELLED', cancellation: { by: 'PATIENT', undoUntil: null } })
    await world.tell('appointment.cancelled', { ...ids(appointmentId, `${version}`), by: 'PATIENT' })
    world.nowIs(appointmentId, { status: 'BOOKED', cancellation: null })
    await world.tell(undone, ids(appointmentId, `${version + 1}`))
  }
  expect(world.arrived.map(({ body }) => /is (cancelled|booked again)/.exec(body)?.[1])).toEqual([
    'cancelled',
    'booked again',
    'cancelled',
    'booked again',
  ])
})
