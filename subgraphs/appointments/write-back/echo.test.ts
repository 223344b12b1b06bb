import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { engines } from '../../../test/alone.ts'
import { type Behind, behind } from '../../../test/behind.ts'
import { aClinic, anAppointment, aSlot, recordAppointment, recordCancellation } from '../../../test/bookings.ts'
import { cancel, ownAppointment, reschedule } from '../../../test/patient-acts.ts'
import { answerNotice, claimNotice, dueNotices } from '../../../test/write-back.ts'
import { appointments } from '../main.ts'

const [t0, t1, t2] = ['07', '08', '09'].map((day) => `2026-12-${day}T10:00:00.000Z`) as [string, string, string]
/** Of the day on which all this happens. */
const at = (time: string) => `2026-11-23T${time}Z`

describe.each(engines)('what the hospital says of itself that was done here, on %s', (engine) => {
  let hospital: Behind
  let patientId: string
  let clinicCode: string
  let id: string
  let hospitalId: string
  beforeAll(async () => {
    hospital = await behind(appointments, { engine })
  })
  beforeEach(async () => {
    hospital.clock.set(at('09:00:00.000'))
    patientId = randomUUID()
    clinicCode = await aClinic(hospital)
    for (const startsAt of [t0, t1, t2]) await aSlot(hospital, clinicCode, startsAt)
    ;({ id, hospitalId } = await anAppointment(hospital, { patientId, clinicCode, startsAt: t0 }))
  })
  afterAll(() => hospital.stop())

  const own = () => ownAppointment(hospital, patientId, id)
  const says = (startsAt: string, eventAt: string) =>
    recordAppointment(hospital, { hospitalId, patientId, startsAt, eventAt })
  const saysCancelled = (eventAt: string) => recordCancellation(hospital, { hospitalId, patientId, eventAt })
  const statuses = async () =>
    (
      await hospital.sql<{ status: string }>(
        'select status from hospital_notice where appointment_id = ? order by sequence',
        id,
      )
    ).map(({ status }) => status)
  const moved = async (to: string, when: string) => {
    hospital.clock.set(when)
    await reschedule(hospital, patientId, id, to)
  }
  const cancelledForGood = async () => {
    hospital.clock.set(at('10:00:00.000'))
    await cancel(hospital, patientId, id)
    hospital.clock.set(at('10:30:00.450'))
    await hospital.subgraph.settle()
  }
  /** The first notice is on its way while `happens`; then the hospital refuses it: there is nothing new in it. */
  const refusedAfter = async (happens: () => Promise<unknown>) => {
    const notice = (await dueNotices(hospital, 50)).find((it) => it.appointment.id === id)
    await claimNotice(hospital, notice?.id ?? '')
    await happens()
    return (await answerNotice(hospital, notice?.id ?? '', 'AE', 'Nothing new')).__typename
  }

  it.each([
    ['before it could no longer be undone here', '10:29:00.000', 'OVERTAKEN'],
    ['in the same second', '10:30:00.000', 'ACKNOWLEDGED'],
    ['after it', '10:31:00.000', 'ACKNOWLEDGED'],
  ])('leaves cancelled what both sides cancelled, the hospital %s', async (_, saidAt, status) => {
    await cancelledForGood()
    expect(await refusedAfter(() => saysCancelled(at(saidAt)))).toBe('HospitalNoticeNotDue')
    expect(await own()).toMatchObject({ status: 'CANCELLED', hospitalConfirmation: 'CONFIRMED' })
    expect(await statuses()).toEqual([status])
  })

  it('closes every notice of what both sides cancelled, a move before it too', async () => {
    await moved(t1, at('09:30:00.000'))
    await cancelledForGood()
    await saysCancelled(at('09:45:00.000'))
    expect(await statuses()).toEqual(['OVERTAKEN', 'OVERTAKEN'])
    expect((await own()).hospitalConfirmation).toBe('CONFIRMED')
  })

  it('still tells of a cancellation when the hospital had cancelled before it booked it again', async () => {
    await cancelledForGood()
    await says(t0, at('10:31:00.000'))
    expect((await saysCancelled(at('10:29:00.000'))).flags).toEqual(['OLDER_THAN_RECORD'])
    expect(await statuses()).toEqual(['WAITING'])
  })

  it.each([
    ['in the same second', '10:00:00.000'],
    ['by a clock that is behind', '09:59:58.000'],
  ])('is an echo of a move %s, and the move is not undone', async (_, saidAt) => {
    await moved(t1, at('10:00:00.450'))
    expect(await refusedAfter(() => says(t1, at(saidAt)))).toBe('HospitalNoticeNotDue')
    expect(await own()).toMatchObject({ startsAt: t1, hospitalConfirmation: 'CONFIRMED' })
    expect(await statuses()).toEqual(['ACKNOWLEDGED'])
  })

  it('is an echo of both moves when it says the time of the second', async () => {
    await moved(t1, at('10:00:00.450'))
    await moved(t2, at('10:00:00.900'))
    await says(t2, at('10:00:00.000'))
    expect(await statuses()).toEqual(['ACKNOWLEDGED', 'ACKNOWLEDGED'])
  })

  it('is no echo of a move there and back when it was said before: the hospital had it there', async () => {
    await moved(t1, at('10:00:00.450'))
    await moved(t0, at('10:00:01.450'))
    await says(t0, at('09:59:58.000'))
    expect(await statuses()).toEqual(['WAITING', 'WAITING'])
    await says(t0, at('10:00:02.000'))
    expect(await statuses()).toEqual(['ACKNOWLEDGED', 'ACKNOWLEDGED'])
  })
})
