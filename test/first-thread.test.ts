import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { engines } from './alone.ts'
import { aClinic, anAppointment, aPerson, logIn, type World, world } from './world.ts'

describe.each(engines)('the thread from the hospital to the patient, on %s', (engine) => {
  let portal: World
  beforeAll(async () => {
    portal = await world({ engine })
  })
  afterAll(() => portal.stop())

  it('tells a patient of a new appointment, lets them in, shows it and takes their word that they come', async () => {
    const amal = await aPerson(portal, { name: { given: ['Amal'], family: 'Haddad' } })
    const clinicCode = await aClinic(portal, { name: 'Eye clinic' })
    const { id } = await anAppointment(portal, amal, {
      clinicCode,
      startsAt: '2026-12-03T10:30:00Z',
      clinician: 'Dr Priya Shah',
    })

    const text = portal.inbox.latest(amal.mobile)?.body ?? ''
    expect(text).toMatch(/^Amal/)
    expect(text).not.toMatch(/eye|Ophthalm|Shah/i)
    const reference = /\/m\/([\w-]+)/.exec(text)?.[1]

    const token = await logIn(portal, amal)
    const link = await portal.ask(token, `query L($reference: ID!) { link(reference: $reference) { path } }`, {
      reference,
    })
    expect(link.data?.link).toEqual({ path: `/appointments/${id}` })

    const page = `query A($id: ID!) { appointment(id: $id) { startsAt acceptedAt clinician clinic { name contact { phone } } patient { name { full } } acceptance { __typename } letter { title sections { heading } } } }`
    const before = await portal.ask(token, page, { id })
    expect(before.errors).toEqual([])
    expect(before.data?.appointment).toMatchObject({
      startsAt: '2026-12-03T10:30:00.000Z',
      acceptedAt: null,
      clinician: 'Dr Priya Shah',
      clinic: { name: 'Eye clinic' },
      patient: { name: { full: 'Amal Haddad' } },
      acceptance: { __typename: 'AcceptanceOpen' },
      letter: { title: expect.stringContaining('ppointment') },
    })

    const accept = `mutation A($input: AcceptAppointmentInput!) { acceptAppointment(input: $input) { __typename ... on AppointmentAccepted { appointment { acceptedAt } } } }`
    const accepted = await portal.ask(token, accept, { input: { idempotencyKey: randomUUID(), appointmentId: id } })
    expect(accepted.data?.acceptAppointment).toEqual({
      __typename: 'AppointmentAccepted',
      appointment: { acceptedAt: portal.clock.now().toISOString() },
    })
  })

  it('tells the patient again when a cancelled appointment is booked again', async () => {
    const amal = await aPerson(portal)
    const clinicCode = await aClinic(portal)
    const { id, hospitalId } = await anAppointment(portal, amal, { clinicCode })
    const first = portal.inbox.latest(amal.mobile)?.id
    portal.clock.pass(60)
    const cancel = { idempotencyKey: randomUUID(), eventAt: portal.clock.now(), hospitalId, patientId: amal.id }
    await portal.system(
      `mutation C($input: RecordCancellationInput!) { recordCancellation(input: $input) { __typename } }`,
      { input: cancel },
    )
    await portal.graph.settle()
    const second = portal.inbox.latest(amal.mobile)
    expect(second?.id).not.toBe(first)
    expect(second?.body).toMatch(/cancelled/)
    portal.clock.pass(60)
    expect(await anAppointment(portal, amal, { clinicCode, hospitalId })).toMatchObject({ id })
    const third = portal.inbox.latest(amal.mobile)
    expect([first, second?.id]).not.toContain(third?.id)
    expect(third?.body).toMatch(/new .*appointment/)
  })

  it("shows another patient's appointment, letter and link to nobody else", async () => {
    const amal = await aPerson(portal)
    const bea = await aPerson(portal)
    const { id } = await anAppointment(portal, amal)
    const token = await logIn(portal, bea)
    const reference = /\/m\/([\w-]+)/.exec(portal.inbox.latest(amal.mobile)?.body ?? '')?.[1]
    const foreign = await portal.ask(
      token,
      `query A($id: ID!, $r: ID!) { appointment(id: $id) { id letter { id } } link(reference: $r) { path } }`,
      { id, r: reference },
    )
    const unknown = await portal.ask(
      token,
      `query A($id: ID!, $r: ID!) { appointment(id: $id) { id letter { id } } link(reference: $r) { path } }`,
      { id: randomUUID(), r: 'nothing' },
    )
    expect(foreign.text).toBe(unknown.text)
    expect(foreign.data).toEqual({ appointment: null, link: null })
  })
})
