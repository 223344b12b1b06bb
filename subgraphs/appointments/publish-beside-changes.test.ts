import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { engines } from '../../test/alone.ts'
import { type Behind, behind } from '../../test/behind.ts'
import { aClinic, anIdentifier, aSlot, inDays, publishSlots, recordCancellation } from '../../test/bookings.ts'
import { type Booked, cancel, reschedule, slotOn, somebodyBooked, undo } from '../../test/changes.ts'
import { appointments } from './main.ts'

/** So many bookings are changed one after another, each while the slot of its time is published. */
const rounds = 12

describe.each(engines)('publishing the slots of bookings that are changed at that moment, on %s', (engine) => {
  let hospital: Behind
  let clinicCode: string
  beforeAll(async () => {
    hospital = await behind(appointments, { engine })
  })
  beforeEach(async () => {
    hospital.clock.set('2026-11-23T10:00:00Z')
    clinicCode = await aClinic(hospital)
  })
  afterAll(() => hospital.stop())

  const publish = (day: number) =>
    publishSlots(hospital, clinicCode, [
      { hospitalId: anIdentifier('SLOT'), startsAt: inDays(hospital, day), endsAt: inDays(hospital, day, 30) },
    ])
  /** Booked on that day, before the hospital published a slot of that time. */
  const booked = (day: number) =>
    somebodyBooked(hospital, { appointment: { clinicCode, startsAt: inDays(hospital, day) } })
  const rowOf = async ({ id }: Booked) =>
    (
      await hospital.sql<{ status: string; seat: number | null; hospital_id: string | null; is_at_slot: boolean }>(
        `select a.status, a.seat, s.hospital_id, a.starts_at = s.starts_at as is_at_slot
         from appointment a left join slot s on s.id = a.slot_id where a.id = ?`,
        id,
      )
    )[0]
  const later = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds))
  const shortly = (round: number) => later(round % 6)
  /** Whoever wants to change it for a while waits, and goes on in the order in which they came. SQLite lets one write at a time anyway. */
  const hold = async ({ id }: Booked) => {
    const held = `with held as (select id from appointment where id = ? for update) select pg_sleep(0.25)::text from held`
    if (engine === 'postgresql') await hospital.sql(held, id)
  }
  const deadlocks = async () => {
    if (engine === 'sqlite') return 0
    // A connection tells the statistics what it met when it has been idle for a second.
    await later(1100)
    const met = `select deadlocks as met from pg_stat_database where datname = current_database()`
    return Number((await hospital.sql<{ met: string }>(met))[0]?.met)
  }

  it('keeps every move that a patient makes, and nobody waits for each other', async () => {
    const before = await deadlocks()
    for (let day = 2; day < 2 + rounds; day++) {
      const own = await booked(day)
      await aSlot(hospital, clinicCode, inDays(hospital, day, 120))
      const move = reschedule(hospital, own, await slotOn(hospital, own, day + 120 / 1440))
      await shortly(day)
      const [moved] = await Promise.all([move, publish(day)])
      // Published first, the booking is in another slot of the same time, and moves all the same.
      expect(moved.__typename).toBe('AppointmentRescheduled')
      expect(await rowOf(own)).toMatchObject({ seat: 1, is_at_slot: engine === 'sqlite' ? 1 : true })
    }
    expect(await deadlocks()).toBe(before)
  })

  it('keeps every cancellation by the hospital, which leaves its seat', async () => {
    const before = await deadlocks()
    for (let day = 2; day < 2 + rounds; day++) {
      const own = await booked(day)
      const { hospitalId } = own.appointment
      const word = recordCancellation(hospital, { hospitalId, patientId: own.patientId })
      await shortly(day)
      await Promise.all([word, publish(day)])
      expect(await rowOf(own)).toMatchObject({ status: 'CANCELLED', seat: null })
    }
    expect(await deadlocks()).toBe(before)
  })

  it('keeps every release of what was cancelled and can no longer be undone', async () => {
    const before = await deadlocks()
    for (let day = 2; day < 6; day++) {
      const own = await booked(day)
      await cancel(hospital, own)
      const hours = { startsAt: inDays(hospital, day), endsAt: inDays(hospital, day, 30) }
      hospital.clock.pass(31 * 60)
      const held = hold(own)
      await later(60)
      const release = hospital.subgraph.settle()
      await later(60)
      const published = publishSlots(hospital, clinicCode, [{ hospitalId: anIdentifier('SLOT'), ...hours }])
      await Promise.all([held, release, published])
      expect(await rowOf(own)).toMatchObject({ status: 'CANCELLED', seat: null })
    }
    expect(await deadlocks()).toBe(before)
  })

  it('does not offer the time of a cancellation that can still be undone, and gives it back', async () => {
    const own = await booked(7)
    await cancel(hospital, own)
    await publish(7)
    const taken = { seat: 1, hospital_id: expect.stringContaining('SLOT') as string }
    expect(await rowOf(own)).toMatchObject({ status: 'CANCELLED', ...taken })
    const other = await somebodyBooked(hospital, { appointment: { clinicCode, startsAt: inDays(hospital, 10) } })
    await expect(slotOn(hospital, other, 7)).rejects.toThrow('nothing is offered in 7 days')
    expect((await undo(hospital, own)).__typename).toBe('CancellationUndone')
    expect(await rowOf(own)).toMatchObject({ status: 'BOOKED', ...taken })
  })
})
