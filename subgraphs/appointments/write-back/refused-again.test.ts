import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { engines } from '../../../test/alone.ts'
import { type Behind, behind } from '../../../test/behind.ts'
import { aClinic, anAppointment, aSlot, inDays, recordAppointment, recordCancellation } from '../../../test/bookings.ts'
import { deskOf, retryNotice, someStaff } from '../../../test/desk.ts'
import { cancel, ownAppointment, reschedule } from '../../../test/patient-acts.ts'
import { sendNotice } from '../../../test/write-back.ts'
import { appointments } from '../main.ts'

describe.each(engines)('one change after another that the hospital refuses, on %s', (engine) => {
  let hospital: Behind
  let patientId: string
  let clinicCode: string
  let id: string
  let hospitalId: string
  beforeAll(async () => {
    hospital = await behind(appointments, { engine })
  })
  beforeEach(async () => {
    hospital.clock.set('2026-11-23T10:00:00Z')
    patientId = randomUUID()
    clinicCode = await aClinic(hospital)
    for (const days of [7, 8, 9]) await aSlot(hospital, clinicCode, day(days))
    ;({ id, hospitalId } = await anAppointment(hospital, { patientId, clinicCode, startsAt: day(7) }))
  })
  afterAll(() => hospital.stop())

  const day = (days: number) => inDays(hospital, days)
  const own = () => ownAppointment(hospital, patientId, id)
  const timesRescheduled = async () =>
    (await hospital.sql<{ times: number }>('select times_rescheduled as times from appointment where id = ?', id))[0]
      ?.times
  /** Moved to the eighth day and refused, while the hospital gave the seventh to somebody else: it stays there. Answers how they leave. */
  const stuckOnTheEighth = async () => {
    await reschedule(hospital, patientId, id, day(8))
    const other = { patientId: randomUUID(), startsAt: day(7) }
    const { hospitalId: theirs } = await anAppointment(hospital, { ...other, clinicCode })
    await sendNotice(hospital, id, 'AE')
    expect(await own()).toMatchObject({ startsAt: day(8), hospitalConfirmation: 'REFUSED' })
    return () => recordCancellation(hospital, { hospitalId: theirs, patientId: other.patientId })
  }
  const cancelledForGood = async () => {
    await cancel(hospital, patientId, id)
    hospital.clock.pass(31 * 60)
    await hospital.subgraph.settle()
  }
  /** The days are counted from then. */
  const atTenAgain = () => hospital.clock.set('2026-11-23T10:00:00Z')

  it('never goes back to a time that the hospital refused too', async () => {
    await stuckOnTheEighth()
    await reschedule(hospital, patientId, id, day(9))
    expect((await sendNotice(hospital, id, 'AE')).previousStartsAt).toBe(day(7))
    expect(await own()).toMatchObject({ startsAt: day(9), hospitalConfirmation: 'REFUSED' })
    expect((await deskOf(hospital, someStaff(clinicCode))).refused).toHaveLength(2)
  })

  it("goes back to the hospital's own time when that is free again", async () => {
    const leaveTheSeventh = await stuckOnTheEighth()
    await leaveTheSeventh()
    await reschedule(hospital, patientId, id, day(9))
    await sendNotice(hospital, id, 'AE')
    expect(await own()).toMatchObject({ startsAt: day(7), hospitalConfirmation: 'REFUSED' })
  })

  it('goes back there too from a cancellation that was refused', async () => {
    const leaveTheSeventh = await stuckOnTheEighth()
    await cancelledForGood()
    await leaveTheSeventh()
    await sendNotice(hospital, id, 'AE')
    atTenAgain()
    expect(await own()).toMatchObject({ status: 'BOOKED', startsAt: day(7) })
  })

  it('goes back to the time that was refused when the hospital has said it since', async () => {
    await stuckOnTheEighth()
    await recordAppointment(hospital, { hospitalId, patientId, startsAt: day(8) })
    await reschedule(hospital, patientId, id, day(9))
    await sendNotice(hospital, id, 'AE')
    expect(await own()).toMatchObject({ startsAt: day(8), hospitalConfirmation: 'REFUSED' })
  })

  it('starts anew from the time that was restored', async () => {
    await reschedule(hospital, patientId, id, day(8))
    await sendNotice(hospital, id, 'AE')
    await reschedule(hospital, patientId, id, day(9))
    expect((await sendNotice(hospital, id, 'AE')).previousStartsAt).toBe(day(7))
    expect(await own()).toMatchObject({ startsAt: day(7) })
  })

  it('counts no try that was refused, also not the one before that was overtaken', async () => {
    await reschedule(hospital, patientId, id, day(8))
    await reschedule(hospital, patientId, id, day(9))
    expect(await timesRescheduled()).toBe(2)
    await sendNotice(hospital, id, 'AE')
    expect(await timesRescheduled()).toBe(1)
    await sendNotice(hospital, id, 'AE')
    expect([await timesRescheduled(), (await own()).startsAt]).toEqual([0, day(7)])
  })

  it('counts the second alone when the hospital takes that', async () => {
    await reschedule(hospital, patientId, id, day(8))
    await reschedule(hospital, patientId, id, day(9))
    await sendNotice(hospital, id, 'AE')
    await sendNotice(hospital, id, 'AA')
    expect([await timesRescheduled(), (await own()).startsAt]).toEqual([1, day(9)])
  })

  it('does not count a move that was refused before it was cancelled', async () => {
    await reschedule(hospital, patientId, id, day(8))
    await cancelledForGood()
    await sendNotice(hospital, id, 'AE')
    await sendNotice(hospital, id, 'AE')
    atTenAgain()
    expect(await own()).toMatchObject({ status: 'BOOKED', startsAt: day(7) })
    expect(await timesRescheduled()).toBe(0)
  })

  it('counts again what staff try again where it stayed, and not when that is refused too', async () => {
    await stuckOnTheEighth()
    expect(await timesRescheduled()).toBe(0)
    const [refused] = (await deskOf(hospital, someStaff(clinicCode))).refused
    await retryNotice(hospital, someStaff(clinicCode), refused?.id ?? '')
    expect(await timesRescheduled()).toBe(1)
    await sendNotice(hospital, id, 'AE')
    expect(await timesRescheduled()).toBe(0)
  })
})
