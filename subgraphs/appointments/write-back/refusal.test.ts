import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { engines } from '../../../test/alone.ts'
import { type Behind, behind } from '../../../test/behind.ts'
import { aClinic, anAppointment, aSlot, inDays, recordAppointment, recordCancellation } from '../../../test/bookings.ts'
import { someStaff, deskOf, retryNotice, settleNotice } from '../../../test/desk.ts'
import { recordAttendance } from '../../../test/hospital-words.ts'
import { accept, askForChange, cancel, ownAppointment, reschedule } from '../../../test/patient-acts.ts'
import { sendNotice } from '../../../test/write-back.ts'
import { appointments } from '../main.ts'

describe.each(engines)("what the hospital's system refuses, on %s", (engine) => {
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
    for (const day of [8, 9]) await aSlot(hospital, clinicCode, inDays(hospital, day))
    await hospital.subgraph.settle()
    hospital.told.length = 0
  })
  afterAll(() => hospital.stop())

  const day = (days: number) => inDays(hospital, days)
  /** Booked in a week, in a published slot unless said otherwise. */
  const booked = async (isPublished = true) => {
    if (isPublished) await aSlot(hospital, clinicCode, day(7))
    return anAppointment(hospital, { patientId, clinicCode })
  }
  const told = async (kind: string) => {
    await hospital.subgraph.settle()
    return hospital.told.filter((it) => it.kind === kind && it.subscriber === 'messages').length
  }
  const own = (id: string) => ownAppointment(hospital, patientId, id)
  const timesRescheduled = async (id: string) =>
    (await hospital.sql<{ times: number }>('select times_rescheduled as times from appointment where id = ?', id))[0]
      ?.times
  /** Cancelled by the patient, and no longer to be undone. */
  const cancelledForGood = async (id: string) => {
    await cancel(hospital, patientId, id)
    hospital.clock.pass(31 * 60)
    await hospital.subgraph.settle()
  }

  it.each([
    ['a published slot', true],
    ['a slot of its own', false],
  ])('takes the patient back to the old time, in %s, and does not count the try', async (_, isPublished) => {
    const { id } = await booked(isPublished)
    const moved = await reschedule(hospital, patientId, id, day(8))
    await accept(hospital, patientId, id)
    const { status, refusal } = await sendNotice(hospital, id, 'AE', 'Clinic closed')
    expect({ status, refusal }).toEqual({ status: 'REFUSED', refusal: 'Clinic closed' })
    expect(await own(id)).toMatchObject({
      startsAt: day(7),
      acceptedAt: null,
      hospitalConfirmation: 'REFUSED',
      lastMove: { by: 'HOSPITAL', from: day(8) },
      version: moved.version + 2,
    })
    expect(await timesRescheduled(id)).toBe(0)
    expect(await told('hospital-notice.refused')).toBe(1)
    const seats = 'select s.starts_at from appointment a join slot s on s.id = a.slot_id where a.id = ? and a.seat = 1'
    expect(await hospital.sql(seats, id)).toHaveLength(1)
    // The time that was refused is free for others.
    const other = await anAppointment(hospital, { patientId: randomUUID(), clinicCode, startsAt: day(8) })
    expect(other.startsAt).toBe(day(8))
  })

  it('leaves the new time when the old one has been given away, and puts it on the desk', async () => {
    const { id } = await booked()
    await reschedule(hospital, patientId, id, day(8))
    await anAppointment(hospital, { patientId: randomUUID(), clinicCode, startsAt: day(7) })
    await sendNotice(hospital, id, 'AE')
    expect(await own(id)).toMatchObject({ startsAt: day(8), hospitalConfirmation: 'REFUSED' })
    expect(await timesRescheduled(id)).toBe(0)
    expect((await deskOf(hospital, someStaff(clinicCode))).refused).toHaveLength(1)
  })

  it('leaves the new time when the old one is over', async () => {
    const { id } = await booked()
    await reschedule(hospital, patientId, id, day(8))
    const newTime = day(8)
    hospital.clock.pass(7.5 * 24 * 3600)
    await sendNotice(hospital, id, 'AE')
    expect(await own(id)).toMatchObject({ startsAt: newTime, hospitalConfirmation: 'REFUSED' })
  })

  it('restores nothing while something later is on its way, and goes back to where the hospital has it after that', async () => {
    const { id } = await booked()
    await reschedule(hospital, patientId, id, day(8))
    await reschedule(hospital, patientId, id, day(9))
    expect((await sendNotice(hospital, id, 'AE')).status).toBe('OVERTAKEN')
    expect(await own(id)).toMatchObject({ startsAt: day(9), hospitalConfirmation: 'BEING_CONFIRMED' })
    expect(await told('hospital-notice.refused')).toBe(0)
    await sendNotice(hospital, id, 'AE')
    expect(await own(id)).toMatchObject({ startsAt: day(7), hospitalConfirmation: 'REFUSED' })
    expect(await told('hospital-notice.refused')).toBe(1)
  })

  it('books again what the hospital would not cancel, in its seat', async () => {
    const { id } = await booked()
    await cancelledForGood(id)
    await sendNotice(hospital, id, 'AE')
    expect(await own(id)).toMatchObject({ status: 'BOOKED', cancellation: null, hospitalConfirmation: 'REFUSED' })
    const [row] = await hospital.sql<{ seat: number }>('select seat from appointment where id = ?', id)
    expect(row?.seat).toBe(1)
    expect(await told('hospital-notice.refused')).toBe(1)
  })

  it('books it again over the capacity when its seat is gone, with a conflict for staff', async () => {
    const { id } = await booked()
    await cancelledForGood(id)
    await anAppointment(hospital, { patientId: randomUUID(), clinicCode, startsAt: '2026-11-30T10:00:00.000Z' })
    await sendNotice(hospital, id, 'AE')
    expect((await own(id)).status).toBe('BOOKED')
    const { conflicts } = await deskOf(hospital, someStaff(clinicCode))
    expect(conflicts).toMatchObject([{ reason: 'SLOT_CONFLICT', appointment: { id } }])
    expect(conflicts[0]?.explanation).toContain('Monday 30 November 2026 at 10am')
  })

  it('keeps a request open that the hospital did not take, and tells only the desk', async () => {
    const asking = await aClinic(hospital, { mode: 'REQUEST' })
    const { id } = await anAppointment(hospital, { patientId, clinicCode: asking })
    await askForChange(hospital, patientId, id)
    await sendNotice(hospital, id, 'AE')
    expect(await own(id)).toMatchObject({ hospitalConfirmation: 'CONFIRMED', version: 1 })
    expect(
      await hospital.sql('select id from change_request where appointment_id = ? and status = ?', id, 'OPEN'),
    ).toHaveLength(1)
    expect(await told('hospital-notice.refused')).toBe(0)
    expect((await deskOf(hospital, someStaff(asking))).refused).toMatchObject([{ kind: 'CHANGE_REQUESTED' }])
  })

  it('shows what was refused to the staff of the clinic alone, who send it again, once', async () => {
    const { id } = await booked()
    await reschedule(hospital, patientId, id, day(8))
    const { id: noticeId, controlId } = await sendNotice(hospital, id, 'AE')
    const staff = someStaff(clinicCode)
    expect((await deskOf(hospital, someStaff('ANOTHER'))).refused).toEqual([])
    expect((await retryNotice(hospital, someStaff('ANOTHER'), noticeId)).__typename).toBe('HospitalNoticeNotFound')
    const again = await retryNotice(hospital, staff, noticeId)
    expect(again).toMatchObject({ __typename: 'HospitalNoticeQueued', notice: { status: 'WAITING', startsAt: day(8) } })
    expect(again.notice.controlId).not.toBe(controlId)
    expect(await own(id)).toMatchObject({ startsAt: day(8), hospitalConfirmation: 'BEING_CONFIRMED' })
    expect((await retryNotice(hospital, staff, noticeId)).__typename).toBe('HospitalNoticeOvertaken')
    await sendNotice(hospital, id, 'AA')
    expect(await own(id)).toMatchObject({ startsAt: day(8), hospitalConfirmation: 'CONFIRMED' })
    expect(await timesRescheduled(id)).toBe(1)
  })

  it('cancels once more what the hospital would not cancel', async () => {
    const { id } = await booked()
    await cancelledForGood(id)
    const { id: noticeId } = await sendNotice(hospital, id, 'AE')
    await retryNotice(hospital, someStaff(clinicCode), noticeId)
    expect(await own(id)).toMatchObject({ status: 'CANCELLED', hospitalConfirmation: 'BEING_CONFIRMED' })
    expect((await sendNotice(hospital, id, 'AA')).kind).toBe('CANCELLED')
  })

  it.each([
    [
      'the time is taken',
      (id: string) => anAppointment(hospital, { patientId: `ben-${id}`, clinicCode, startsAt: day(8) }),
      'no longer free',
    ],
    [
      'the hospital has moved it since',
      (_: string, hospitalId: string) => recordAppointment(hospital, { hospitalId, patientId, startsAt: day(9) }),
      'has changed since',
    ],
  ])('says what to do when %s', async (_, happens, words) => {
    const { id, hospitalId } = await booked()
    await reschedule(hospital, patientId, id, day(8))
    const { id: noticeId } = await sendNotice(hospital, id, 'AE')
    hospital.clock.pass(1)
    hospital.clock.set('2026-11-23T10:00:00Z')
    await happens(id, hospitalId)
    const outcome = await retryNotice(hospital, someStaff(clinicCode), noticeId)
    expect(outcome).toMatchObject({ __typename: 'HospitalNoticeOvertaken', message: expect.stringContaining(words) })
  })

  it('is taken off the desk with a note, and stays as it was noted first', async () => {
    const { id } = await booked()
    await reschedule(hospital, patientId, id, day(8))
    const { id: noticeId } = await sendNotice(hospital, id, 'AE')
    const staff = someStaff(clinicCode)
    expect((await settleNotice(hospital, someStaff('ANOTHER'), noticeId, 'Phoned')).__typename).toBe(
      'HospitalNoticeNotFound',
    )
    expect(await settleNotice(hospital, staff, noticeId, 'Phoned')).toMatchObject({ notice: { status: 'SETTLED' } })
    await settleNotice(hospital, staff, noticeId, 'Twice')
    expect((await deskOf(hospital, staff)).refused).toEqual([])
    const settled = 'select settlement, settled_by_name as name from hospital_notice where id = ?'
    expect(await hospital.sql(settled, noticeId)).toEqual([{ settlement: 'Phoned', name: 'Rowan Ellis' }])
    await expect(settleNotice(hospital, staff, noticeId, ' ')).rejects.toThrow('note: use 1 to 500 characters.')
  })

  it('is no longer the last word when the hospital speaks again', async () => {
    const { id, hospitalId } = await booked()
    await reschedule(hospital, patientId, id, day(8))
    await sendNotice(hospital, id, 'AE')
    await recordAppointment(hospital, { hospitalId, patientId, startsAt: day(7) })
    expect(await own(id)).toMatchObject({ startsAt: day(7), hospitalConfirmation: 'CONFIRMED' })
  })

  it('stands when the hospital speaks of something else than the time', async () => {
    const { id, hospitalId } = await booked()
    await reschedule(hospital, patientId, id, day(8))
    await sendNotice(hospital, id, 'AE')
    await recordAppointment(hospital, { hospitalId, patientId, arrangements: [{ kind: 'TRANSPORT' }] })
    expect(await own(id)).toMatchObject({ startsAt: day(7), hospitalConfirmation: 'REFUSED' })
  })

  it.each([
    ['cancels', (facts: object) => recordCancellation(hospital, { ...facts })],
    ['says who came', (facts: object) => recordAttendance(hospital, { ...facts, attendance: 'COMPLETED' })],
  ])('is over when the hospital %s', async (_, says) => {
    const { id, hospitalId } = await booked()
    await reschedule(hospital, patientId, id, day(8))
    await sendNotice(hospital, id, 'AE')
    await says({ hospitalId, patientId })
    expect((await own(id)).hospitalConfirmation).toBe('CONFIRMED')
  })
})
