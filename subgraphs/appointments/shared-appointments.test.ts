import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { engines, patient } from '../../test/alone.ts'
import { type Behind, behind } from '../../test/behind.ts'
import { aClinic, anAppointment, inDays, recordCancellation } from '../../test/bookings.ts'
import { cancel } from '../../test/changes.ts'
import { askAbout, everyCategory, everyScope, royalFree, shared, type Sharer } from '../../test/granted.ts'
import { appointments } from './main.ts'

interface Page {
  nodes: { id: string }[]
  pageInfo: { hasNextPage: boolean; endCursor: string | null }
  totalCount: number
}
type Person = { appointments: Page } | null

/** All that a patient reads of an appointment but what they can do about it, and what leads elsewhere. */
const everything = `id kind status acceptedAt startsAt endsAt clinician arrangements { kind detail }
  cancellation { at by reason discharges } lastMove { at by from } hospitalConfirmation admittedAt dischargedAt
  clinic { code name specialty contact { team phone } } medium place { site department directions } whatToBring preparation`

describe.each(engines)('appointments that are shared with a partner, on %s', (engine) => {
  let hospital: Behind
  let clinicCode: string
  let patientId: string
  beforeAll(async () => {
    hospital = await behind(appointments, { engine })
    clinicCode = await aClinic(hospital)
  })
  beforeEach(() => {
    patientId = randomUUID()
  })
  afterAll(() => hospital.stop())

  const booked = (facts: Record<string, unknown> = {}) => anAppointment(hospital, { patientId, clinicCode, ...facts })
  const list = (nodes = 'id', args = 'period: UPCOMING, first: 50') =>
    `appointments(${args}) { nodes { ${nodes} } pageInfo { hasNextPage endCursor } totalCount }`
  const seen = async (sharer: Partial<Sharer> = {}, within = list(), viewer = royalFree()) => {
    const [person] = await shared<Person>(hospital, [{ patientIds: [patientId], ...sharer }], within, viewer)
    return person?.appointments
  }
  const idsOf = (page: Page | undefined) => page?.nodes.map(({ id }) => id)

  it('are those that the patient sees, with what they read of them', async () => {
    const arrangements = [{ kind: 'INTERPRETER', detail: 'Arabic' }]
    await booked({ clinician: 'Dr Priya Shah', arrangements })
    const { hospitalId } = await booked({ startsAt: inDays(hospital, 9) })
    await recordCancellation(hospital, { hospitalId, patientId, reason: 'Strike' })
    const page = await seen({}, list(everything))
    const { data } = await hospital.ask(
      patient(patientId),
      `query ($me: [_Any!]!) { _entities(representations: $me) { ... on Patient { ${list(everything)} } } }`,
      { me: [{ __typename: 'Patient', id: patientId }] },
    )
    expect(data?._entities).toEqual([{ appointments: page }])
    expect(page?.totalCount).toBe(2)
    expect(JSON.stringify(page)).toMatch(/Dr Priya Shah.*Arabic.*Strike/)
  })

  it.each([
    ['acceptance', 'acceptance { __typename }'],
    ['what can be changed', 'canReschedule { __typename }'],
    ['what can be cancelled', 'canCancel { __typename }'],
    ['what was asked', 'changeRequests { id }'],
    ['whose it is', 'patient { id }'],
    ['the version', 'version'],
    ["the hospital's own key", 'hospitalId'],
    ['how often it was changed', 'timesRescheduled'],
    ['until when it can be undone', 'cancellation { undoUntil }'],
    ['what patients may do at its clinic', 'clinic { mode }'],
    ['what its letters are made of', 'clinic { letterIntroduction }'],
  ])('say nothing of %s', async (_, field) => {
    const { hospitalId } = await booked()
    await recordCancellation(hospital, { hospitalId, patientId })
    await expect(seen({}, list(`id ${field}`))).rejects.toThrow('FORBIDDEN')
  })

  it('say that the patient cancelled, and nothing of what they gave as the reason', async () => {
    const { id } = await booked()
    const viewer = patient(patientId)
    await cancel(hospital, { viewer, id }, { reason: 'OTHER', detail: 'Rohrdommel is in prison' })
    const query = `query ($id: ID!) { appointment(id: $id) { cancellation { by reason } } }`
    const { data } = await hospital.ask(viewer, query, { id })
    const cancellation = { by: 'PATIENT', reason: 'Another reason: Rohrdommel is in prison' }
    expect(data?.appointment).toEqual({ cancellation })
    const page = await seen({}, list('status cancellation { by reason }'))
    expect(page?.nodes).toEqual([{ status: 'CANCELLED', cancellation: { by: 'PATIENT', reason: null } }])
  })

  it('are none when the patient shares something else', async () => {
    await booked()
    const others = everyCategory.filter((it) => it !== 'APPOINTMENTS')
    expect(await seen({ categories: others })).toEqual({
      nodes: [],
      pageInfo: { hasNextPage: false, endCursor: null },
      totalCount: 0,
    })
    expect(await seen({ categories: ['APPOINTMENTS'] })).toMatchObject({ totalCount: 1 })
  })

  it('are refused to a partner that is not registered to read them', async () => {
    await booked()
    const without = royalFree(everyScope.filter((it) => it !== 'appointments.read'))
    await expect(seen({}, list(), without)).rejects.toThrow('FORBIDDEN')
  })

  it('are of nobody who brings no grant along: at the next request too', async () => {
    await booked()
    expect(await seen()).toMatchObject({ totalCount: 1 })
    for (const grant of [null, undefined, '', 'x', 'x.y', 7, { patientIds: [patientId] }]) {
      const { data, errors } = await askAbout(hospital, [{ __typename: 'Patient', id: patientId, grant }], list())
      expect(data).toEqual({ _entities: [null] })
      expect(errors).toBeUndefined()
    }
  })

  it('are not there when their clinic is kept out of the portal', async () => {
    const keptOut = await aClinic(hospital)
    const { id } = await booked()
    await booked({ clinicCode: keptOut })
    expect(await seen()).toMatchObject({ totalCount: 2 })
    await aClinic(hospital, { code: keptOut, excluded: true })
    expect(idsOf(await seen())).toEqual([id])
  })

  it('are those of every id that the record has had', async () => {
    const former = randomUUID()
    const one = await booked({ patientId: former, startsAt: inDays(hospital, 3) })
    const other = await booked({ startsAt: inDays(hospital, 4) })
    expect(idsOf(await seen({ patientIds: [patientId, former] }))).toEqual([one.id, other.id])
    expect(idsOf(await seen())).toEqual([other.id])
  })

  it('are those of each person when several are asked for at once', async () => {
    const [bea, cem] = [randomUUID(), randomUUID()]
    const [hers, his] = [await booked({ patientId: bea }), await booked({ patientId: cem })]
    await booked()
    const sharers = [{ patientIds: [bea] }, { patientIds: [cem] }, { patientIds: [patientId], categories: ['LETTERS'] }]
    const people = await shared<Person>(hospital, sharers, list())
    expect(people.map((it) => idsOf(it?.appointments))).toEqual([[hers.id], [his.id], []])
  })

  it('come a page of at most 50 at a time', async () => {
    for (let day = 1; day <= 5; day++) await booked({ startsAt: inDays(hospital, day) })
    const all = idsOf(await seen())
    const read: string[] = []
    for (let after = ''; ;) {
      const page = await seen({}, list('id', `period: UPCOMING, first: 2${after && `, after: "${after}"`}`))
      read.push(...(idsOf(page) ?? []))
      if (!page?.pageInfo.hasNextPage) break
      after = page.pageInfo.endCursor ?? ''
    }
    expect(read).toEqual(all)
    await expect(seen({}, list('id', 'period: PAST, first: 51'))).rejects.toThrow('ask for 1 to 50 at a time')
  })

  it('are met in no other way', async () => {
    const { id } = await booked()
    const ask = (query: string, variables: object) =>
      hospital.ask(royalFree(), query, variables as Record<string, unknown>)
    const one = await ask('query ($id: ID!) { appointment(id: $id) { id } }', { id })
    expect(one.errors?.[0]?.extensions.code).toBe('FORBIDDEN')
    const byKey = await ask('query ($keys: [_Any!]!) { _entities(representations: $keys) { __typename } }', {
      keys: [
        { __typename: 'Appointment', id },
        { __typename: 'Clinic', code: clinicCode },
      ],
    })
    expect(byKey.data).toEqual({ _entities: [null, null] })
  })
})
