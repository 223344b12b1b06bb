import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { engines } from '../../../test/alone.ts'
import { type Behind, behind } from '../../../test/behind.ts'
import { aClinic, anAppointment, aSlot, inDays } from '../../../test/bookings.ts'
import { askForChange, ownAppointment, reschedule } from '../../../test/patient-acts.ts'
import { answerNotice, claimNotice, dueNotices, sendNotice } from '../../../test/write-back.ts'
import { appointments } from '../main.ts'

describe.each(engines)("telling the hospital's system, on %s", (engine) => {
  let hospital: Behind
  let patientId: string
  beforeAll(async () => {
    hospital = await behind(appointments, { engine })
  })
  beforeEach(() => {
    hospital.clock.set('2026-11-23T10:00:00Z')
    patientId = randomUUID()
  })
  afterAll(() => hospital.stop())

  /** An appointment in a week that its patient has moved, once for each of the days given. */
  async function moved(...days: number[]) {
    const clinicCode = await aClinic(hospital)
    const slots = []
    for (const day of [7, ...days]) slots.push(await aSlot(hospital, clinicCode, inDays(hospital, day)))
    const { id, hospitalId } = await anAppointment(hospital, { patientId, clinicCode })
    for (const day of days) await reschedule(hospital, patientId, id, inDays(hospital, day))
    return { id, hospitalId, slots }
  }
  const dueOf = async (id: string) => (await dueNotices(hospital, 50)).filter((it) => it.appointment.id === id)
  const confirmation = async (id: string) => (await ownAppointment(hospital, patientId, id)).hospitalConfirmation

  it('tells the time it has now, the time before, and the slot by its own id', async () => {
    const { id, hospitalId, slots } = await moved(8)
    expect(await confirmation(id)).toBe('BEING_CONFIRMED')
    const [notice] = await dueOf(id)
    expect(notice).toMatchObject({
      kind: 'RESCHEDULED',
      hospitalId,
      startsAt: inDays(hospital, 8),
      previousStartsAt: inDays(hospital, 7),
      slotHospitalId: slots[1],
      attempts: 0,
    })
    expect(notice?.controlId.length).toBeLessThanOrEqual(20)
  })

  it('sends what happened to one appointment in its order, each after the one before was answered', async () => {
    const { id } = await moved(8, 9)
    const [first, ...others] = await dueOf(id)
    expect([first?.startsAt, others]).toEqual([inDays(hospital, 8), []])
    const rows = await hospital.sql<{ id: string }>(
      'select id from hospital_notice where appointment_id = ? order by sequence',
      id,
    )
    expect((await claimNotice(hospital, rows[1]?.id ?? '')).__typename).toBe('HospitalNoticeNotDue')
    await sendNotice(hospital, id, 'AA')
    expect((await dueOf(id)).map((it) => it.startsAt)).toEqual([inDays(hospital, 9)])
    expect(await confirmation(id)).toBe('BEING_CONFIRMED')
    await sendNotice(hospital, id, 'AA')
    expect([await dueOf(id), await confirmation(id)]).toEqual([[], 'CONFIRMED'])
  })

  it('lists the oldest first, and no more than asked for', async () => {
    const older = await moved(8)
    hospital.clock.pass(1)
    patientId = randomUUID()
    const newer = await moved(8)
    const all = await dueNotices(hospital, 50)
    const ids = all.map((it) => it.appointment.id)
    expect(ids.at(-1)).toBe(newer.id)
    expect(ids).toContain(older.id)
    expect(await dueNotices(hospital, 1)).toEqual(all.slice(0, 1))
    await expect(dueNotices(hospital, 51)).rejects.toThrow('first: ask for 1 to 50 at a time.')
  })

  it('gives a notice to one of two who would send it, for 60 seconds', async () => {
    const { id } = await moved(8)
    const [notice] = await dueOf(id)
    const claims = await Promise.all([1, 2].map(() => claimNotice(hospital, notice?.id ?? '')))
    expect(claims.map((it) => it.__typename).sort()).toEqual(['HospitalNoticeClaimed', 'HospitalNoticeNotDue'])
    hospital.clock.pass(59)
    expect(await dueOf(id)).toEqual([])
    hospital.clock.pass(1)
    expect(await dueOf(id)).toMatchObject([{ id: notice?.id, controlId: notice?.controlId, attempts: 1 }])
    expect((await claimNotice(hospital, notice?.id ?? '')).notice.attempts).toBe(2)
  })

  it('tries again later and later, hourly at last, and never gives up', async () => {
    const { id } = await moved(8)
    const waits = []
    for (let tries = 1; tries <= 8; tries++) {
      await sendNotice(hospital, id, 'AR')
      let seconds = 0
      for (const step of [5, 25, 90, 480, 1200, 1800]) {
        hospital.clock.pass(step - 1)
        const early = await dueOf(id)
        expect(early).toEqual([])
        hospital.clock.pass(1)
        seconds += step
        if ((await dueOf(id)).length) break
      }
      waits.push(seconds)
    }
    expect(waits).toEqual([5, 30, 120, 600, 1800, 3600, 3600, 3600])
    expect(await confirmation(id)).toBe('BEING_CONFIRMED')
  })

  it('changes nothing for a second answer, a late one, or one to what was never sent', async () => {
    const { id } = await moved(8)
    const startsAt = inDays(hospital, 8)
    const [notice] = await dueOf(id)
    const noticeId = notice?.id ?? ''
    expect((await answerNotice(hospital, noticeId, 'AE')).__typename).toBe('HospitalNoticeNotDue')
    await claimNotice(hospital, noticeId)
    await answerNotice(hospital, noticeId, 'AR')
    expect((await answerNotice(hospital, noticeId, 'AR')).__typename).toBe('HospitalNoticeNotDue')
    hospital.clock.pass(5)
    await sendNotice(hospital, id, 'AA')
    for (const late of ['AE', 'AR', 'AA'] as const)
      expect((await answerNotice(hospital, noticeId, late)).__typename).toBe('HospitalNoticeNotDue')
    expect(await ownAppointment(hospital, patientId, id)).toMatchObject({
      startsAt,
      hospitalConfirmation: 'CONFIRMED',
    })
  })

  it('takes the answer of a try whose lease was over, as long as nobody else was answered', async () => {
    const { id } = await moved(8)
    const [notice] = await dueOf(id)
    await claimNotice(hospital, notice?.id ?? '')
    hospital.clock.pass(61)
    expect((await answerNotice(hospital, notice?.id ?? '', 'AA')).notice.status).toBe('ACKNOWLEDGED')
    expect(await confirmation(id)).toBe('CONFIRMED')
  })

  it('tells of a request, and leaves the appointment confirmed', async () => {
    const clinicCode = await aClinic(hospital, { mode: 'REQUEST' })
    const { id } = await anAppointment(hospital, { patientId, clinicCode })
    await askForChange(hospital, patientId, id)
    const [notice] = await dueOf(id)
    expect(notice).toMatchObject({ kind: 'CHANGE_REQUESTED', requestReference: expect.stringMatching(/^\w{8}$/) })
    expect(await confirmation(id)).toBe('CONFIRMED')
    await sendNotice(hospital, id, 'AA')
    expect(await confirmation(id)).toBe('CONFIRMED')
  })

  it('refuses an answer to a notice that there is not', async () => {
    await expect(answerNotice(hospital, 'x', 'AA')).rejects.toThrow('noticeId: no notice has this id')
    expect((await claimNotice(hospital, 'x')).__typename).toBe('HospitalNoticeNotDue')
  })
})
