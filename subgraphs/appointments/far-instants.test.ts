import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { engines, patient, staff } from '../../test/alone.ts'
import { type Behind, behind } from '../../test/behind.ts'
import { inDays } from '../../test/bookings.ts'
import { somebodyBooked, timesFor } from '../../test/changes.ts'
import { encodeCursor } from '../runtime/page.ts'
import { appointments } from './main.ts'

/** Instants that a clock can show, and not every database. */
const beyondTheYears = [8.64e15, -8.64e15, Date.UTC(10_000, 0, 1), Date.parse('0000-12-31T23:59:59.999Z')]

describe.each(engines)('instants at the ends of time, on %s', (engine) => {
  let hospital: Behind
  beforeAll(async () => {
    hospital = await behind(appointments, { engine })
  })
  afterAll(() => hospital.stop())

  it.each([
    ['availableSlots', (id: string) => `availableSlots(appointmentId: "${id}", after: $after) { totalCount }`],
    ['conflicts', () => 'conflicts(after: $after) { totalCount }'],
    ['refusedHospitalNotices', () => 'refusedHospitalNotices(after: $after) { totalCount }'],
    ['changeRequests', () => 'changeRequests(after: $after) { totalCount }'],
  ])('are no endCursor of %s: BAD_USER_INPUT', async (name, field) => {
    const booked = await somebodyBooked(hospital)
    const viewer = name === 'availableSlots' ? booked.viewer : staff
    const before = name === 'changeRequests' ? ['2026-11-25'] : []
    const asked = (after: string) => hospital.ask(viewer, `query ($after: String) { ${field(booked.id)} }`, { after })
    for (const after of [
      ...beyondTheYears.map((at) => encodeCursor(...before, at, 'x')),
      encodeCursor(...before, 0, 'nul \0'),
    ]) {
      const { errors } = await asked(after)
      expect(errors).toMatchObject([
        {
          message: 'after: use the endCursor of the page before, unchanged.',
          extensions: { code: 'BAD_USER_INPUT' },
        },
      ])
    }
    for (const at of [Date.parse('0001-01-01T00:00:00Z'), Date.parse('9999-12-31T23:59:59.999Z')])
      expect((await asked(encodeCursor(...before, at, 'x'))).errors).toBeUndefined()
  })

  it('are no endCursor of the appointments of a patient', async () => {
    const after = encodeCursor(8.64e15, 'x')
    const document = `query ($after: String) {
      _entities(representations: [{ __typename: "Patient", id: "amal" }]) {
        ... on Patient { appointments(period: UPCOMING, after: $after) { totalCount } }
      }
    }`
    const { errors } = await hospital.ask(patient('amal'), document, { after })
    expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }])
  })

  it.each([
    { until: '9999-12-31' },
    { until: '9999-12-30' },
    { from: '0001-01-01' },
    { from: '0001-01-01', until: '9999-12-31' },
  ])('bound the days in which a time is looked for: %o', async (days) => {
    const booked = await somebodyBooked(hospital)
    expect((await timesFor(hospital, booked, days))?.nodes.map((it) => it.startsAt)).toEqual([
      inDays(hospital, 8),
      inDays(hospital, 9),
    ])
    const forStaff = await timesFor(hospital, { ...booked, viewer: staff }, days)
    expect(forStaff?.totalCount).toBe(2)
  })

  it.each([{ from: '9999-12-31' }, { until: '0001-01-01' }])('find nothing there: %o', async (days) => {
    expect((await timesFor(hospital, await somebodyBooked(hospital), days))?.totalCount).toBe(0)
  })
})
