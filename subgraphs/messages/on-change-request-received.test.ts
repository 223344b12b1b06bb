import { expect, it } from 'vitest'
import { aWorld } from '../../test/messages/messages-world.ts'
import { gsm7Length } from './gsm-7.ts'
import { MessageState } from './outgoing-message.entity.ts'

const received = 'change-request.received'
const requestId = 'request-1'
const request = { id: requestId, reference: 'CF23GH45', status: 'OPEN' as const, answerBy: '2026-06-03' }
const ids = (appointmentId: string) => ({ appointmentId, requestId, patientId: 'amal' })

it('says at once, also at night, under which reference it arrived and when it is answered', async () => {
  const world = await aWorld({ at: '2026-06-01T22:00:00Z' })
  const another = { ...request, id: 'request-0', reference: 'XXXXXXXX' }
  const appointmentId = world.aBooking({ changeRequests: [another, request] })
  await world.tell(received, ids(appointmentId))
  await world.tell(received, ids(appointmentId))
  const [text] = world.arrived.map(({ body }) => body)
  expect(text).toMatch(
    /^Amal, Patient Portal: we have your request CF23GH45 and answer by 3 June\. See it at http:\/\/localhost:3000\/m\/[\w-]{22} Ref [2-9C-X]{8}$/,
  )
  expect(gsm7Length(text ?? '')).toBeLessThanOrEqual(160)
  expect(world.arrived).toHaveLength(1)
})

it('says so with the day of the week in an e-mail', async () => {
  const world = await aWorld()
  await world.tell(received, ids(world.aBooking({ changeRequests: [request] }, { mobile: null })))
  expect(world.arrived[0]?.body).toContain('Its reference is CF23GH45. We will answer by Wednesday 3 June 2026.')
})

it.each(['WITHDRAWN', 'AGREED', 'OVERTAKEN'] as const)(
  'says nothing of a request that is %s by then',
  async (status) => {
    const world = await aWorld()
    const appointmentId = world.aBooking({ changeRequests: [request] })
    world.door.mishaps.push({ status: 429, retryAfter: '60' })
    await world.tell(received, ids(appointmentId))
    world.nowIs(appointmentId, { changeRequests: [{ ...request, status }] })
    await world.later(75)
    expect(await world.queue()).toMatchObject([{ state: MessageState.SUPERSEDED }])
  },
)

it('says nothing of a request that is not the appointment’s', async () => {
  const world = await aWorld()
  await world.tell(received, { ...ids(world.aBooking({ changeRequests: [request] })), requestId: 'another' })
  expect(await world.queue()).toEqual([])
})
