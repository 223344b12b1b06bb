import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { engines } from '../../test/alone.ts'
import { type Behind, behind } from '../../test/behind.ts'
import { aClinic, anAppointment, aSlot, inDays, recordAppointment, recordCancellation } from '../../test/bookings.ts'
import { deskOf, someStaff } from '../../test/desk.ts'
import { recordAdmission, recordAttendance } from '../../test/hospital-words.ts'
import { askForChange, cancel, reschedule } from '../../test/patient-acts.ts'
import { dueNotices } from '../../test/write-back.ts'
import { appointments } from './main.ts'

describe.each(engines)('whether a patient came, on %s', (engine) => {
  let hospital: Behind
  let patientId: string
  let clinicCode: string
  beforeAll(async () => {
    hospital = await behind(appointments, { engine })
  })
  beforeEach(async () => {
    hospital.clock.set('2026-11-23T10:00:00Z')
    patientId = randomUUID()
    clinicCode = await aClinic(hospital)
    await aSlot(hospital, clinicCode, inDays(hospital, 8))
  })
  afterAll(() => hospital.stop())

  const booked = (facts: object = {}) => anAppointment(hospital, { patientId, clinicCode, ...facts })
  const attend = (hospitalId: string, attendance: string, facts: object = {}) =>
    recordAttendance(hospital, { hospitalId, patientId, attendance, ...facts })

  it('is recorded, said again in vain, and corrected', async () => {
    const { hospitalId } = await booked()
    const missed = await attend(hospitalId, 'DID_NOT_ATTEND')
    expect(missed).toMatchObject({ flags: [], appointment: { status: 'DID_NOT_ATTEND', version: 2 } })
    expect((await attend(hospitalId, 'DID_NOT_ATTEND')).appointment.version).toBe(2)
    expect((await attend(hospitalId, 'COMPLETED')).appointment).toMatchObject({ status: 'COMPLETED', version: 3 })
    const older = await attend(hospitalId, 'DID_NOT_ATTEND', { eventAt: '2026-11-23T09:00:00Z' })
    expect(older).toMatchObject({ flags: ['OLDER_THAN_RECORD'], appointment: { status: 'COMPLETED' } })
  })

  it('stands when the hospital repeats or amends what took place; another time is another visit', async () => {
    const { hospitalId } = await booked()
    const startsAt = inDays(hospital, 7)
    await attend(hospitalId, 'DID_NOT_ATTEND')
    const amended = await recordAppointment(hospital, { hospitalId, patientId, startsAt, medium: 'PHONE' })
    expect(amended.appointment).toMatchObject({ status: 'DID_NOT_ATTEND', medium: 'PHONE', version: 3 })
    const again = await recordAppointment(hospital, { hospitalId, patientId, startsAt: inDays(hospital, 20) })
    expect(again.appointment).toMatchObject({ status: 'BOOKED', startsAt: inDays(hospital, 20), version: 4 })
  })

  it('closes what the patient asked for', async () => {
    const asking = await aClinic(hospital, { mode: 'REQUEST' })
    const { id, hospitalId } = await booked({ clinicCode: asking })
    await askForChange(hospital, patientId, id)
    await attend(hospitalId, 'COMPLETED')
    expect(await hospital.sql('select status from change_request where appointment_id = ?', id)).toEqual([
      { status: 'OVERTAKEN' },
    ])
    expect((await dueNotices(hospital, 50)).filter((it) => it.appointment.id === id)).toEqual([])
  })

  it('is flagged when the patient had moved it and the hospital did not know, and no longer sent', async () => {
    const { id, hospitalId } = await booked()
    await reschedule(hospital, patientId, id, inDays(hospital, 8))
    expect(await attend(hospitalId, 'DID_NOT_ATTEND')).toMatchObject({
      flags: ['CONFLICTS_WITH_PATIENT'],
      appointment: { status: 'DID_NOT_ATTEND' },
    })
    expect((await deskOf(hospital, someStaff(clinicCode))).conflicts[0]?.explanation).toContain(
      'the patient did not come',
    )
    expect((await dueNotices(hospital, 50)).filter((it) => it.appointment.id === id)).toEqual([])
  })

  it('changes nothing of what was cancelled; staff see it when the patient did that', async () => {
    const own = await booked()
    await cancel(hospital, patientId, own.id)
    const word = await attend(own.hospitalId, 'COMPLETED')
    expect(word).toMatchObject({ flags: ['CONFLICTS_WITH_PATIENT'], appointment: { status: 'CANCELLED' } })
    const theirs = await booked({ patientId: randomUUID() })
    const [row] = await hospital.sql<{ patient: string }>(
      'select patient_id as patient from appointment where id = ?',
      theirs.id,
    )
    patientId = row?.patient ?? ''
    await recordCancellation(hospital, { hospitalId: theirs.hospitalId, patientId })
    expect(await attend(theirs.hospitalId, 'COMPLETED')).toMatchObject({
      flags: [],
      appointment: { status: 'CANCELLED' },
    })
  })

  it('says nothing of somebody who is in hospital', async () => {
    const visit = { hospitalId: `VISIT-${patientId}`, patientId }
    await recordAdmission(hospital, { ...visit, step: 'ADMITTED' })
    expect((await attend(visit.hospitalId, 'COMPLETED')).appointment.status).toBe('ADMITTED')
  })

  it('finds no appointment for an unknown id, and none of another patient', async () => {
    const { hospitalId } = await booked()
    expect((await attend('NOPE', 'COMPLETED')).__typename).toBe('AppointmentNotFound')
    expect((await attend(hospitalId, 'COMPLETED', { patientId: 'ben' })).__typename).toBe('PatientDiffers')
    await expect(attend(' ', 'COMPLETED')).rejects.toThrow('hospitalId: use 1 to 100 characters.')
  })
})
