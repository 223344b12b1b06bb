import { randomUUID } from 'node:crypto'
import type { EntityManager } from '@mikro-orm/sql'
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { alone, anonymous, engines, partner, patient, system } from '../../test/alone.ts'
import { type Behind, behind } from '../../test/behind.ts'
import { aClinic, anAppointment, aSlot, inDays, publishSlots } from '../../test/bookings.ts'
import { cancel, reschedule, slotOn, somebodyBooked, startsOf, timesFor } from '../../test/changes.ts'
import type { ChoreContext } from '../runtime/chore.ts'
import { appointments } from './main.ts'

describe.each(engines)('times that are offered, on %s', (engine) => {
  let hospital: Behind
  beforeAll(async () => {
    hospital = await behind(appointments, { engine })
  })
  beforeEach(() => {
    hospital.clock.set('2026-11-23T10:00:00Z')
  })
  afterAll(() => hospital.stop())

  it('are those of the clinic that are free, the soonest first, and not the present one', async () => {
    const booked = await somebodyBooked(hospital, { free: [9, 8] })
    const other = await aClinic(hospital)
    await aSlot(hospital, other, inDays(hospital, 10))
    const times = await timesFor(hospital, booked)
    expect(times?.nodes.map((it) => [it.startsAt, it.endsAt])).toEqual([
      [inDays(hospital, 8), inDays(hospital, 8, 30)],
      [inDays(hospital, 9), inDays(hospital, 9, 30)],
    ])
    expect(times?.totalCount).toBe(2)
  })

  it('are of the same clinician, or of nobody by name', async () => {
    const booked = await somebodyBooked(hospital, { free: [8], appointment: { clinician: 'Dr Priya Shah' } })
    await aSlot(hospital, booked.clinicCode, inDays(hospital, 9), { clinician: 'Dr Owen Price' })
    await aSlot(hospital, booked.clinicCode, inDays(hospital, 10), { clinician: 'Dr Priya Shah' })
    expect(await startsOf(hospital, booked)).toEqual([inDays(hospital, 8), inDays(hospital, 10)])
  })

  it('begin tomorrow in London and end after 13 weeks, also over a change of the clocks', async () => {
    hospital.clock.set('2026-10-24T10:00:00Z')
    const booked = await somebodyBooked(hospital, { free: [] })
    const { clinicCode } = booked
    // On 25 October the clocks go back: tomorrow begins at 11pm UTC today, and the day after at midnight UTC.
    const [lastToday, firstTomorrow] = ['2026-10-24T22:30:00.000Z', '2026-10-24T23:00:00.000Z']
    const [lastDay, tooLate] = ['2027-01-23T23:30:00.000Z', '2027-01-24T00:00:00.000Z']
    for (const startsAt of [lastToday, firstTomorrow, lastDay, tooLate]) await aSlot(hospital, clinicCode, startsAt)
    expect(await startsOf(hospital, booked)).toEqual([firstTomorrow, lastDay])
    expect(await startsOf(hospital, booked, { until: '2026-10-25' })).toEqual([firstTomorrow])
    expect(await startsOf(hospital, booked, { from: '2026-10-26' })).toEqual([lastDay])
  })

  it('keep to London days when the clocks go forward, and on 29 February', async () => {
    hospital.clock.set('2027-03-26T10:00:00Z')
    const spring = await somebodyBooked(hospital, { free: [] })
    for (const startsAt of ['2027-03-28T00:30:00.000Z', '2027-03-28T22:45:00.000Z', '2027-03-28T23:00:00.000Z'])
      await aSlot(hospital, spring.clinicCode, startsAt)
    expect(await startsOf(hospital, spring, { from: '2027-03-28', until: '2027-03-28' })).toEqual([
      '2027-03-28T00:30:00.000Z',
      '2027-03-28T22:45:00.000Z',
    ])
    hospital.clock.set('2028-02-28T10:00:00Z')
    const leap = await somebodyBooked(hospital, { free: [] })
    await aSlot(hospital, leap.clinicCode, '2028-02-29T09:00:00.000Z')
    await aSlot(hospital, leap.clinicCode, '2028-03-01T00:00:00.000Z')
    expect(await startsOf(hospital, leap, { from: '2028-02-29', until: '2028-02-29' })).toEqual([
      '2028-02-29T09:00:00.000Z',
    ])
  })

  it('come in pages that miss nothing, also where several start at once', async () => {
    const booked = await somebodyBooked(hospital, { free: [] })
    const endsAt = inDays(hospital, 8, 30)
    const slots = Array.from({ length: 5 }, () => ({ hospitalId: randomUUID(), startsAt: inDays(hospital, 8), endsAt }))
    await publishSlots(hospital, booked.clinicCode, slots)
    const seen: string[] = []
    let after: string | undefined
    for (let pages = 1; ; pages++) {
      const page = await timesFor(hospital, booked, { first: 2, ...(after && { after }) })
      seen.push(...(page?.nodes.map((it) => it.id) ?? []))
      expect(page?.totalCount).toBe(5)
      after = page?.pageInfo.endCursor ?? undefined
      if (!page?.pageInfo.hasNextPage) {
        expect(pages).toBe(3)
        break
      }
    }
    expect(new Set(seen).size).toBe(5)
  })

  it('have a seat left: a group shares a time until it is full', async () => {
    const booked = await somebodyBooked(hospital, { free: [] })
    const { clinicCode } = booked
    const startsAt = inDays(hospital, 8)
    await aSlot(hospital, clinicCode, startsAt, { capacity: 2 })
    await anAppointment(hospital, { patientId: 'ben', clinicCode, startsAt })
    expect(await startsOf(hospital, booked)).toEqual([startsAt])
    await anAppointment(hospital, { patientId: 'cleo', clinicCode, startsAt })
    expect(await startsOf(hospital, booked)).toEqual([])
  })

  it('leave out those at which the patient has something else, under any of their ids', async () => {
    const booked = await somebodyBooked(hospital, { free: [8, 9, 10] })
    const former = randomUUID()
    await anAppointment(hospital, { patientId: booked.patientId, startsAt: inDays(hospital, 8, 29) })
    await anAppointment(hospital, { patientId: former, startsAt: inDays(hospital, 9, -29) })
    await anAppointment(hospital, { patientId: former, startsAt: inDays(hospital, 10, 30) })
    expect(await startsOf(hospital, booked)).toEqual([inDays(hospital, 9), inDays(hospital, 10)])
    const merged = { ...booked, viewer: patient(booked.patientId, { patientIds: [booked.patientId, former] }) }
    expect(await startsOf(hospital, merged)).toEqual([inDays(hospital, 10)])
  })

  it('leave out those at which the clinician is somewhere else, but not those they share with others', async () => {
    const clinician = `Dr ${randomUUID()}`
    const booked = await somebodyBooked(hospital, { free: [8], appointment: { clinician } })
    const { clinicCode } = booked
    await aSlot(hospital, clinicCode, inDays(hospital, 9), { clinician, capacity: 2 })
    await anAppointment(hospital, { patientId: 'ben', clinicCode, startsAt: inDays(hospital, 9), clinician })
    await anAppointment(hospital, { patientId: 'ben', startsAt: inDays(hospital, 8, 10), clinician })
    expect(await startsOf(hospital, booked)).toEqual([inDays(hospital, 9)])
  })

  it('are not all closed by one visit of the clinician that, by mistake, lasts for weeks', async () => {
    const clinician = `Dr ${randomUUID()}`
    const booked = await somebodyBooked(hospital, { free: [8], appointment: { clinician } })
    await anAppointment(hospital, {
      patientId: 'ben',
      clinician,
      startsAt: inDays(hospital, 6),
      endsAt: inDays(hospital, 40),
    })
    const slotId = await slotOn(hospital, booked, 8)
    expect((await reschedule(hospital, booked, slotId)).__typename).toBe('AppointmentRescheduled')
  })

  it('leave out a time that was cancelled until it can no longer be undone', async () => {
    const ben = await somebodyBooked(hospital)
    const amal = await somebodyBooked(hospital, {
      appointment: { clinicCode: ben.clinicCode, startsAt: inDays(hospital, 12) },
    })
    await cancel(hospital, ben)
    await hospital.subgraph.settle()
    expect(await startsOf(hospital, amal)).toEqual([inDays(hospital, 8), inDays(hospital, 9)])
    hospital.clock.pass(30 * 60)
    await hospital.subgraph.settle()
    expect(await startsOf(hospital, amal)).toContain(ben.appointment.startsAt)
  })

  it('leave out the time of another appointment of the patient that they may still take back', async () => {
    const booked = await somebodyBooked(hospital, { free: [8, 9] })
    const { patientId, viewer } = booked
    const other = await anAppointment(hospital, {
      patientId,
      clinicCode: await aClinic(hospital),
      startsAt: inDays(hospital, 8),
    })
    await cancel(hospital, { viewer, id: other.id })
    expect(await startsOf(hospital, booked)).toEqual([inDays(hospital, 9)])
    hospital.clock.pass(30 * 60)
    const eighth = inDays(hospital, 8, -30)
    await hospital.subgraph.settle()
    expect(await startsOf(hospital, booked)).toContain(eighth)
  })

  it('are none when the appointment cannot be changed, and none at a clinic that wants to be asked', async () => {
    const asked = await somebodyBooked(hospital, { clinic: { mode: 'REQUEST' } })
    expect(await timesFor(hospital, asked)).toEqual({
      nodes: [],
      totalCount: 0,
      pageInfo: { hasNextPage: false, endCursor: null },
    })
    const changed = await somebodyBooked(hospital, { free: [8, 9, 10] })
    await reschedule(hospital, changed, await slotOn(hospital, changed, 8))
    await reschedule(hospital, changed, await slotOn(hospital, changed, 9), { version: 2 })
    expect((await timesFor(hospital, changed))?.nodes).toEqual([])
  })

  it('are for staff any time to come, beyond what the patient may choose', async () => {
    const asked = await somebodyBooked(hospital, { clinic: { mode: 'REQUEST' }, free: [8, 200] })
    await aSlot(hospital, asked.clinicCode, inDays(hospital, 0, 60))
    await aSlot(hospital, asked.clinicCode, inDays(hospital, 0, -60))
    const desk = (scope: string) => ({
      ...asked,
      viewer: { ...patient('x'), role: 'STAFF' as never, patientIds: [], scopes: [scope] },
    })
    const starts = [inDays(hospital, 0, 60), inDays(hospital, 8), inDays(hospital, 200)]
    expect(await startsOf(hospital, desk(`clinic:${asked.clinicCode}`))).toEqual(starts)
    expect(await startsOf(hospital, desk('clinics:*'))).toEqual(starts)
    expect(await timesFor(hospital, desk('clinic:ANOTHER'))).toBeNull()
  })

  it('are not there for anybody else: a stranger hears what they hear of nothing at all', async () => {
    const booked = await somebodyBooked(hospital)
    expect(await timesFor(hospital, { ...booked, viewer: patient('stranger') })).toBeNull()
    expect(await timesFor(hospital, { ...booked, id: randomUUID() })).toBeNull()
    await hospital.sql('update appointment set excluded = true where id = ?', booked.id)
    expect(await timesFor(hospital, booked)).toBeNull()
    for (const viewer of [anonymous(), partner(['appointments']), system])
      await expect(timesFor(hospital, { ...booked, viewer })).rejects.toThrow(/UNAUTHENTICATED|FORBIDDEN/)
  })

  it.each([
    ['too many at once', { first: 51 }],
    ['none at all', { first: 0 }],
    ['a cursor of another list', { after: 'bm90IG91cnM' }],
    ['a cursor that is no time', { after: Buffer.from('["x",1]').toString('base64url') }],
    ['a day that is none', { from: '2026-02-30' }],
  ])('refuse %s', async (_, asked) => {
    const booked = await somebodyBooked(hospital)
    await expect(timesFor(hospital, booked, asked)).rejects.toThrow(/BAD_USER_INPUT|LocalDate/)
  })
})

it('asks the database the same two questions about slots, whether there are three or three hundred', async () => {
  const opened: EntityManager[] = []
  const look = { name: 'look', run: ({ fork }: ChoreContext) => Promise.resolve(void opened.push(fork())) }
  const hospital = await alone({ ...appointments, chores: [look] })
  await hospital.subgraph.settle()
  const statements = vi.spyOn(opened[0]?.getConnection() as ReturnType<EntityManager['getConnection']>, 'execute')
  const booked = await somebodyBooked(hospital, { free: [8, 9, 10] })
  const questions = async () => {
    statements.mockClear()
    await timesFor(hospital, booked)
    return statements.mock.calls.filter(([sql]) => /from .slot. as/.test(String(sql))).length
  }
  expect(await questions()).toBe(2)
  const times = Array.from({ length: 300 }, (_, n) => ({
    startsAt: inDays(hospital, 11, n * 30),
    endsAt: inDays(hospital, 11, n * 30 + 30),
  }))
  await publishSlots(
    hospital,
    booked.clinicCode,
    times.map((time) => ({ hospitalId: randomUUID(), ...time })),
  )
  expect(await questions()).toBe(2)
  expect((await timesFor(hospital, booked))?.totalCount).toBe(303)
  await hospital.stop()
})
