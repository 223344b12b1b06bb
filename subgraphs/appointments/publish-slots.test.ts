import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { engines } from '../../test/alone.ts'
import { type Behind, behind } from '../../test/behind.ts'
import { aClinic, anAppointment, anIdentifier, inDays, publishSlots, recordAppointment } from '../../test/bookings.ts'
import { appointments } from './main.ts'

describe.each(engines)('publishing slots, on %s', (engine) => {
  let hospital: Behind
  beforeAll(async () => {
    hospital = await behind(appointments, { engine })
  })
  afterAll(() => hospital.stop())

  const slot = (facts: object = {}) => ({
    hospitalId: anIdentifier('SLOT'),
    startsAt: inDays(hospital, 7),
    endsAt: inDays(hospital, 7, 30),
    ...facts,
  })
  const slotsOf = (clinicCode: string) =>
    hospital.sql<{ hospital_id: string | null }>('select hospital_id from slot where clinic_code = ?', clinicCode)

  it('takes new ones, and leaves those that are known just so', async () => {
    const clinicCode = await aClinic(hospital)
    const slots = [slot(), slot({ clinician: 'Dr Priya Shah', capacity: 4 })]
    expect(await publishSlots(hospital, clinicCode, slots)).toMatchObject({ created: 2, unchanged: 0 })
    expect(await publishSlots(hospital, clinicCode, [...slots, slot()])).toMatchObject({ created: 1, unchanged: 2 })
  })

  it('takes none of them when one cannot be, and says which', async () => {
    const clinicCode = await aClinic(hospital)
    const known = slot()
    await publishSlots(hospital, clinicCode, [known])
    const backwards = slot({ endsAt: inDays(hospital, 6) })
    const empty = slot({ capacity: 0 })
    const twice = slot()
    const different = { ...known, clinician: 'Somebody else' }
    const answer = await publishSlots(hospital, clinicCode, [slot(), backwards, empty, twice, twice, different])
    expect(answer.__typename).toBe('SlotsNotUsable')
    expect(answer.hospitalIds).toEqual([backwards, empty, twice, different].map((it) => it.hospitalId))
    expect(answer.message).toContain('Nothing was published.')
    expect(await slotsOf(clinicCode)).toHaveLength(1)
  })

  it('never takes a slot from another clinic', async () => {
    const known = slot()
    await publishSlots(hospital, await aClinic(hospital), [known])
    const answer = await publishSlots(hospital, await aClinic(hospital), [known])
    expect(answer.hospitalIds).toEqual([known.hospitalId])
  })

  it('asks for the clinic first', async () => {
    expect((await publishSlots(hospital, 'NOPE', [slot()])).__typename).toBe('ClinicNotFound')
  })

  it('takes 500 at once, and no more', async () => {
    const clinicCode = await aClinic(hospital)
    const many = Array.from({ length: 501 }, () => slot())
    await expect(publishSlots(hospital, clinicCode, many)).rejects.toThrow('slots: send at most 500 at once.')
    expect(await publishSlots(hospital, clinicCode, many.slice(1))).toMatchObject({ created: 500 })
  })

  it('publishes once what ten bring at once', async () => {
    const clinicCode = await aClinic(hospital)
    const slots = [slot(), slot()]
    const answers = await Promise.all(Array.from({ length: 10 }, () => publishSlots(hospital, clinicCode, slots)))
    expect(answers.map((it) => it.created).sort()).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 0, 2])
  })

  it('does not offer a time that was booked before its slot was published', async () => {
    const clinicCode = await aClinic(hospital)
    const booked = []
    for (const patientId of ['amal', 'ben', 'cara'])
      booked.push(await anAppointment(hospital, { patientId, clinicCode }))
    const published = slot({ capacity: 2 })
    await publishSlots(hospital, clinicCode, [published])
    const seats = await hospital.sql(
      `select a.seat, s.hospital_id as slot from appointment a join slot s on s.id = a.slot_id where a.clinic_code = ? order by coalesce(a.seat, 9)`,
      clinicCode,
    )
    const { hospitalId: slotId } = published
    expect(seats).toEqual([
      { seat: 1, slot: slotId },
      { seat: 2, slot: slotId },
      { seat: null, slot: slotId },
    ])
    expect(await slotsOf(clinicCode)).toEqual([{ hospital_id: slotId }])
    const next = await recordAppointment(hospital, {
      patientId: randomUUID(),
      clinicCode,
      startsAt: inDays(hospital, 7),
    })
    expect(next.flags).toContain('SLOT_CONFLICT')
  })

  it('misses no booking that arrives while its slot is being published', async () => {
    const clinicCode = await aClinic(hospital)
    for (let day = 1; day <= 10; day++) {
      const [startsAt, endsAt] = [inDays(hospital, day), inDays(hospital, day, 30)]
      const booking = recordAppointment(hospital, { patientId: randomUUID(), clinicCode, startsAt })
      await Promise.all([booking, publishSlots(hospital, clinicCode, [slot({ startsAt, endsAt })])])
    }
    const left = (await slotsOf(clinicCode)).filter((it) => it.hospital_id === null)
    expect(left).toEqual([])
  })
})
