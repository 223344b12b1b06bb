import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { aLetterId, aResultId } from './access/records.ts'
import { behindTheDoor } from './crowd.ts'
import { aBooked, askForChange, freeTimes } from './desk-in-world.ts'
import { aPartnerSystem, type PartnerSystem } from './partner-systems.ts'
import { everyCategory, recordSharing } from './sharing.ts'
import { chanceOfSameSource, outside, timesOf } from './told-apart.ts'
import { aClinic, anAppointment, aPerson, logIn, type PersonInWorld, world, type World } from './world.ts'

const all = {
  appointment: `query A($id: ID!) { appointment(id: $id) { id startsAt patient { id } letter { id } clinic { name } } }`,
  document: `query D($id: ID!) { document(id: $id) { id title ... on AppointmentLetter { sections { heading } } } }`,
  result: `query D($id: ID!) { document(id: $id) { id title notice opensAt ... on TestResult { panel observations { value } } } }`,
  // The role alone decides here too.
  testResult: `query R($id: ID!) { testResult(id: $id) { id title } }`,
  markDocumentRead: `mutation M($id: ID!, $key: ID!) { markDocumentRead(input: { idempotencyKey: $key, documentId: $id }) { __typename ... on DocumentMarkedRead { document { id } } ... on Problem { message } } }`,
  link: `query L($id: ID!) { link(reference: $id) { path } }`,
  // The role alone decides here: nobody learns anything from the id.
  patient: `query P($id: ID!) { patient(id: $id) { id } }`,
  acceptAppointment: `mutation A($id: ID!, $key: ID!) { acceptAppointment(input: { idempotencyKey: $key, appointmentId: $id }) { __typename ... on Problem { message } } }`,
  endSession: `mutation E($id: ID!, $key: ID!) { endSession(input: { idempotencyKey: $key, sessionId: $id }) { __typename ... on Problem { message } } }`,
  availableSlots: `query F($id: ID!) { availableSlots(appointmentId: $id) { totalCount nodes { id startsAt } } }`,
  changeRequest: `query R($id: ID!) { changeRequest(id: $id) { id reference detail appointment { id } } }`,
  rescheduleAppointment: `mutation M($id: ID!, $key: ID!, $slot: ID!) { rescheduleAppointment(input: { idempotencyKey: $key, appointmentId: $id, version: 1, slotId: $slot, reason: AWAY }) { __typename ... on SlotNotOffered { freshSlots { startsAt } } ... on Problem { message } } }`,
  cancelAppointment: `mutation M($id: ID!, $key: ID!) { cancelAppointment(input: { idempotencyKey: $key, appointmentId: $id, version: 9, reason: UNWELL }) { __typename ... on Problem { message } } }`,
  undoCancellation: `mutation M($id: ID!, $key: ID!) { undoCancellation(input: { idempotencyKey: $key, appointmentId: $id }) { __typename ... on Problem { message } } }`,
  requestAppointmentChange: `mutation M($id: ID!, $key: ID!) { requestAppointmentChange(input: { idempotencyKey: $key, appointmentId: $id, version: 9, reason: AWAY, preferredDays: [], preferredTimes: [] }) { __typename ... on Problem { message } } }`,
  requestAppointmentCancellation: `mutation M($id: ID!, $key: ID!) { requestAppointmentCancellation(input: { idempotencyKey: $key, appointmentId: $id, version: 9, reason: UNWELL }) { __typename ... on Problem { message } } }`,
  withdrawChangeRequest: `mutation M($id: ID!, $key: ID!) { withdrawChangeRequest(input: { idempotencyKey: $key, requestId: $id }) { __typename ... on Problem { message } } }`,
} as const
type Root = keyof typeof all

