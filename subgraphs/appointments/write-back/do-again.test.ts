import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { engines, patient } from '../../../test/alone.ts'
import { type Behind, behind } from '../../../test/behind.ts'
import { aClinic, anAppointment, aSlot, inDays } from '../../../test/bookings.ts'
import { aClaimedRequest, act } from '../../../test/change-requests.ts'
import { deskOf, retryNotice, someStaff } from '../../../test/desk.ts'
import { ownAppointment, reschedule } from '../../../test/patient-acts.ts'
import { sendNotice } from '../../../test/write-back.ts'
import { appointments } from '../main.ts'

describe.each(engines)('what staff try again after the hospital refused it, on %s', (engine) => {
  let hospital: Behind
  let patientId: string
  let clinicCode: string
  beforeAll(async () => {
    hospital = await behind(appointments, { engine })
  })
  beforeEach(async () => {
    hospital.clock.set('2026-11-23T10:00:00Z')
    patientId = randomUUID()
    await hospital.subgraph.settle()
    hospital.told.length = 0
  })
  afterAll(() => hospital.stop())

  const day = (days: number) => inDays(hospital, days)
  const own = (id: string) => ownAppointment(hospital, patientId, id)
  const booked = async (mode: string, ...free: number[]) => {
    clinicCode = await aClinic(hospital, { mode })
    for (const days of [7, ...free]) await aSlot(hospital, clinicCode, day(days))
    return anAppointment(hospital, { patientId, clinicCode })
  }
  /** Staff agreed to what the patient asked for, and the hospital refuses it. */
  const agreedAndRefused = async (facts: { kind?: string; toDay?: number }) => {
    const booking = await booked('REQUEST', ...(facts.toDay === undefined ? [] : [facts.toDay]))
    const { kind = 'CHANGE', toDay } = facts
    const request = await aClaimedRequest(hospital, booking, someStaff(clinicCode), { as: patient(patientId), kind })
    const slotId = toDay === undefined ? undefined : await slotAt(day(toDay))
    await act(hospital, someStaff(clinicCode), 'agreeToChangeRequest', { requestId: request.id, slotId })
    await sendNotice(hospital, booking.id, 'AA')
    await sendNotice(hospital, booking.id, 'AE')
    return { booking, request }
  }
  const slotAt = async (startsAt: string) =>
    (
      await hospital.sql<{ id: string; starts_at: string | number }>(
        'select id, starts_at from slot where clinic_code = ? and hospital_id is not null',
        clinicCode,
      )
    ).find((slot) => new Date(slot.starts_at).toISOString() === startsAt)?.id
  const tryAgain = async () => {
    const [refused] = (await deskOf(hospital, someStaff(clinicCode))).refused
    return retryNotice(hospital, someStaff(clinicCode), refused?.id ?? '')
  }
  const toldOf = async (kind: string, id: string) => {
    await hospital.subgraph.settle()
    return hospital.told
      .filter((it) => it.kind === kind && it.subscriber === 'messages' && it.ids.appointmentId === id)
      .map((it) => it.ids.by)
  }

  it('moves as staff what they had agreed to: it does not count, and is theirs', async () => {
    const { booking, request } = await agreedAndRefused({ toDay: 20 })
    expect((await tryAgain()).__typename).toBe('HospitalNoticeQueued')
    expect(await own(booking.id)).toMatchObject({ startsAt: day(20), lastMove: { by: 'HOSPITAL', from: day(7) } })
    const [row] = await hospital.sql<{ times: number }>(
      'select times_rescheduled as times from appointment where id = ?',
      booking.id,
    )
    expect(row?.times).toBe(0)
    expect(await toldOf('appointment.rescheduled', booking.id)).toEqual(['STAFF', 'STAFF'])
    expect((await sendNotice(hospital, booking.id, 'AA')).requestReference).toBe(request.reference)
  })

  it('moves it to a time that only staff may choose', async () => {
    const { booking } = await agreedAndRefused({ toDay: 120 })
    expect((await tryAgain()).__typename).toBe('HospitalNoticeQueued')
    expect((await own(booking.id)).startsAt).toBe(day(120))
  })

  it('cancels as staff what they had agreed to', async () => {
    const { booking } = await agreedAndRefused({ kind: 'CANCELLATION' })
    expect((await tryAgain()).__typename).toBe('HospitalNoticeQueued')
    expect((await own(booking.id)).status).toBe('CANCELLED')
    expect(await toldOf('appointment.cancelled', booking.id)).toEqual(['STAFF', 'STAFF'])
  })

  it("moves as the patient what was the patient's: it counts", async () => {
    const { id } = await booked('DIRECT', 8)
    await reschedule(hospital, patientId, id, day(8))
    await sendNotice(hospital, id, 'AE')
    await tryAgain()
    expect(await own(id)).toMatchObject({ startsAt: day(8), lastMove: { by: 'PATIENT' } })
    expect(await toldOf('appointment.rescheduled', id)).toEqual(['PATIENT', 'PATIENT'])
  })

  it('says that the time cannot be offered when it is free, but the patient is elsewhere then', async () => {
    const { id } = await booked('DIRECT', 8)
    await reschedule(hospital, patientId, id, day(8))
    await sendNotice(hospital, id, 'AE')
    await anAppointment(hospital, { patientId, startsAt: day(8) })
    expect(await tryAgain()).toMatchObject({
      __typename: 'HospitalNoticeOvertaken',
      message: expect.stringMatching(/^The time that was chosen can no longer be offered: .*Phone the patient/),
    })
    expect((await own(id)).startsAt).toBe(day(7))
  })
})
