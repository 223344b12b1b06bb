import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { engines } from '../../test/alone.ts'
import { type Behind, behind } from '../../test/behind.ts'
import { aClinic, anAppointment, aSlot, inDays } from '../../test/bookings.ts'
import {
  type Booked,
  cancel,
  type Outcome,
  reschedule,
  shown,
  slotOn,
  somebodyBooked,
  undo,
} from '../../test/changes.ts'
import { appointments } from './main.ts'

describe.each(engines)('a hundred patients who want one time, on %s', (engine) => {
  let hospital: Behind
  beforeAll(async () => {
    hospital = await behind(appointments, { engine })
  })
  afterAll(() => hospital.stop())

  /** A hundred people of one clinic, each with a time of their own. */
  async function aHundred(): Promise<{ clinicCode: string; everybody: Booked[] }> {
    const clinicCode = await aClinic(hospital)
    const everybody: Booked[] = []
    for (let n = 0; n < 100; n++)
      everybody.push(
        await somebodyBooked(hospital, {
          appointment: { clinicCode, startsAt: inDays(hospital, 20, n * 30) },
          free: [],
        }),
      )
    return { clinicCode, everybody }
  }

  const holdersOf = (slotId: string) =>
    hospital.sql('select id, seat from appointment where slot_id = ? and seat is not null order by seat', slotId)

  async function keepTheirPlace(everybody: Booked[], outcomes: Outcome[], fresh: string[]): Promise<void> {
    for (const [n, booked] of everybody.entries()) {
      const outcome = outcomes[n]
      if (outcome?.__typename === 'AppointmentRescheduled') continue
      expect(outcome).toMatchObject({ __typename: 'SlotTaken' })
      expect(outcome?.freshSlots.map((it) => it.startsAt)).toEqual(expect.arrayContaining(fresh))
      expect(await shown(hospital, booked)).toMatchObject({ startsAt: booked.appointment.startsAt, version: 1 })
    }
  }

  it.each([1, 3])(
    'have as many winners as it has seats (%s); the others keep theirs, and are offered more',
    async (capacity) => {
      const { clinicCode, everybody } = await aHundred()
      await aSlot(hospital, clinicCode, inDays(hospital, 8), { capacity })
      await aSlot(hospital, clinicCode, inDays(hospital, 9))
      const [first] = everybody as [Booked]
      const slotId = await slotOn(hospital, first, 8)
      const outcomes = await Promise.all(everybody.map((booked) => reschedule(hospital, booked, slotId)))
      const winners = everybody.filter((_, n) => outcomes[n]?.__typename === 'AppointmentRescheduled')
      expect(winners).toHaveLength(capacity)
      const holders = await holdersOf(slotId)
      expect(holders.map((it) => (it as { seat: number }).seat)).toEqual(
        Array.from({ length: capacity }, (_, n) => n + 1),
      )
      expect(new Set(holders.map((it) => (it as { id: string }).id))).toEqual(new Set(winners.map((it) => it.id)))
      await keepTheirPlace(everybody, outcomes, [inDays(hospital, 9)])
      const [row] = await hospital.sql<{ count: number }>(
        `select count(*) as count from hospital_notice where clinic_code = ?`,
        clinicCode,
      )
      expect(Number(row?.count)).toBe(capacity)
    },
    60_000,
  )

  it('leave no seat empty while somebody is booked over the capacity, when one leaves as others come', async () => {
    const clinicCode = await aClinic(hospital)
    const leaving: Booked[] = []
    for (let day = 1; day <= 10; day++) {
      await aSlot(hospital, clinicCode, inDays(hospital, day))
      await aSlot(hospital, clinicCode, inDays(hospital, day + 20))
      const facts = { clinicCode, startsAt: inDays(hospital, day) }
      leaving.push(await somebodyBooked(hospital, { appointment: facts }))
    }
    const slots = await Promise.all(leaving.map((it, n) => slotOn(hospital, it, n + 21)))
    await Promise.all(
      leaving.flatMap((it, n) => [
        anAppointment(hospital, { patientId: randomUUID(), clinicCode, startsAt: it.appointment.startsAt }),
        reschedule(hospital, it, slots[n]),
        anAppointment(hospital, { patientId: randomUUID(), clinicCode, startsAt: it.appointment.startsAt }),
      ]),
    )
    const held = `select slot_id from appointment where clinic_code = ? and seat = 1 and status = 'BOOKED'`
    expect(await hospital.sql(held, clinicCode)).toHaveLength(20)
  })

  // SQLite writes one after the other: there is nobody to wait for.
  if (engine === 'postgresql')
    it.each(['chosen', 'left'])('wait for whoever is at the slot that is %s', async (which) => {
      const booked = await somebodyBooked(hospital)
      const chosen = await slotOn(hospital, booked, 8)
      const [row] = await hospital.sql<{ slot_id: string }>('select slot_id from appointment where id = ?', booked.id)
      const held = which === 'chosen' ? chosen : row?.slot_id
      const order: string[] = []
      const other = hospital
        .sql('update slot set capacity = capacity where id = ? returning pg_sleep(1)', held)
        .then(() => order.push('other'))
      await new Promise((resolve) => setTimeout(resolve, 300))
      await Promise.all([other, reschedule(hospital, booked, chosen).then((it) => order.push(it.__typename))])
      expect(order).toEqual(['other', 'AppointmentRescheduled'])
    })

  it('can swap places with each other, round and round, and nobody is left without one', async () => {
    const clinicCode = await aClinic(hospital)
    const everybody: Booked[] = []
    for (let day = 7; day < 12; day++) {
      await aSlot(hospital, clinicCode, inDays(hospital, day))
      const facts = { clinicCode, startsAt: inDays(hospital, day) }
      everybody.push(await somebodyBooked(hospital, { appointment: facts, free: [] }))
    }
    await aSlot(hospital, clinicCode, inDays(hospital, 12))
    // One time is free: everybody wants the time of the next, and the free one moves among them.
    const slots = await hospital.sql<{ id: string }>(
      'select id from slot where clinic_code = ? and hospital_id is not null order by starts_at',
      clinicCode,
    )
    for (let round = 1; round <= 2; round++)
      await Promise.all(
        everybody.map((booked, n) =>
          reschedule(hospital, booked, slots[(n + round) % slots.length]?.id, { version: round }),
        ),
      )
    const held = await hospital.sql<{ slot_id: string; seat: number }>(
      'select slot_id, seat from appointment where clinic_code = ?',
      clinicCode,
    )
    expect(held.map((it) => it.seat)).toEqual(Array(5).fill(1))
    expect(new Set(held.map((it) => it.slot_id)).size).toBe(5)
  })

  it('never puts a patient, or a clinician, in two places when two of their appointments move at once', async () => {
    for (let round = 0; round < 5; round++) {
      const clinician = `Dr Round ${round}`
      const one = await somebodyBooked(hospital, { appointment: { clinician } })
      const { patientId } = one
      const samePatient = await anotherOf(patientId, {})
      const sameClinician = await anotherOf(randomUUID(), { clinician, startsAt: inDays(hospital, 15) })
      const three: Booked[] = [one, samePatient, sameClinician]
      const slots = await Promise.all(three.map((it) => slotOn(hospital, it, 8)))
      const outcomes = await Promise.all(three.map((it, n) => reschedule(hospital, it, slots[n])))
      const moved = three.filter((_, n) => outcomes[n]?.__typename === 'AppointmentRescheduled')
      expect(moved.length).toBeGreaterThan(0)
      // Either the first of them alone, or the other two, who have nothing to do with each other.
      expect(moved.includes(one) && moved.length > 1).toBe(false)
      for (const [n, it] of three.entries())
        if (!moved.includes(it)) expect(outcomes[n]).toMatchObject({ __typename: 'SlotNotOffered' })
    }
  })
  async function anotherOf(patientId: string, facts: Record<string, unknown>): Promise<Booked> {
    const booked = await somebodyBooked(hospital, {
      appointment: { patientId, startsAt: inDays(hospital, 14), ...facts },
    })
    return {
      ...booked,
      patientId,
      viewer: { ...booked.viewer, patientIds: [patientId], actorId: `patient:${patientId}` },
    }
  }

  it('leave every invariant whole when they change, cancel and undo all at once', async () => {
    const clinicCode = await aClinic(hospital)
    for (let day = 7; day < 13; day++) await aSlot(hospital, clinicCode, inDays(hospital, day), { capacity: 2 })
    const everybody = await Promise.all(
      Array.from({ length: 8 }, (_, n) =>
        somebodyBooked(hospital, { appointment: { clinicCode, startsAt: inDays(hospital, 7 + (n % 4)) }, free: [] }),
      ),
    )
    const over = await anAppointment(hospital, { patientId: 'over', clinicCode, startsAt: inDays(hospital, 7) })
    const slots = await hospital.sql<{ id: string }>(
      'select id from slot where clinic_code = ? and hospital_id is not null',
      clinicCode,
    )
    const acts = everybody.flatMap((booked, n) => [
      reschedule(hospital, booked, slots[(n + 3) % slots.length]?.id),
      cancel(hospital, booked),
      undo(hospital, booked),
      reschedule(hospital, booked, slots[(n + 1) % slots.length]?.id, { version: 2 }),
    ])
    const done = (await Promise.all(acts)).filter((it) =>
      ['AppointmentRescheduled', 'AppointmentCancelled', 'CancellationUndone'].includes(it.__typename),
    )
    const rows = await hospital.sql<{ version: number }>(
      'select version from appointment where clinic_code = ?',
      clinicCode,
    )
    // Every acknowledged act is one version, and nothing else is.
    expect(rows.reduce((sum, it) => sum + it.version - 1, 0)).toBe(done.length)
    const idle = await hospital.sql(
      `select s.id from slot s where s.clinic_code = ? and s.capacity > (select count(*) from appointment a where a.slot_id = s.id and a.seat is not null)
        and exists (select 1 from appointment a where a.slot_id = s.id and a.seat is null and a.status = 'BOOKED')`,
      clinicCode,
    )
    expect(idle).toEqual([])
    expect(over.id).toBeTruthy()
  })
})
