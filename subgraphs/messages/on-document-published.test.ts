import { describe, expect, it } from 'vitest'
import { engines } from '../../test/alone.ts'
import { aWorld, type MessagesWorld, patientViewer } from '../../test/messages/messages-world.ts'
import { MessageState } from './outgoing-message.entity.ts'

const published = 'document.published'
const bodies = (world: MessagesWorld) => world.arrived.map(({ body }) => body)
const publish = (world: MessagesWorld, patientId: string, facts: Parameters<MessagesWorld['aDocument']>[0] = {}) => {
  const documentId = world.aDocument(facts)
  return world.tell(published, { documentId, patientId }).then(() => documentId)
}
const read = (world: MessagesWorld, documentId: string) => {
  const document = world.neighbours.documents.get(documentId)
  if (document) world.neighbours.documents.set(documentId, { ...document, unread: false })
}
/** Where the links in everything that arrived lead this patient, in order. */
const paths = (world: MessagesWorld, patientId: string) =>
  Promise.all(
    bodies(world).map(async (body) => {
      const reference = /\/m\/([\w-]+)/.exec(body)?.[1]
      const { data } = await world.ask(
        'query ($r: ID!) { link(reference: $r) { path } }',
        { r: reference },
        patientViewer(patientId),
      )
      return (data?.link as unknown as { path: string } | null)?.path
    }),
  )
const hours = (count: number) => count * 60 * 60

describe.each(engines)('telling that there is something to read, on %s', (engine) => {
  it('leads to the page of the result or the letter, and says nothing of what it is', async () => {
    const world = await aWorld({ engine })
    const [amal, bea] = [world.aReader(), world.aReader({ name: { given: ['Bea'] }, mobile: null })]
    const result = await publish(world, amal)
    expect(bodies(world)).toEqual([
      expect.stringMatching(
        /^Amal, Patient Portal: the hospital has something new for you to read\. See it at http:\S+ Ref \S{8}$/,
      ),
    ])
    expect(await paths(world, amal)).toEqual([`/results/${result}`])
    const summary = await publish(world, bea, { kind: 'DISCHARGE_SUMMARY' })
    expect(world.arrived[1]?.body).toMatch(/^Dear Bea,\n\nPatient Portal: .+ has something new for you to read\.\n/)
    expect(await paths(world, bea)).toEqual([undefined, `/letters/${summary}`])
  })

  it('texts one patient once in 24 hours, and tells what came meanwhile afterwards', async () => {
    const world = await aWorld({ engine })
    const [amal, bea] = [world.aReader(), world.aReader()]
    await publish(world, amal)
    await publish(world, amal)
    await world.later(hours(23))
    await publish(world, amal, { kind: 'LETTER' })
    expect(world.arrived).toHaveLength(1)
    await publish(world, bea)
    expect(world.arrived).toHaveLength(2)
    await world.later(hours(1) - 1)
    expect(world.arrived).toHaveLength(2)
    await world.later(1)
    expect(world.arrived).toHaveLength(3)
    expect((await paths(world, amal))[2]).toBe('/letters-and-results')
    await world.later(hours(24))
    const fourth = await publish(world, amal)
    expect(world.arrived).toHaveLength(4)
    expect((await paths(world, amal))[3]).toBe(`/results/${fourth}`)
  })

  it('says nothing the day after of what was read by then', async () => {
    const world = await aWorld({ engine })
    const amal = world.aReader()
    await publish(world, amal)
    const second = await publish(world, amal)
    read(world, second)
    await world.later(hours(24))
    expect(world.arrived).toHaveLength(1)
    const states = (await world.queue()).map(({ state }) => state)
    expect(states.sort()).toEqual([MessageState.DELIVERED, MessageState.SUPERSEDED])
    // Nobody was texted the second time: what comes now need not wait.
    await publish(world, amal)
    expect(world.arrived).toHaveLength(2)
  })

  it('waits for the morning, and then tells by one message of all that came in the night', async () => {
    const world = await aWorld({ engine, at: '2026-06-01T20:00:00Z' })
    const amal = world.aReader()
    const documents = [await publish(world, amal), await publish(world, amal), await publish(world, amal)]
    expect(world.arrived).toEqual([])
    // The newest was taken back and the middle one read: there is still the first.
    world.neighbours.documents.delete(documents[2] ?? '')
    read(world, documents[1] ?? '')
    world.clock.set('2026-06-02T07:00:00Z')
    await world.main.settle()
    expect(world.arrived).toHaveLength(1)
    expect(await paths(world, amal)).toEqual(['/letters-and-results'])
  })

  it('adds to one message what two processes hear of at the same moment', async () => {
    const world = await aWorld({ engine, at: '2026-06-01T20:00:00Z' })
    const other = await world.another()
    const amal = world.aReader()
    const documents = Array.from({ length: 8 }, () => world.aDocument())
    const heard = await Promise.allSettled(
      documents.map((documentId, index) =>
        world.arrive(published, { documentId, patientId: amal }, index % 2 ? other : world.main),
      ),
    )
    // Whoever was too slow hears of it again.
    for (const [index, documentId] of documents.entries())
      if (heard[index]?.status === 'rejected') await world.arrive(published, { documentId, patientId: amal })
    const queue = await world.queue()
    expect(queue).toHaveLength(1)
    expect(queue[0]?.parameters['documentIds']?.split(' ').sort()).toEqual([...documents].sort())
  })
})

it('is not said of booking letters, of what waits, was read or is not there, nor to those who are not written to', async () => {
  const world = await aWorld()
  const amal = world.aReader()
  for (const facts of [
    { kind: 'APPOINTMENT_LETTER' },
    { kind: 'ADMISSION_LETTER' },
    { state: 'WAITING' },
    { state: 'WITHDRAWN' },
    { unread: false },
  ] as const)
    await publish(world, amal, facts)
  await publish(world, world.aReader({ messageable: false }))
  await publish(world, world.aReader({ mobile: null, email: null }))
  await publish(world, 'nobody')
  await world.tell(published, { documentId: 'nothing', patientId: amal })
  expect(await world.queue()).toEqual([])
  const reasons = world.logged.filter((it) => it.startsWith('no m')).map((it) => /"reason":"(\w+)"/.exec(it)?.[1])
  expect(reasons).toEqual([
    'TOLD_WITH_BOOKING',
    'TOLD_WITH_BOOKING',
    'NOT_SO',
    'NOT_SO',
    'NOT_SO',
    'NOT_MESSAGEABLE',
    undefined,
    'NOT_THERE',
    'NOT_THERE',
  ])
})

it('goes by e-mail when the text cannot arrive', async () => {
  const world = await aWorld()
  const amal = world.aReader()
  world.door.mishaps.push({ status: 400 })
  await publish(world, amal)
  await world.later(1)
  expect(world.arrived.map(({ body }) => body.slice(0, 10))).toEqual(['Dear Amal,'])
  await publish(world, amal)
  await world.later(hours(23))
  expect(world.arrived).toHaveLength(1)
})
