import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { engines, staff } from './alone.ts'
import { aClinic, anAppointment, aPerson, logIn, type PersonInWorld, type World, world } from './world.ts'

const day = 24 * 3600_000

describe.each(engines)('what a patient is told of changes, on %s', (engine) => {
  let portal: World
  beforeAll(async () => {
    portal = await world({ engine })
  })
  afterAll(() => portal.stop())

  const inDays = (days: number) => new Date(portal.clock.now().getTime() + days * day)
  const latest = ({ mobile }: PersonInWorld) => portal.inbox.latest(mobile)?.body ?? ''
  /** Does something as a patient, and lets everything that follows happen. */
  async function act(token: string, name: string, input: object) {
    const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`
    const document = `mutation M($input: ${type}!) { ${name}(input: $input) { __typename ... on Problem { message }
      ${name.startsWith('request') ? '... on ChangeRequested { request { id reference } }' : ''} } }`
    const { data, errors } = await portal.ask(token, document, { input: { idempotencyKey: randomUUID(), ...input } })
    expect(errors).toEqual([])
    await portal.graph.settle()
    return data?.[name] as unknown as { __typename: string; request?: { id: string; reference: string } }
  }
  async function hospitalSays(name: string, input: object) {
    const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`
    portal.clock.pass(60)
    await portal.system(`mutation M($input: ${type}!) { ${name}(input: $input) { __typename } }`, {
      input: { idempotencyKey: randomUUID(), eventAt: portal.clock.now(), ...input },
    })
    await portal.graph.settle()
  }
  const pageOf = async (token: string, id: string) => {
    const query = `query A($id: ID!) { appointment(id: $id) { status startsAt version letter { id startsAt showsOldTime } } }`
    const { data, errors } = await portal.ask(token, query, { id })
    expect(errors).toEqual([])
    return data?.appointment as unknown as {
      status: string
      startsAt: string
      version: number
      letter: { id: string; startsAt: string; showsOldTime: boolean }
    }
  }
  async function somebodyBooked(mode = 'DIRECT') {
    const person = await aPerson(portal)
    const clinicCode = await aClinic(portal, { mode })
    const slots = [11, 12].map((days) => ({
      hospitalId: randomUUID(),
      startsAt: inDays(days),
      endsAt: new Date(inDays(days).getTime() + 1800_000),
    }))
    await portal.system(`mutation P($input: PublishSlotsInput!) { publishSlots(input: $input) { __typename } }`, {
      input: { idempotencyKey: randomUUID(), clinicCode, slots },
    })
    const { id, hospitalId } = await anAppointment(portal, person, { clinicCode })
    return { person, id, hospitalId, token: await logIn(portal, person) }
  }
  async function reschedule(token: string, id: string) {
    const free = `query F($id: ID!) { availableSlots(appointmentId: $id) { nodes { id } } }`
    const { data } = await portal.ask(token, free, { id })
    const slotId = (data?.availableSlots as unknown as { nodes: { id: string }[] }).nodes[0]?.id
    const { version } = await pageOf(token, id)
    return act(token, 'rescheduleAppointment', { appointmentId: id, version, slotId, reason: 'WORK_OR_STUDY' })
  }

  it('confirms what they do, one text each, while their letter stays and says that it shows the old time', async () => {
    const { person, id, token } = await somebodyBooked()
    const { letter } = await pageOf(token, id)
    expect(await reschedule(token, id)).toMatchObject({ __typename: 'AppointmentRescheduled' })
    expect(latest(person)).toContain('your appointment has been changed.')
    expect((await pageOf(token, id)).letter).toEqual({ ...letter, showsOldTime: true })

    const { version } = await pageOf(token, id)
    await act(token, 'cancelAppointment', { appointmentId: id, version, reason: 'CANNOT_COME' })
    expect(latest(person)).toContain('your appointment is cancelled. You can undo this until')
    expect(await pageOf(token, id)).toMatchObject({ status: 'CANCELLED', letter: { id: letter.id } })

    await act(token, 'undoCancellation', { appointmentId: id })
    expect(latest(person)).toContain('your appointment is booked again.')

    const first = portal.inbox.latest(person.mobile)?.id
    expect(await reschedule(token, id)).toMatchObject({ __typename: 'AppointmentRescheduled' })
    expect(latest(person)).toContain('your appointment has been changed.')
    expect(portal.inbox.latest(person.mobile)?.id).not.toBe(first)
  })

  it('says what the hospital does, and writes a letter for a move', async () => {
    const { person, id, hospitalId, token } = await somebodyBooked()
    await reschedule(token, id)
    const startsAt = inDays(20)
    for (const moved of [inDays(19), startsAt]) {
      const before = portal.inbox.latest(person.mobile)?.id
      const booking = {
        hospitalId,
        patientId: person.id,
        startsAt: moved,
        endsAt: new Date(moved.getTime() + 1800_000),
      }
      await hospitalSays('recordAppointment', booking)
      expect(latest(person)).toContain('the hospital has changed your appointment')
      expect(portal.inbox.latest(person.mobile)?.id).not.toBe(before)
    }
    expect(await pageOf(token, id)).toMatchObject({
      letter: { startsAt: startsAt.toISOString(), showsOldTime: false },
    })
    await hospitalSays('recordCancellation', { hospitalId, patientId: person.id, reason: 'Dr Shah has the flu' })
    expect(latest(person)).toContain('the hospital has cancelled your appointment')
    expect(latest(person)).not.toContain('flu')
  })

  it('says that a request arrived, and that staff answered, once also when staff cancel for them', async () => {
    const { person, id, token } = await somebodyBooked('REQUEST')
    const { version } = await pageOf(token, id)
    const asked = { appointmentId: id, version, reason: 'CANNOT_COME' }
    const { request } = await act(token, 'requestAppointmentCancellation', asked)
    expect(latest(person)).toContain(request?.reference)
    for (const name of ['claimChangeRequest', 'agreeToChangeRequest']) await atTheDesk(name, request?.id)
    expect(await pageOf(token, id)).toMatchObject({ status: 'CANCELLED' })
    expect(latest(person)).toContain('we have answered your request.')
  })
  async function atTheDesk(name: string, requestId: string | undefined) {
    const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`
    const call = {
      query: `mutation M($input: ${type}!) { ${name}(input: $input) { __typename } }`,
      variables: { input: { idempotencyKey: randomUUID(), requestId } },
      viewer: { ...staff, actorId: 'staff:1', name: 'Desk', scopes: ['clinics:*'] },
      requestId: randomUUID(),
    }
    const answer = await portal.graph.gateway.execute(call)
    expect(answer.errors).toBeUndefined()
    await portal.graph.settle()
  }

  it('says that a change was refused by the hospital’s system, and that staff will phone', async () => {
    const { person, id, token } = await somebodyBooked()
    const { letter } = await pageOf(token, id)
    await reschedule(token, id)
    const due = `{ dueHospitalNotices { id appointment { id } } }`
    const { dueHospitalNotices } = await portal.system(due)
    const notices = dueHospitalNotices as unknown as { id: string; appointment: { id: string } }[]
    const noticeId = notices.find(({ appointment }) => appointment.id === id)?.id
    for (const [name, more] of [
      ['claimHospitalNotice', {}],
      ['answerHospitalNotice', { acknowledgement: 'AE', reason: 'Unknown slot' }],
    ] as const) {
      const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`
      await portal.system(`mutation M($input: ${type}!) { ${name}(input: $input) { __typename } }`, {
        input: { idempotencyKey: randomUUID(), noticeId, ...more },
      })
    }
    await portal.graph.settle()
    expect(latest(person)).toContain('we could not confirm your change')
    expect((await pageOf(token, id)).letter).toEqual(letter)
  })

  it('goes to whose record it is now when two records were made one', async () => {
    const { person: former, id, hospitalId } = await somebodyBooked()
    const survivor = await aPerson(portal)
    await hospitalSays('mergePatients', {
      survivingHospitalNumber: survivor.hospitalNumber,
      retiredHospitalNumber: former.hospitalNumber,
    })
    const token = await logIn(portal, survivor)
    expect(await pageOf(token, id)).toMatchObject({ status: 'BOOKED', letter: { showsOldTime: false } })
    const before = latest(former)
    await hospitalSays('recordCancellation', {
      hospitalId,
      patientId: survivor.id,
      formerPatientIds: [former.id],
      reason: null,
    })
    expect(latest(survivor)).toContain('the hospital has cancelled your appointment')
    expect(latest(former)).toBe(before)
    const reference = /\/m\/([\w-]+)/.exec(latest(survivor))?.[1]
    const link = await portal.ask(token, `query L($r: ID!) { link(reference: $r) { path } }`, { r: reference })
    expect(link.data?.link).toEqual({ path: `/appointments/${id}` })
  })
})
