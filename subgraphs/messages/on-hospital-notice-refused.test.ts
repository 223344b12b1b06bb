import { expect, it } from 'vitest'
import { aWorld } from '../../test/messages/messages-world.ts'
import { MessageState } from './outgoing-message.entity.ts'

const refused = 'hospital-notice.refused'
const ids = (appointmentId: string) => ({ appointmentId, noticeId: 'notice-1', patientId: 'amal' })
const bodyExpected = expect.stringMatching(
  /^Amal, Patient Portal: we could not confirm your change\. We will phone you\. See more at http:\S+ Ref \S{8}$/,
) as string

it('says that the change is not confirmed, and that staff will phone', async () => {
  const world = await aWorld()
  const appointmentId = world.aBooking({ hospitalConfirmation: 'REFUSED', version: 4 })
  await world.tell(refused, ids(appointmentId))
  await world.tell(refused, ids(appointmentId))
  expect(world.arrived.map(({ body }) => body)).toEqual([bodyExpected])
})

it('says it once more when staff tried again and it was refused again', async () => {
  const world = await aWorld()
  const appointmentId = world.aBooking({ hospitalConfirmation: 'REFUSED', version: 4 })
  await world.tell(refused, ids(appointmentId))
  world.nowIs(appointmentId, { version: 6 })
  await world.tell(refused, ids(appointmentId))
  expect(world.arrived).toHaveLength(2)
})

it('waits for the morning, and is not said when staff have settled it by then', async () => {
  const world = await aWorld({ at: '2026-06-01T20:00:00Z' })
  const [settled, open] = [1, 2].map(() => world.aBooking({ hospitalConfirmation: 'REFUSED' }))
  await world.tell(refused, ids(settled ?? ''))
  await world.tell(refused, { ...ids(open ?? ''), noticeId: 'notice-2' })
  expect(world.arrived).toEqual([])
  world.nowIs(settled ?? '', { hospitalConfirmation: 'CONFIRMED' })
  world.clock.set('2026-06-02T07:00:00Z')
  await world.main.settle()
  expect(world.arrived).toHaveLength(1)
  expect((await world.queue()).map(({ state }) => state).sort()).toEqual([MessageState.SENT, MessageState.SUPERSEDED])
})

it('says nothing of a request that the hospital’s system refused: the appointment stands, and staff answer', async () => {
  const world = await aWorld()
  await world.tell(refused, ids(world.aBooking({ hospitalConfirmation: 'CONFIRMED' })))
  expect(await world.queue()).toEqual([])
})
