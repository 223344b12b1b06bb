import { expect, it } from 'vitest'
import { aWorld, type MessagesWorld } from '../../test/messages/messages-world.ts'
import { MessageState } from './outgoing-message.entity.ts'

const moved = 'appointment.moved'
const ids = (appointmentId: string, version = '2') => ({ appointmentId, patientId: 'amal', version })
const byHospital = { lastMove: { by: 'HOSPITAL' as const } }
const bodies = (world: MessagesWorld) => world.arrived.map(({ body }) => body)
const inTheMorning = async (world: MessagesWorld) => {
  world.clock.set('2026-06-02T07:00:00Z')
  await world.main.settle()
}

it('tells by whom the appointment was changed, and where to see how', async () => {
  const world = await aWorld()
  const appointmentId = world.aBooking(byHospital)
  await world.tell(moved, ids(appointmentId))
  await world.tell(moved, ids(appointmentId))
  expect(bodies(world)).toEqual([
    expect.stringMatching(
      /^Amal, Patient Portal: the hospital has changed your appointment\. See the new details at http:\S+ Ref \S{8}$/,
    ),
  ])
})

it('waits for the morning, and says the last of two moves', async () => {
  const world = await aWorld({ at: '2026-06-01T20:00:00Z' })
  const appointmentId = world.aBooking(byHospital)
  // The later one is heard first.
  await world.tell(moved, ids(appointmentId, '3'))
  await world.tell(moved, ids(appointmentId, '2'))
  expect(world.arrived).toEqual([])
  await inTheMorning(world)
  expect(world.arrived).toHaveLength(1)
  const states = Object.fromEntries((await world.queue()).map((it) => [it.appointmentVersion, it.state]))
  expect(states).toEqual({ 2: MessageState.SUPERSEDED, 3: MessageState.SENT })
})

it('says nothing in the morning of what was cancelled, or changed by the patient, in the night', async () => {
  const world = await aWorld({ at: '2026-06-01T20:00:00Z' })
  const [cancelled, changed] = [world.aBooking(byHospital), world.aBooking(byHospital)]
  await world.tell(moved, ids(cancelled))
  await world.tell(moved, ids(changed))
  world.nowIs(cancelled, { status: 'CANCELLED', cancellation: { by: 'PATIENT', undoUntil: null } })
  await world.tell('appointment.cancelled', { ...ids(cancelled, '3'), by: 'PATIENT' })
  world.nowIs(changed, { lastMove: { by: 'PATIENT' } })
  await world.tell('appointment.rescheduled', { ...ids(changed, '3'), by: 'PATIENT' })
  expect(world.arrived).toHaveLength(2)
  await inTheMorning(world)
  expect(world.arrived).toHaveLength(2)
})

it('is told with the booking when the patient has yet to hear of that', async () => {
  const world = await aWorld({ at: '2026-06-01T20:00:00Z' })
  const appointmentId = world.aBooking()
  await world.tell('appointment.booked', { appointmentId })
  world.nowIs(appointmentId, byHospital)
  await world.tell(moved, ids(appointmentId))
  await inTheMorning(world)
  expect(bodies(world)).toEqual([expect.stringContaining('you have a new hospital appointment')])
  await world.tell(moved, ids(appointmentId, '3'))
  expect(world.arrived).toHaveLength(2)
})