describe("what is somebody else's", () => {
  let portal: World
  let bea: string
  let royalFree: PartnerSystem
  const amals = {} as Record<Root, string>
  const own = {} as Partial<Record<Root, string>>
  let amalsSlot: string

  beforeAll(async () => {
    portal = await world()
    royalFree = await aPartnerSystem(portal)
    const [amal, beatrice] = [await aPerson(portal), await aPerson(portal)]
    bea = await logIn(portal, beatrice)
    own.appointment = (await anAppointment(portal, beatrice)).id
    amals.appointment = amals.acceptAppointment = (await anAppointment(portal, amal)).id
    amals.link = /\/m\/([\w-]+)/.exec(portal.inbox.latest(amal.mobile)?.body ?? '')?.[1] ?? ''
    amals.patient = amal.id
    const { data } = await portal.ask(
      await logIn(portal, amal),
      `query M($id: ID!) { me { sessions { id } } appointment(id: $id) { letter { id } } }`,
      { id: amals.appointment },
    )
    const facts = data as unknown as { me: { sessions: { id: string }[] }; appointment: { letter: { id: string } } }
    amals.document = facts.appointment.letter.id
    await recordsOf(amal, amals)
    await recordSharing(behindTheDoor(portal), amal.id, everyCategory)
    await recordsOf(beatrice, own)
    amals.endSession = facts.me.sessions[0]?.id ?? ''
    const amalsOwn = await idsOf(amal)
    Object.assign(amals, amalsOwn.ids)
    Object.assign(own, (await idsOf(beatrice, bea)).ids)
    amalsSlot = (await freeTimes(portal, amalsOwn.token, amals.availableSlots))[0] ?? ''
  })
  afterAll(() => portal.stop())

  /** A letter and a result of theirs. */
  async function recordsOf(owner: PersonInWorld, ids: Partial<Record<Root, string>>) {
    const written = { portal, owner, clinicCode: await aClinic(portal) }
    ids.markDocumentRead = await aLetterId(written)
    ids.result = ids.testResult = await aResultId(written)
  }

  /** An appointment that somebody can change themselves, another that they must ask about, and what they asked. */
  async function idsOf(person: PersonInWorld, bearer?: string) {
    const token = bearer ?? (await logIn(portal, person))
    const direct = await aBooked(portal, {}, { person, token })
    const asking = await aBooked(portal, { mode: 'REQUEST' }, { person, token })
    const changed = ['availableSlots', 'rescheduleAppointment', 'cancelAppointment', 'undoCancellation'] as const
    const asked = ['requestAppointmentChange', 'requestAppointmentCancellation'] as const
    const requestId = await askForChange(portal, asking)
    const ids: Partial<Record<Root, string>> = { changeRequest: requestId, withdrawChangeRequest: requestId }
    for (const root of changed) ids[root] = direct.id
    for (const root of asked) ids[root] = asking.id
    return { token, ids }
  }

  const asBea = async (root: Root, id: string, slot = amalsSlot) => {
    const needed = {
      ...(all[root].includes('$key') && { key: randomUUID() }),
      ...(all[root].includes('$slot') && { slot }),
    }
    return outside(await portal.ask(bea, all[root], { id, ...needed }))
  }

  const roots = Object.keys(all) as Root[]
  it.each(roots)('looks to the byte like what is not there: %s', async (root) => {
    expect(amals[root]).toBeTruthy()
    const unknown = await asBea(root, randomUUID())
    expect(await asBea(root, amals[root])).toEqual(unknown)
    for (const odd of ['x', '', "' or 1=1 --", 'é'.repeat(2000), amals[root].toUpperCase(), ` ${amals[root]}`])
      expect(await asBea(root, odd)).toEqual(unknown)
  })

  const shown: Root[] = [
    'appointment',
    'result',
    'markDocumentRead',
    'availableSlots',
    'changeRequest',
    'rescheduleAppointment',
    'cancelAppointment',
    'undoCancellation',
    'requestAppointmentChange',
    'requestAppointmentCancellation',
    'withdrawChangeRequest',
  ]
  it.each(shown)('would be told apart if it were shown: %s', async (root) => {
    expect(await asBea(root, own[root] ?? '')).not.toEqual(await asBea(root, randomUUID()))
  })

  it.each(roots)('is not told by its id to a partner with whom all of it is shared: %s', async (root) => {
    const needed = {
      ...(all[root].includes('$key') && { key: randomUUID() }),
      ...(all[root].includes('$slot') && { slot: amalsSlot }),
    }
    const ask = async (id: string) => outside(await royalFree.ask(all[root], { id, ...needed }))
    const unknown = await ask(randomUUID())
    expect(unknown.text).toContain('FORBIDDEN')
    expect(await ask(amals[root])).toEqual(unknown)
  })

  it("shows nothing of a time at somebody else's clinic", async () => {
    const mine = own.rescheduleAppointment ?? ''
    const unknown = await asBea('rescheduleAppointment', mine, randomUUID())
    expect(unknown.text).toContain('SlotNotOffered')
    expect(await asBea('rescheduleAppointment', mine, amalsSlot)).toEqual(unknown)
  })

  it('takes as long as what is not there', { timeout: 120_000 }, async () => {
    const chances: number[] = []
    // One id for each: a statement that was asked before is answered sooner, whosever row it looks for.
    const nobodys = randomUUID()
    // One in a hundred samples of equals differs so much by chance, and more on a busy machine: five in a row do not.
    while (chances.length < 5 && (chances.at(-1) ?? 0) <= 0.01) {
      const times = await timesOf(500, async (which) => {
        await portal.ask(bea, all.appointment, { id: which ? amals.appointment : nobodys })
      })
      chances.push(chanceOfSameSource(...times))
    }
    console.log(
      `2 x 500 questions for an appointment of nobody, and of somebody else: p = ${chances.at(-1)?.toFixed(3)}`,
    )
    expect(chances.at(-1)).toBeGreaterThan(0.01)
  })
})
