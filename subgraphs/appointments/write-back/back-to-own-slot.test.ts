import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { engines } from '../../../test/alone.ts'
import { type Behind, behind } from '../../../test/behind.ts'
import { aClinic, anAppointment, aSlot } from '../../../test/bookings.ts'
import { deskOf, someStaff } from '../../../test/desk.ts'
import { cancel, ownAppointment, reschedule } from '../../../test/patient-acts.ts'
import { sendNotice } from '../../../test/write-back.ts'
import { appointments } from '../main.ts'

describe.each(engines)('a booking that came before its slot was published, refused a change, on %s', (engine) => {
  let hospital: Behind
  let patientId: string
  let clinicCode: string
  let id: string
  beforeAll(async () => {
    hospital = await behind(appointments, { engine })
  })
  beforeEach(async () => {
    hospital.clock.set('2026-11-23T10:00:00Z')
    patientId = randomUUID()
    clinicCode = await aClinic(hospital)
    for (const days of [8, 9, 10]) await aSlot(hospital, clinicCode, day(days))
    id = (await anAppointment(hospital, { patientId, clinicCode })).id
  })
  afterAll(() => hospital.stop())

  const day = (days: number) => new Date(Date.UTC(2026, 10, 23 + days, 10)).toISOString()
  const own = () => ownAppointment(hospital, patientId, id)
  const ownSlots = () => hospital.sql('select id from slot where clinic_code = ? and hospital_id is null', clinicCode)
  /** Somebody else moves to the time that this appointment had, now that it is published. */
  const somebodyElseTakes = async (startsAt: string) => {
    const other = randomUUID()
    const booked = await anAppointment(hospital, { patientId: other, clinicCode, startsAt: day(10) })
    await reschedule(hospital, other, booked.id, startsAt)
  }

  it('stays at the new time when somebody else has the slot that was published for the old one', async () => {
    await reschedule(hospital, patientId, id, day(8))
    await aSlot(hospital, clinicCode, day(7))
    await somebodyElseTakes(day(7))
    await sendNotice(hospital, id, 'AE')
    expect(await own()).toMatchObject({ startsAt: day(8), hospitalConfirmation: 'REFUSED' })
    expect(await ownSlots()).toEqual([])
  })

  it('goes back into the slot that was published for the old time, when that is free', async () => {
    await reschedule(hospital, patientId, id, day(8))
    const published = await aSlot(hospital, clinicCode, day(7))
    await sendNotice(hospital, id, 'AE')
    expect(await own()).toMatchObject({ startsAt: day(7), hospitalConfirmation: 'REFUSED' })
    const seat =
      'select a.seat, s.hospital_id as slot from appointment a join slot s on s.id = a.slot_id where a.id = ?'
    expect(await hospital.sql(seat, id)).toEqual([{ seat: 1, slot: published }])
    expect(await ownSlots()).toEqual([])
  })

  it('is booked again over the capacity, and stands on the desk, when its time was published and taken', async () => {
    await cancel(hospital, patientId, id)
    hospital.clock.pass(31 * 60)
    await hospital.subgraph.settle()
    await aSlot(hospital, clinicCode, day(7))
    await somebodyElseTakes(day(7))
    await sendNotice(hospital, id, 'AE')
    expect(await own()).toMatchObject({ status: 'BOOKED', startsAt: day(7) })
    const { conflicts } = await deskOf(hospital, someStaff(clinicCode))
    expect(conflicts.filter((it) => it.appointment.id === id).map((it) => it.reason)).toEqual(['SLOT_CONFLICT'])
    expect(await ownSlots()).toEqual([])
  })

  it('leaves nothing behind at the old time once the hospital has taken the change', async () => {
    await reschedule(hospital, patientId, id, day(8))
    await reschedule(hospital, patientId, id, day(9))
    await sendNotice(hospital, id, 'AA')
    // The second change may yet be refused.
    expect(await ownSlots()).toHaveLength(1)
    await sendNotice(hospital, id, 'AA')
    expect(await own()).toMatchObject({ startsAt: day(9), hospitalConfirmation: 'CONFIRMED' })
    expect(await ownSlots()).toEqual([])
  })
})
