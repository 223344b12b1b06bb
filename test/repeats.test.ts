import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { engines } from './alone.ts'
import { rowsOf } from './rows-of.ts'
import { aClinic, anAppointment, aPerson, logIn, type PersonInWorld, world, type World } from './world.ts'

const accept = `mutation A($input: AcceptAppointmentInput!) {
  acceptAppointment(input: $input) {
    __typename
    ... on AppointmentAccepted { appointment { id acceptedAt version } }
    ... on Problem { message }
  }
}`
const record = `mutation R($input: RecordPatientInput!) {
  recordPatient(input: $input) { __typename ... on PatientRecorded { created flags patient { id name { full } } } }
}`
const open = { limits: { ratePerSecond: null, timeLimitMs: 60_000, subgraphTimeLimitMs: 60_000 } }

describe.each(engines)('a request that is repeated, on %s', { timeout: 60_000 }, (engine) => {
  let portal: World
  let amal: PersonInWorld
  let token: string
  beforeAll(async () => {
    portal = await world({ engine, more: open })
    amal = await aPerson(portal)
    token = await logIn(portal, amal)
  })
  afterAll(() => portal.stop())

  const acceptedEvents = (appointmentId: string) =>
    rowsOf(
      portal,
      'appointments',
      `select id from outbox_event where kind = 'appointment.accepted' and cast(ids as text) like ?`,
      `%${appointmentId}%`,
    )

  it('has one effect and one answer, however often it comes at once', async () => {
    const { id } = await anAppointment(portal, amal)
    const input = { idempotencyKey: randomUUID(), appointmentId: id }
    const answers = await Promise.all(Array.from({ length: 100 }, () => portal.ask(token, accept, { input })))
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1)
    expect(answers[0]?.data).toEqual({
      acceptAppointment: {
        __typename: 'AppointmentAccepted',
        appointment: { id, acceptedAt: portal.clock.now().toISOString(), version: 2 },
      },
    })
    expect(await acceptedEvents(id)).toHaveLength(1)
  })

  it('has one effect when a hundred have keys of their own, too', async () => {
    const { id } = await anAppointment(portal, amal)
    const asked = Array.from({ length: 100 }, () =>
      portal.ask(token, accept, { input: { idempotencyKey: randomUUID(), appointmentId: id } }),
    )
    const answers = await Promise.all(asked)
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1)
    expect(await acceptedEvents(id)).toHaveLength(1)
  })

  it("records a person once of the feeds' hundred", async () => {
    const hospitalNumber = randomUUID()
    const input = {
      idempotencyKey: randomUUID(),
      eventAt: portal.clock.now(),
      hospitalNumber,
      name: { given: ['Bea'], family: 'Nash' },
      bornOn: '1990-01-01',
    }
    const asked = await Promise.all(Array.from({ length: 100 }, () => portal.system(record, { input })))
    expect(new Set(asked.map((it) => JSON.stringify(it))).size).toBe(1)
    expect(asked[0]).toMatchObject({ recordPatient: { created: true, flags: [] } })
    expect(
      await rowsOf(portal, 'patients', 'select id from patient where hospital_number = ?', hospitalNumber),
    ).toHaveLength(1)
  })

  it('is refused when it says something else under the same key', async () => {
    const [first, second] = [await anAppointment(portal, amal), await anAppointment(portal, amal)]
    const idempotencyKey = randomUUID()
    await portal.ask(token, accept, { input: { idempotencyKey, appointmentId: first.id } })
    const { status, errors, data } = await portal.ask(token, accept, {
      input: { idempotencyKey, appointmentId: second.id },
    })
    expect([status, data]).toEqual([400, null])
    expect(errors[0]).toMatchObject({
      message: 'idempotencyKey: this key was already used for another request. Make a new key for a new request.',
      extensions: { code: 'BAD_USER_INPUT' },
    })
    expect(await acceptedEvents(second.id)).toEqual([])
  })

  it('is refused when it is another mutation of the same subgraph under the same key', async () => {
    const idempotencyKey = randomUUID()
    const end = `mutation E($input: EndSessionInput!) { endSession(input: $input) { __typename } }`
    await portal.ask(token, end, { input: { idempotencyKey, sessionId: 'none' } })
    const logOut = `mutation L($input: LogOutInput!) { logOut(input: $input) { __typename } }`
    const other = await portal.ask(token, logOut, { input: { idempotencyKey } })
    expect(other.errors[0]?.extensions.code).toBe('BAD_USER_INPUT')
    expect((await portal.ask(token, '{ me { id } }')).data).toEqual({ me: { id: amal.id } })
  })

  it('is no repeat when somebody else made the key', async () => {
    const bea = await aPerson(portal)
    const beas = await logIn(portal, bea)
    const [hers, his] = [await anAppointment(portal, bea), await anAppointment(portal, amal)]
    const idempotencyKey = randomUUID()
    const mine = await portal.ask(token, accept, { input: { idempotencyKey, appointmentId: his.id } })
    const theirs = await portal.ask(beas, accept, { input: { idempotencyKey, appointmentId: hers.id } })
    expect(mine.data).toMatchObject({ acceptAppointment: { appointment: { id: his.id } } })
    expect(theirs.data).toMatchObject({ acceptAppointment: { appointment: { id: hers.id } } })
    // With the key and the body of another, nobody hears what the other heard.
    const stolen = await portal.ask(beas, accept, { input: { idempotencyKey: randomUUID(), appointmentId: his.id } })
    expect(stolen.data).toMatchObject({ acceptAppointment: { __typename: 'AppointmentNotFound' } })
  })

  it('hears the same after a restart, and does nothing again', async () => {
    const { id } = await anAppointment(portal, amal)
    const input = { idempotencyKey: randomUUID(), appointmentId: id }
    const before = await portal.ask(token, accept, { input })
    portal.clock.pass(60)
    await portal.halt()
    portal = await world({ engine, clock: portal.clock, more: open, after: portal })
    const after = await portal.ask(token, accept, { input })
    expect(after.text).toBe(before.text)
    expect(await acceptedEvents(id)).toHaveLength(1)
  })

  it('hears the refusal it heard, even when it would be accepted by now', async () => {
    const clinicCode = await aClinic(portal)
    const { id, hospitalId } = await anAppointment(portal, amal, { clinicCode })
    const cancel = `mutation C($input: RecordCancellationInput!) { recordCancellation(input: $input) { __typename } }`
    portal.clock.pass(1)
    await portal.system(cancel, {
      input: { idempotencyKey: randomUUID(), eventAt: portal.clock.now(), hospitalId, patientId: amal.id },
    })
    const input = { idempotencyKey: randomUUID(), appointmentId: id }
    const before = await portal.ask(token, accept, { input })
    expect(before.data).toMatchObject({ acceptAppointment: { __typename: 'CannotAccept' } })
    portal.clock.pass(1)
    expect((await anAppointment(portal, amal, { hospitalId, clinicCode })).id).toBe(id)
    expect((await portal.ask(token, accept, { input })).text).toBe(before.text)
    const anew = await portal.ask(token, accept, { input: { ...input, idempotencyKey: randomUUID() } })
    expect(anew.data).toMatchObject({ acceptAppointment: { __typename: 'AppointmentAccepted' } })
  })
})
