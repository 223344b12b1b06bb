import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { engines, patient, system } from '../../test/alone.ts'
import { type Behind, behind } from '../../test/behind.ts'
import { aClinic, anAppointment, inDays, recordAppointment, recordCancellation } from '../../test/bookings.ts'
import type { Viewer } from '../runtime/viewer.ts'
import { appointments } from './main.ts'

interface Page {
  nodes: { id: string; startsAt: string; endsAt: string; status: string }[]
  pageInfo: { hasNextPage: boolean; endCursor: string | null }
  totalCount: number
}

describe.each(engines)("a patient's appointments, on %s", (engine) => {
  let hospital: Behind
  let clinicCode: string
  let patientId: string
  beforeAll(async () => {
    hospital = await behind(appointments, { engine })
    clinicCode = await aClinic(hospital)
  })
  beforeEach(() => {
    hospital.clock.set('2026-11-23T10:00:00Z')
    patientId = randomUUID()
  })
  afterAll(() => hospital.stop())

  const asking = (
    period: string,
    args: { first?: number; after?: string | null } = {},
    viewer = patient(patientId),
    id = patientId,
  ) =>
    hospital.ask(
      viewer,
      `query ($patient: [_Any!]!, $period: AppointmentPeriod!, $first: Int, $after: String) {
        _entities(representations: $patient) {
          ... on Patient {
            appointments(period: $period, first: $first, after: $after) {
              nodes { id startsAt endsAt status } pageInfo { hasNextPage endCursor } totalCount
            }
          }
        }
      }`,
      { patient: [{ __typename: 'Patient', id }], period, ...args },
    )
  const list = async (...given: Parameters<typeof asking>): Promise<Page> => {
    const { data, errors } = await asking(...given)
    if (errors) throw new Error(JSON.stringify(errors))
    const [entity] = data?._entities as unknown as [{ appointments: Page }]
    return entity.appointments
  }
  const booked = (startsAt: string, facts = {}) =>
    anAppointment(hospital, { patientId, clinicCode, startsAt, ...facts })

  it('are upcoming until they end, and past from then on', async () => {
    const { id, startsAt, endsAt } = await booked(inDays(hospital, 1))
    const now = async () => [
      (await list('UPCOMING')).nodes.map((it) => it.id),
      (await list('PAST')).nodes.map((it) => it.id),
    ]
    expect(await now()).toEqual([[id], []])
    hospital.clock.set(startsAt)
    expect(await now()).toEqual([[id], []])
    hospital.clock.set(new Date(new Date(endsAt).getTime() - 1))
    expect(await now()).toEqual([[id], []])
    hospital.clock.set(endsAt)
    expect(await now()).toEqual([[], [id]])
  })

  it('come soonest first, with a stay that has begun before all, and the past newest first', async () => {
    const days = [5, 1, 3, -2, -9, -4]
    for (const day of days) await booked(inDays(hospital, day))
    await booked(inDays(hospital, -1), { kind: 'ADMISSION', endsAt: inDays(hospital, 6) })
    expect((await list('UPCOMING')).nodes.map((it) => it.startsAt)).toEqual(
      [-1, 1, 3, 5].map((day) => inDays(hospital, day)),
    )
    expect((await list('PAST')).nodes.map((it) => it.startsAt)).toEqual(
      [-2, -4, -9].map((day) => inDays(hospital, day)),
    )
  })

  it('keep cancelled ones in sight', async () => {
    const { hospitalId, id } = await booked(inDays(hospital, 2))
    await recordCancellation(hospital, { hospitalId, patientId })
    expect((await list('UPCOMING')).nodes).toMatchObject([{ id, status: 'CANCELLED' }])
  })

  it('are nobody else’s, whichever id is asked for', async () => {
    await booked(inDays(hospital, 1))
    const { data } = await asking('UPCOMING', {}, patient('a-stranger'))
    expect(data?._entities).toEqual([null])
    expect((await list('UPCOMING', {}, system)).totalCount).toBe(1)
  })

  it('of a merged record are all there, under any of its ids', async () => {
    const older = randomUUID()
    await booked(inDays(hospital, 1))
    await booked(inDays(hospital, 2), { patientId: older })
    const merged: Viewer = { ...patient(patientId), patientIds: [patientId, older] }
    expect((await list('UPCOMING', {}, merged)).totalCount).toBe(2)
  })

  it.each([
    [{ first: 0 }, 'first: ask for 1 to 50 at a time.'],
    [{ first: 51 }, 'first: ask for 1 to 50 at a time.'],
    [{ after: 'nonsense' }, 'after: use the endCursor'],
    [{ after: Buffer.from('["a",1]').toString('base64url') }, 'after: use the endCursor'],
    [{ after: Buffer.from('[1e300,"a"]').toString('base64url') }, 'after: use the endCursor'],
    [{ after: Buffer.from('[]').toString('base64url') }, 'after: use the endCursor'],
  ])('refuse the page %j', async (args, message) => {
    const { errors } = await asking('PAST', args)
    expect(errors?.[0]?.extensions?.code).toBe('BAD_USER_INPUT')
    expect(errors?.[0]?.message).toContain(message)
  })

  it('come page by page to the end, each once, in order, whatever their times are', async () => {
    const times = fc.array(fc.tuple(fc.integer({ min: -3, max: 3 }), fc.integer({ min: 1, max: 4 })), { maxLength: 12 })
    await fc.assert(
      fc.asyncProperty(times, fc.integer({ min: 1, max: 5 }), async (chosen, first) => {
        patientId = randomUUID()
        for (const [hour, length] of chosen)
          await recordAppointment(hospital, {
            patientId,
            clinicCode,
            startsAt: inDays(hospital, 0, hour * 60),
            endsAt: inDays(hospital, 0, (hour + length) * 60),
          })
        const seen = []
        for (const period of ['UPCOMING', 'PAST']) {
          const pages = await allPages(period, first)
          const keys = pages.map((it) => (period === 'UPCOMING' ? it.startsAt : it.endsAt))
          expect(keys).toEqual(
            [...keys].sort((a, b) => (period === 'UPCOMING' ? +(a > b) - +(a < b) : +(a < b) - +(a > b))),
          )
          expect((await list(period)).totalCount).toBe(pages.length)
          seen.push(...pages.map((it) => it.id))
        }
        expect(seen).toHaveLength(chosen.length)
        expect(new Set(seen).size).toBe(chosen.length)
      }),
      { numRuns: 15 },
    )
  }, 60_000)
  const allPages = async (period: string, first: number) => {
    const nodes: Page['nodes'] = []
    for (let after: string | null = null; ;) {
      const page: Page = await list(period, { first, after })
      expect(page.nodes.length).toBeLessThanOrEqual(first)
      nodes.push(...page.nodes)
      if (nodes.length > page.totalCount) throw new Error('more on the pages than there are')
      if (!page.pageInfo.hasNextPage) return nodes
      after = page.pageInfo.endCursor
    }
  }

  it('take no longer to read when there are many', async () => {
    await manyPast(patientId, 50)
    const usual = await leastTime('PAST', null)
    patientId = randomUUID()
    await manyPast(patientId, 60_000)
    await hospital.sql('analyze')
    for (const [period, after] of [
      ['UPCOMING', null],
      ['PAST', null],
      ['PAST', cursor(30_000)],
    ] as const)
      expect(await leastTime(period, after)).toBeLessThan(3 * usual + 2)
  }, 60_000)
  const cursor = (second: number) => Buffer.from(JSON.stringify([second * 1000, 'x'])).toString('base64url')
  const manyPast = async (id: string, count: number) => {
    const [numbers, at] =
      engine === 'sqlite'
        ? [`with recursive numbers(n) as (select 1 union all select n + 1 from numbers where n < ${count})`, 'n * 1000']
        : [`with numbers as (select n from generate_series(1, ${count}) n)`, 'to_timestamp(n)']
    await hospital.sql(
      `insert into appointment (clinic_code, kind, status, starts_at, ends_at, arranged, recorded_at, id, hospital_id, patient_id)
       ${numbers} select ?, 'OUTPATIENT', 'BOOKED', ${at}, ${at}, '[]', ${at}, ? || n, ? || n, ? from numbers`,
      ...[clinicCode, id, id, id],
    )
  }
  const leastTime = async (period: string, after: string | null) => {
    const query = `query ($patient: [_Any!]!, $period: AppointmentPeriod!, $after: String) {
      _entities(representations: $patient) { ... on Patient { appointments(period: $period, after: $after) { nodes { id } } } }
    }`
    const times = []
    for (let n = 0; n < 15; n++) {
      const before = performance.now()
      const people = [{ __typename: 'Patient', id: patientId }]
      const { errors } = await hospital.ask(patient(patientId), query, { patient: people, period, after })
      times.push(performance.now() - before)
      expect(errors).toBeUndefined()
    }
    return Math.min(...times)
  }
})
