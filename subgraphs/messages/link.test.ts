import { expect, it } from 'vitest'
import { aWorld, type MessagesWorld, patientViewer } from '../../test/messages/messages-world.ts'

const query = 'query Follow($reference: ID!) { link(reference: $reference) { reference path } }'
const nothing = { data: { link: null }, errors: undefined }

async function aLink() {
  const world = await aWorld()
  const patientId = 'patient-amal'
  const appointmentId = world.aBooking({}, { id: patientId })
  await world.tell('appointment.booked', { appointmentId })
  const reference = /\/m\/(\S+)/.exec(world.arrived[0]?.body ?? '')?.[1] ?? ''
  return { world, patientId, appointmentId, reference }
}
const follow = (world: MessagesWorld, reference: string, patientId: string) =>
  world.ask(query, { reference }, patientViewer(patientId))

it('leads its own patient to the appointment', async () => {
  const { world, patientId, appointmentId, reference } = await aLink()
  expect(await follow(world, reference, patientId)).toMatchObject({
    data: { link: { reference, path: `/appointments/${appointmentId}` } },
  })
})

it('looks unknown to everybody else, and after 30 days to its patient too', async () => {
  const { world, patientId, reference } = await aLink()
  expect(await follow(world, reference, 'patient-bob')).toEqual(nothing)
  expect(await follow(world, 'unknown', patientId)).toEqual(nothing)
  expect(await follow(world, reference.toLowerCase(), patientId)).toEqual(nothing)
  world.clock.pass(30 * 86_400 - 1)
  expect(await follow(world, reference, patientId)).not.toEqual(nothing)
  world.clock.pass(1)
  expect(await follow(world, reference, patientId)).toEqual(nothing)
})

it('is for patients, and for nobody who is not logged in', async () => {
  const { world, reference } = await aLink()
  const anonymous = { role: 'ANONYMOUS', actorId: 'nobody', patientIds: [], scopes: [] }
  const { data, errors } = await world.ask(query, { reference }, anonymous as never)
  expect(data?.link).toBeNull()
  expect(errors?.[0]?.extensions?.code).toBe('UNAUTHENTICATED')
})

it('is forgotten when it leads nowhere any more', async () => {
  const { world } = await aLink()
  const links = () => world.em().getConnection().execute<{ count: number }[]>('select count(*) as count from link')
  expect(await links()).toEqual([{ count: 1 }])
  await world.later(31 * 86_400)
  expect(await links()).toEqual([{ count: 0 }])
})
