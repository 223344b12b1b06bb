import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { engines } from '../../test/alone.ts'
import { type Behind, behind } from '../../test/behind.ts'
import { aClinic, anAppointment, aSlot, inDays, recordAppointment } from '../../test/bookings.ts'
import { deskOf, someStaff } from '../../test/desk.ts'
import { recordArrangements } from '../../test/hospital-words.ts'
import { askForChange, cancel, reschedule } from '../../test/patient-acts.ts'
import { appointments } from './main.ts'

const polish = { kind: 'INTERPRETER', detail: 'Polish' }
const transport = { kind: 'TRANSPORT', detail: null }

describe.each(engines)('what the hospital arranges, on %s', (engine) => {
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
  const arrange = (hospitalId: string, arrangements: object[], facts: object = {}) =>
    recordArrangements(hospital, { hospitalId, patientId, arrangements, ...facts })

  it('replaces what was arranged before, and says nothing again when it is the same', async () => {
    const { hospitalId } = await booked()
    const first = await arrange(hospitalId, [polish, transport])
    expect(first).toMatchObject({ flags: [], appointment: { arrangements: [polish, transport], version: 2 } })
    expect((await arrange(hospitalId, [polish, transport])).appointment.version).toBe(2)
    expect((await arrange(hospitalId, [])).appointment).toMatchObject({ arrangements: [], version: 3 })
  })

  it('goes by when it was said, apart from what was said of the booking itself', async () => {
    const { hospitalId } = await booked({ eventAt: '2026-11-23T09:00:00Z' })
    await arrange(hospitalId, [transport], { eventAt: '2026-11-23T08:30:00Z' })
    const older = await arrange(hospitalId, [polish], { eventAt: '2026-11-23T08:00:00Z' })
    expect(older).toMatchObject({ flags: ['OLDER_THAN_RECORD'], appointment: { arrangements: [transport] } })
    // A booking said before, and heard of later, takes its own time and leaves what was arranged since.
    await arrange(hospitalId, [polish], { eventAt: '2026-11-23T09:45:00Z' })
    const moved = { hospitalId, patientId, startsAt: inDays(hospital, 9), eventAt: '2026-11-23T09:30:00Z' }
    const late = await recordAppointment(hospital, { ...moved, arrangements: [transport] })
    expect(late.appointment).toMatchObject({ startsAt: inDays(hospital, 9), arrangements: [polish] })
  })

  it.each([
    [
      'has moved it',
      async (id: string) => reschedule(hospital, patientId, id, inDays(hospital, 8)),
      'was changed here',
    ],
    ['has cancelled it', async (id: string) => cancel(hospital, patientId, id), 'was cancelled here'],
  ])('flags it for staff when the patient %s and the hospital does not know', async (_, act, words) => {
    const { id, hospitalId } = await booked()
    await act(id)
    expect((await arrange(hospitalId, [transport])).flags).toEqual(['CONFLICTS_WITH_PATIENT'])
    const { conflicts } = await deskOf(hospital, someStaff(clinicCode))
    expect(conflicts).toHaveLength(1)
    expect(conflicts[0]?.explanation).toContain(words)
    expect(conflicts[0]?.explanation).toContain('arranged transport or an interpreter')
  })

  it('flags it when the patient asks for another time, and not when nothing is arranged any more', async () => {
    const asking = await aClinic(hospital, { mode: 'REQUEST' })
    const { id, hospitalId } = await booked({ clinicCode: asking })
    await askForChange(hospital, patientId, id)
    expect((await arrange(hospitalId, [])).flags).toEqual([])
    expect((await arrange(hospitalId, [polish])).flags).toEqual(['CONFLICTS_WITH_PATIENT'])
    expect((await deskOf(hospital, someStaff(asking))).conflicts[0]?.explanation).toContain(
      'The patient asks to change',
    )
  })

  it('finds no appointment for an unknown id, and none of another patient', async () => {
    const { hospitalId } = await booked()
    expect((await arrange('NOPE', [])).__typename).toBe('AppointmentNotFound')
    expect((await arrange(hospitalId, [polish], { patientId: 'ben' })).__typename).toBe('PatientDiffers')
    const merged = await arrange(hospitalId, [polish], { patientId: 'survivor', formerPatientIds: [patientId] })
    expect(merged.appointment.arrangements).toEqual([polish])
    await expect(arrange('', [])).rejects.toThrow('hospitalId: use 1 to 100 characters.')
  })
})
