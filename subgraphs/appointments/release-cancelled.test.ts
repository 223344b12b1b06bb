import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { engines, system } from '../../test/alone.ts'
import { type Behind, behind } from '../../test/behind.ts'
import { aPostgresDatabase } from '../../test/postgres.ts'
import { FakeClock } from '../../test/clock.ts'
import { anAppointment, inDays } from '../../test/bookings.ts'
import { type Booked, cancel, reschedule, shown, slotOn, somebodyBooked, startsOf, undo } from '../../test/changes.ts'
import { appointments } from './main.ts'

/** SQLite answers at once: what goes on between is told apart by steps, and not by time. */
const steps = (count: number) => async () => {
  for (let step = 0; step < count; step++) await Promise.resolve()
}
const later = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds))

describe.each(engines)('what was cancelled and can no longer be undone, on %s', (engine) => {
  let hospital: Behind
  beforeAll(async () => {
    hospital = await behind(appointments, { engine })
  })
  beforeEach(() => {
    hospital.clock.set('2026-11-23T10:00:00Z')
  })
  afterAll(() => hospital.stop())

  const rowOf = async (id: string) =>
    (
      await hospital.sql(
        'select status, seat, undo_until, version, hospital_confirmation from appointment where id = ?',
        id,
      )
    )[0]
  const noticesOf = ({ id }: Booked) =>
    hospital.sql(
      'select kind, sequence, reason, status from hospital_notice where appointment_id = ? order by sequence',
      id,
    )
  const released = async ({ id }: Booked) => {
    const rows = await hospital.sql<{ ids: unknown }>(
      `select ids from outbox_event where kind = 'appointment.released'`,
    )
    return rows.filter(({ ids }) => JSON.stringify(ids).includes(id)).length
  }

  it('leaves its seat at the end of that time and not before, and the hospital is told', async () => {
    const booked = await somebodyBooked(hospital)
    await cancel(hospital, booked)
    hospital.clock.set('2026-11-23T10:29:59.999Z')
    await hospital.subgraph.settle()
    expect(await rowOf(booked.id)).toMatchObject({ seat: 1, version: 2, hospital_confirmation: 'CONFIRMED' })
    hospital.clock.pass(0.001)
    await hospital.subgraph.settle()
    const row = {
      status: 'CANCELLED',
      seat: null,
      undo_until: null,
      version: 3,
      hospital_confirmation: 'BEING_CONFIRMED',
    }
    expect(await rowOf(booked.id)).toEqual(row)
    const notice = {
      kind: 'CANCELLED',
      sequence: 1,
      reason: 'I feel better',
      status: 'WAITING',
    }
    expect(await noticesOf(booked)).toEqual([notice])
    await hospital.subgraph.settle()
    expect([await noticesOf(booked), await released(booked)]).toEqual([[notice], 1])
    expect(await shown(hospital, booked)).toMatchObject({ cancellation: { undoUntil: null, discharges: true } })
  })

  it('is told after the change that came before it', async () => {
    const booked = await somebodyBooked(hospital)
    await reschedule(hospital, booked, await slotOn(hospital, booked, 8))
    await cancel(hospital, booked, { version: 2 })
    hospital.clock.pass(30 * 60)
    await hospital.subgraph.settle()
    expect(await noticesOf(booked)).toMatchObject([
      { kind: 'RESCHEDULED', sequence: 1 },
      { kind: 'CANCELLED', sequence: 2 },
    ])
  })

  it('goes to the first who was booked over the capacity, and only then to whoever looks', async () => {
    const booked = await somebodyBooked(hospital)
    const { clinicCode, appointment } = booked
    const over = await anAppointment(hospital, { patientId: 'ben', clinicCode, startsAt: appointment.startsAt })
    const looking = await somebodyBooked(hospital, { appointment: { clinicCode, startsAt: inDays(hospital, 20) } })
    await cancel(hospital, booked)
    hospital.clock.pass(30 * 60)
    await hospital.subgraph.settle()
    expect(await rowOf(over.id)).toMatchObject({ status: 'BOOKED', seat: 1, version: 1 })
    expect(await startsOf(hospital, looking)).not.toContain(appointment.startsAt)
  })

  it('is released also when the clinic was kept out of the portal meanwhile', async () => {
    const booked = await somebodyBooked(hospital)
    await cancel(hospital, booked)
    await hospital.sql('update appointment set excluded = true where id = ?', booked.id)
    hospital.clock.pass(30 * 60)
    await hospital.subgraph.settle()
    expect(await rowOf(booked.id)).toMatchObject({ seat: null })
  })

  it('is either undone or released when both are tried as the time ends', async () => {
    const wereUndone = new Set<boolean>()
    for (const moment of [
      ...[0, 20, 40, 80, 160].map(steps),
      ...[1, 2, 4, 8, 16, 32, 500].map((it) => () => later(it)),
    ]) {
      const booked = await somebodyBooked(hospital)
      await cancel(hospital, booked)
      hospital.clock.pass(30 * 60 - 0.001)
      const undoing = undo(hospital, booked)
      await moment()
      hospital.clock.pass(0.001)
      await Promise.all([hospital.subgraph.settle(), hospital.subgraph.settle()])
      const isUndone = (await undoing).__typename === 'CancellationUndone'
      wereUndone.add(isUndone)
      await hospital.subgraph.settle()
      const as = isUndone
        ? { status: 'BOOKED', seat: 1, hospital_confirmation: 'CONFIRMED' }
        : { status: 'CANCELLED', seat: null, hospital_confirmation: 'BEING_CONFIRMED' }
      expect(await rowOf(booked.id)).toMatchObject({ ...as, undo_until: null, version: 3 })
      expect([(await noticesOf(booked)).length, await released(booked)]).toEqual(isUndone ? [0, 0] : [1, 1])
    }
    expect([...wereUndone].sort()).toEqual([false, true])
  })

  // SQLite writes one after the other: there is nobody to wait for.
  if (engine === 'postgresql')
    it('waits for who undoes it at the last moment, and leaves them their seat', async () => {
      const booked = await somebodyBooked(hospital)
      await cancel(hospital, booked)
      hospital.clock.pass(30 * 60 - 0.001)
      // Nobody's event is written for a while: the undoing has begun and cannot end.
      const events = hospital.sql(
        'do $$ begin lock table outbox_event in exclusive mode; perform pg_sleep(0.8); end $$',
      )
      await later(100)
      const undoing = undo(hospital, booked)
      await later(400)
      hospital.clock.pass(0.001)
      const [undone] = await Promise.all([undoing, hospital.subgraph.settle(), events])
      expect(undone.__typename).toBe('CancellationUndone')
      await hospital.subgraph.settle()
      expect(await rowOf(booked.id)).toMatchObject({ status: 'BOOKED', seat: 1, version: 3 })
      expect(await noticesOf(booked)).toEqual([])
    })

  it('leaves the next in peace when one cannot be released, and tries that again', async () => {
    const [bad, good] = [await somebodyBooked(hospital), await somebodyBooked(hospital)]
    await cancel(hospital, bad)
    await cancel(hospital, good)
    await hospital.sql('update appointment set seat = null, slot_id = null where id = ?', bad.id)
    const notice = `insert into hospital_notice (id, control_id, appointment_id, patient_id, clinic_code, sequence, kind, occurred_at, hospital_id, starts_at, ends_at)
      select id, id, id, patient_id, clinic_code, 2, 'CANCELLED', starts_at, hospital_id, starts_at, ends_at from appointment where id = ?`
    // Its next notice would be the second: there is one already.
    await hospital.sql(notice, bad.id)
    hospital.clock.pass(30 * 60)
    await hospital.subgraph.settle()
    expect(await rowOf(good.id)).toMatchObject({ undo_until: null })
    expect(await rowOf(bad.id)).not.toMatchObject({ undo_until: null })
    expect(hospital.lines.filter((it) => it.includes(bad.id) && it.includes('was not released'))).not.toHaveLength(0)
    await hospital.sql('delete from hospital_notice where appointment_id = ?', bad.id)
    await hospital.subgraph.settle()
    expect(await rowOf(bad.id)).toMatchObject({ undo_until: null })
  })
})

it('is released once by two processes that look at the same time', async () => {
  const url = await aPostgresDatabase()
  const clock = new FakeClock('2026-11-23T10:00:00Z')
  const processes = [await behind(appointments, { clock, url }), await behind(appointments, { clock, url })]
  const [one, two] = processes as [Behind, Behind]
  const everybody = await Promise.all(Array.from({ length: 10 }, () => somebodyBooked(one)))
  await Promise.all(everybody.map((it) => cancel(two, it)))
  clock.pass(30 * 60)
  await Promise.all([one.subgraph.settle(), two.subgraph.settle()])
  const notices = await one.sql('select sequence from hospital_notice')
  expect(notices).toEqual(Array(10).fill({ sequence: 1 }))
  const query = `query ($id: ID!) { appointment(id: $id) { version } }`
  for (const { id } of everybody)
    expect((await one.ask(system, query, { id })).data).toEqual({ appointment: { version: 3 } })
  await Promise.all(processes.map((it) => it.stop()))
})
