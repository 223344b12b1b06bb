import { expect, it } from 'vitest'
import { aWorld } from '../../test/messages/messages-world.ts'

const answered = 'change-request.answered'
const requestId = 'request-1'
const request = { id: requestId, reference: 'CF23GH45', answerBy: '2026-06-03' }
const ids = (appointmentId: string) => ({ appointmentId, requestId, patientId: 'amal' })

it.each(['AGREED', 'REFUSED'] as const)('says that there is an answer, and not that it is %s', async (status) => {
  const world = await aWorld()
  const appointmentId = world.aBooking({ changeRequests: [{ ...request, status }] })
  await world.tell(answered, ids(appointmentId))
  await world.tell(answered, ids(appointmentId))
  expect(world.arrived.map(({ body }) => body)).toEqual([
    expect.stringMatching(
      /^Amal, Patient Portal: we have answered your request\. See our answer at http:\S+ Ref \S{8}$/,
    ),
  ])
})

it('says so too when staff agreed to cancel', async () => {
  const world = await aWorld()
  const appointmentId = world.aBooking({
    status: 'CANCELLED',
    cancellation: { by: 'PATIENT', undoUntil: null },
    changeRequests: [{ ...request, status: 'AGREED' }],
  })
  await world.tell(answered, ids(appointmentId))
  expect(world.arrived).toHaveLength(1)
})

it('waits for the morning', async () => {
  const world = await aWorld({ at: '2026-06-01T20:00:00Z' })
  await world.tell(answered, ids(world.aBooking({ changeRequests: [{ ...request, status: 'REFUSED' }] })))
  expect(world.arrived).toEqual([])
  world.clock.set('2026-06-02T07:00:00Z')
  await world.main.settle()
  expect(world.arrived).toHaveLength(1)
})

it.each(['OPEN', 'WITHDRAWN', 'OVERTAKEN'] as const)('says nothing of a request that is %s', async (status) => {
  const world = await aWorld()
  await world.tell(answered, ids(world.aBooking({ changeRequests: [{ ...request, status }] })))
  expect(await world.queue()).toEqual([])
})
