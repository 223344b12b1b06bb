import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { engines } from '../../test/alone.ts'
import { type Behind, behind } from '../../test/behind.ts'
import { aClinic, anAppointment, aSlot, inDays, recordAppointment, recordCancellation } from '../../test/bookings.ts'
import { appointments } from './main.ts'

describe.each(engines)('booking into slots, on %s', (engine) => {
  let hospital: Behind
  let patientId: string
  beforeAll(async () => {
    hospital = await behind(appointments, { engine })
  })
  beforeEach(() => {
    patientId = randomUUID()
  })
  afterAll(() => hospital.stop())

  const seatOf = async (hospitalId: string) => {
    const query = `select a.seat, s.hospital_id as slot from appointment a left join slot s on s.id = a.slot_id where a.hospital_id = ?`
    return (await hospital.sql<{ seat: number | null; slot: string | null }>(query, hospitalId))[0]
  }

  it('takes the published slot of that time, with its clinician', async () => {
    const clinicCode = await aClinic(hospital)
    const slot = await aSlot(hospital, clinicCode, inDays(hospital, 7), { clinician: 'Dr Owen Price' })
    const word = await recordAppointment(hospital, { patientId, clinicCode, startsAt: inDays(hospital, 7) })
    expect(word).toMatchObject({ flags: [], appointment: { clinician: 'Dr Owen Price' } })
    expect(await seatOf(word.appointment.hospitalId)).toEqual({ seat: 1, slot })
  })

  it('takes the slot of the clinician who was named', async () => {
    const clinicCode = await aClinic(hospital)
    await aSlot(hospital, clinicCode, inDays(hospital, 7), { clinician: 'Dr Owen Price' })
    const shah = await aSlot(hospital, clinicCode, inDays(hospital, 7), { clinician: 'Dr Priya Shah' })
    const facts = { patientId, clinicCode, startsAt: inDays(hospital, 7), clinician: 'Dr Priya Shah' }
    const word = await recordAppointment(hospital, facts)
    expect(await seatOf(word.appointment.hospitalId)).toEqual({ seat: 1, slot: shah })
  })

  it('books over the capacity when the hospital does, and flags it', async () => {
    const clinicCode = await aClinic(hospital)
    const startsAt = inDays(hospital, 7)
    const slot = await aSlot(hospital, clinicCode, startsAt, { capacity: 2 })
    const words = []
    for (const someone of ['a', 'b', 'c'])
      words.push(await recordAppointment(hospital, { patientId: patientId + someone, clinicCode, startsAt }))
    expect(words.map((it) => it.flags)).toEqual([[], [], ['SLOT_CONFLICT']])
    const seats = await Promise.all(words.map((it) => seatOf(it.appointment.hospitalId)))
    expect(seats).toEqual([
      { seat: 1, slot },
      { seat: 2, slot },
      { seat: null, slot },
    ])
  })

  it('gives a seat that is left to the one who was booked over the capacity', async () => {
    const clinicCode = await aClinic(hospital)
    const startsAt = inDays(hospital, 7)
    const slot = await aSlot(hospital, clinicCode, startsAt)
    const first = await anAppointment(hospital, { patientId, clinicCode, startsAt })
    const second = await anAppointment(hospital, { patientId: 'ben', clinicCode, startsAt })
    await recordCancellation(hospital, { hospitalId: first.hospitalId, patientId })
    expect(await seatOf(first.hospitalId)).toEqual({ seat: null, slot })
    expect(await seatOf(second.hospitalId)).toEqual({ seat: 1, slot })
  })

  it('leaves the old slot free when an appointment moves, and takes its own slot away', async () => {
    const clinicCode = await aClinic(hospital)
    const slot = await aSlot(hospital, clinicCode, inDays(hospital, 7))
    const { hospitalId } = await anAppointment(hospital, { patientId, clinicCode })
    await recordAppointment(hospital, { hospitalId, patientId, startsAt: inDays(hospital, 8) })
    const next = await anAppointment(hospital, { patientId: 'ben', clinicCode })
    expect(await seatOf(next.hospitalId)).toEqual({ seat: 1, slot })
    await recordAppointment(hospital, { hospitalId, patientId, startsAt: inDays(hospital, 9) })
    const own = await hospital.sql('select id from slot where clinic_code = ? and hospital_id is null', clinicCode)
    expect(own).toHaveLength(1)
  })

  it('flags a patient, or a clinician, who would be in two places', async () => {
    const booked = await anAppointment(hospital, { patientId, clinician: 'Dr Priya Shah' })
    const { startsAt } = booked
    const clinicCode = await aClinic(hospital)
    const patientTwice = await recordAppointment(hospital, { patientId, clinicCode, startsAt })
    expect(patientTwice.flags).toEqual(['SLOT_CREATED', 'OVERLAPS_ANOTHER'])
    const facts = { clinicCode, startsAt, clinician: 'Dr Priya Shah' }
    const clinicianTwice = await recordAppointment(hospital, { patientId: 'ben', ...facts })
    expect(clinicianTwice.flags).toEqual(['SLOT_CREATED', 'OVERLAPS_ANOTHER'])
    const after = await recordAppointment(hospital, { patientId, clinicCode, startsAt: booked.endsAt })
    expect(after.flags).toEqual(['SLOT_CREATED'])
  })

  it('does not call it an overlap when a group shares a slot', async () => {
    const clinicCode = await aClinic(hospital)
    const startsAt = inDays(hospital, 12)
    await aSlot(hospital, clinicCode, startsAt, { capacity: 5, clinician: 'Ms Group Leader' })
    await recordAppointment(hospital, { patientId: 'a', clinicCode, startsAt })
    expect((await recordAppointment(hospital, { patientId: 'b', clinicCode, startsAt })).flags).toEqual([])
  })

  it('seats twenty bookings that arrive at once: as many as the slot holds, and flags the others', async () => {
    const clinicCode = await aClinic(hospital)
    const startsAt = inDays(hospital, 7)
    await aSlot(hospital, clinicCode, startsAt, { capacity: 3 })
    const words = await Promise.all(
      Array.from({ length: 20 }, () => recordAppointment(hospital, { patientId: randomUUID(), clinicCode, startsAt })),
    )
    expect(words.filter((it) => it.flags.length === 0)).toHaveLength(3)
    expect(words.filter((it) => it.flags.includes('SLOT_CONFLICT'))).toHaveLength(17)
    const seats = 'select seat from appointment where clinic_code = ? and seat is not null order by seat'
    expect(await hospital.sql(seats, clinicCode)).toEqual([{ seat: 1 }, { seat: 2 }, { seat: 3 }])
  })

  it('leaves no seat empty while somebody is booked over the capacity, when one leaves as others come', async () => {
    const clinicCode = await aClinic(hospital)
    for (let day = 1; day <= 10; day++) {
      const startsAt = inDays(hospital, day)
      await aSlot(hospital, clinicCode, startsAt)
      const leaving = await anAppointment(hospital, { patientId, clinicCode, startsAt })
      const coming = [1, 2, 3].map(() => anAppointment(hospital, { patientId: randomUUID(), clinicCode, startsAt }))
      await Promise.all([recordCancellation(hospital, { hospitalId: leaving.hospitalId, patientId }), ...coming])
    }
    const held = `select slot_id from appointment where clinic_code = ? and seat = 1 and status = 'BOOKED'`
    expect(await hospital.sql(held, clinicCode)).toHaveLength(10)
  })

  it('gives no seat to somebody who leaves at the same moment', async () => {
    const clinicCode = await aClinic(hospital)
    for (let day = 1; day <= 15; day++) {
      const startsAt = inDays(hospital, day)
      await aSlot(hospital, clinicCode, startsAt)
      const leaving = []
      for (const someone of ['a', 'b'])
        leaving.push(await anAppointment(hospital, { patientId: patientId + someone, clinicCode, startsAt }))
      const [a, b] = leaving.map(({ hospitalId }) => hospitalId)
      await Promise.all([
        recordCancellation(hospital, { hospitalId: a, patientId: `${patientId}a` }),
        recordCancellation(hospital, { hospitalId: b, patientId: `${patientId}b` }),
      ])
    }
    const kept = `select id from appointment where clinic_code = ? and seat is not null`
    expect(await hospital.sql(kept, clinicCode)).toEqual([])
  })

  it('gives the seat to whoever stays, when two leave at once', async () => {
    const clinicCode = await aClinic(hospital)
    for (let day = 1; day <= 15; day++) {
      const startsAt = inDays(hospital, day)
      await aSlot(hospital, clinicCode, startsAt)
      const booked = []
      for (const someone of ['a', 'b', 'c'])
        booked.push(await anAppointment(hospital, { patientId: patientId + someone, clinicCode, startsAt }))
      const [a, b] = booked.map(({ hospitalId }) => hospitalId)
      await Promise.all([
        recordCancellation(hospital, { hospitalId: a, patientId: `${patientId}a` }),
        recordCancellation(hospital, { hospitalId: b, patientId: `${patientId}b` }),
      ])
    }
    const held = `select patient_id from appointment where clinic_code = ? and seat = 1 and status = 'BOOKED'`
    expect(await hospital.sql(held, clinicCode)).toEqual(Array(15).fill({ patient_id: `${patientId}c` }))
  })

  it('holds in the database itself: one holder for a seat, and no seat beyond the capacity', async () => {
    const clinicCode = await aClinic(hospital)
    const startsAt = inDays(hospital, 7)
    await aSlot(hospital, clinicCode, startsAt)
    await anAppointment(hospital, { patientId, clinicCode, startsAt })
    const second = await anAppointment(hospital, { patientId: 'ben', clinicCode, startsAt })
    const take = (seat: number) => hospital.sql('update appointment set seat = ? where id = ?', seat, second.id)
    await expect(take(1)).rejects.toThrow(/unique/i)
    await expect(take(2)).rejects.toThrow('no such seat')
    await expect(take(0)).rejects.toThrow('no such seat')
    await expect(
      hospital.sql('update appointment set slot_id = null, seat = 1 where id = ?', second.id),
    ).rejects.toThrow('no such seat')
  })
})
