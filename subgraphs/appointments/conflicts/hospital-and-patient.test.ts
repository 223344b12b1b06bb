import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { engines } from '../../../test/alone.ts'
import { type Behind, behind } from '../../../test/behind.ts'
import { aClinic, anAppointment, aSlot, recordAppointment, recordCancellation } from '../../../test/bookings.ts'
import { deskOf, someStaff } from '../../../test/desk.ts'
import { accept, askForChange, cancel, ownAppointment, reschedule } from '../../../test/patient-acts.ts'
import { sendNotice } from '../../../test/write-back.ts'
import { appointments } from '../main.ts'

const [t0, t1, t2, t9] = ['07', '08', '09', '15'].map((day) => `2026-12-${day}T10:00:00.000Z`) as [
  string,
  string,
  string,
  string,
]
/** Of the day on which all this happens: the patient acts at 10, and the hospital answers at 10:02. */
const at = (time: string) => `2026-11-23T${time}:00.000Z`

describe.each(engines)('what the hospital says while a patient acts, on %s', (engine) => {
  let hospital: Behind
  let patientId: string
  let clinicCode: string
  let id: string
  let hospitalId: string
  beforeAll(async () => {
    hospital = await behind(appointments, { engine })
  })
  beforeEach(async () => {
    hospital.clock.set(at('09:00'))
    patientId = randomUUID()
    clinicCode = await aClinic(hospital)
    for (const startsAt of [t0, t1, t2]) await aSlot(hospital, clinicCode, startsAt)
    ;({ id, hospitalId } = await anAppointment(hospital, { patientId, clinicCode, startsAt: t0 }))
    hospital.clock.set(at('10:00'))
  })
  afterAll(() => hospital.stop())

  const acts: Record<string, () => Promise<unknown>> = {
    moved: () => reschedule(hospital, patientId, id, t1),
    'moved twice': async () => {
      await reschedule(hospital, patientId, id, t1)
      await reschedule(hospital, patientId, id, t2)
    },
    'moved and acknowledged': async () => {
      await reschedule(hospital, patientId, id, t1)
      hospital.clock.set(at('10:02'))
      await sendNotice(hospital, id, 'AA')
    },
    'cancelled, can undo': () => cancel(hospital, patientId, id),
    'cancelled for good': async () => {
      await cancel(hospital, patientId, id)
      hospital.clock.set(at('10:30'))
      await hospital.subgraph.settle()
    },
    'cancelled and acknowledged': async () => {
      await cancel(hospital, patientId, id)
      hospital.clock.set(at('10:30'))
      await hospital.subgraph.settle()
      hospital.clock.set(at('10:32'))
      await sendNotice(hospital, id, 'AA')
    },
    accepted: () => accept(hospital, patientId, id),
  }
  const says = (word: string, eventAt: string) => {
    const facts = { hospitalId, patientId, eventAt }
    if (word === 'cancelled') return recordCancellation(hospital, facts)
    return recordAppointment(hospital, word === 'details' ? { ...facts, clinicCode } : { ...facts, startsAt: word })
  }
  const waiting = async () =>
    (await hospital.sql("select id from hospital_notice where appointment_id = ? and status = 'WAITING'", id)).length

  const [conflicts, tooLate] = [['CONFLICTS_WITH_PATIENT'], ['OLDER_THAN_RECORD', 'CONFLICTS_WITH_PATIENT']]
  it.each([
    // The patient, what the hospital says, said at, shown then, flags, confirmation, notices that still wait
    ['moved', t0, '09:30', `BOOKED ${t1}`, [], 'BEING_CONFIRMED', 1],
    ['moved', t0, '10:01', `BOOKED ${t1}`, [], 'BEING_CONFIRMED', 1],
    ['moved', 'details', '10:01', `BOOKED ${t1}`, [], 'BEING_CONFIRMED', 1],
    ['moved', t1, '10:01', `BOOKED ${t1}`, [], 'CONFIRMED', 0],
    ['moved', t9, '10:01', `BOOKED ${t9}`, conflicts, 'CONFIRMED', 0],
    ['moved', t9, '09:30', `BOOKED ${t9}`, conflicts, 'CONFIRMED', 0],
    ['moved', t9, '08:30', `BOOKED ${t1}`, ['OLDER_THAN_RECORD'], 'BEING_CONFIRMED', 1],
    ['moved', 'cancelled', '10:01', `CANCELLED ${t1}`, conflicts, 'CONFIRMED', 0],
    ['moved twice', t0, '10:01', `BOOKED ${t2}`, [], 'BEING_CONFIRMED', 2],
    ['moved twice', t1, '10:01', `BOOKED ${t2}`, [], 'BEING_CONFIRMED', 1],
    ['moved twice', t2, '10:01', `BOOKED ${t2}`, [], 'CONFIRMED', 0],
    ['moved twice', t9, '10:01', `BOOKED ${t9}`, conflicts, 'CONFIRMED', 0],
    ['moved and acknowledged', t1, '10:03', `BOOKED ${t1}`, [], 'CONFIRMED', 0],
    ['moved and acknowledged', t0, '10:01', `BOOKED ${t1}`, [], 'CONFIRMED', 0],
    ['moved and acknowledged', t0, '10:03', `BOOKED ${t0}`, [], 'CONFIRMED', 0],
    ['moved and acknowledged', t9, '09:30', `BOOKED ${t1}`, tooLate, 'CONFIRMED', 0],
    ['moved and acknowledged', t9, '10:01', `BOOKED ${t9}`, conflicts, 'CONFIRMED', 0],
    ['moved and acknowledged', t9, '10:03', `BOOKED ${t9}`, [], 'CONFIRMED', 0],
    ['moved and acknowledged', 'cancelled', '09:30', `BOOKED ${t1}`, tooLate, 'CONFIRMED', 0],
    ['moved and acknowledged', 'cancelled', '10:03', `CANCELLED ${t1}`, [], 'CONFIRMED', 0],
    ['cancelled, can undo', t0, '10:01', `CANCELLED ${t0} undo`, [], 'CONFIRMED', 0],
    ['cancelled, can undo', 'details', '10:01', `CANCELLED ${t0} undo`, [], 'CONFIRMED', 0],
    ['cancelled, can undo', t9, '10:01', `BOOKED ${t9}`, conflicts, 'CONFIRMED', 0],
    ['cancelled, can undo', 'cancelled', '10:01', `CANCELLED ${t0}`, [], 'CONFIRMED', 0],
    ['cancelled for good', t0, '10:31', `CANCELLED ${t0}`, [], 'BEING_CONFIRMED', 1],
    ['cancelled for good', t9, '10:31', `BOOKED ${t9}`, conflicts, 'CONFIRMED', 0],
    ['cancelled for good', 'cancelled', '10:31', `CANCELLED ${t0}`, [], 'CONFIRMED', 0],
    ['cancelled and acknowledged', t0, '10:31', `CANCELLED ${t0}`, [], 'CONFIRMED', 0],
    ['cancelled and acknowledged', t0, '10:33', `BOOKED ${t0}`, [], 'CONFIRMED', 0],
    ['cancelled and acknowledged', t9, '09:30', `CANCELLED ${t0}`, tooLate, 'CONFIRMED', 0],
    ['cancelled and acknowledged', 'cancelled', '10:33', `CANCELLED ${t0}`, [], 'CONFIRMED', 0],
    ['accepted', t0, '10:01', `BOOKED ${t0} accepted`, [], 'CONFIRMED', 0],
    ['accepted', t9, '10:01', `BOOKED ${t9}`, [], 'CONFIRMED', 0],
  ])('%s; the hospital says %s at %s: %s', async (act, word, time, shown, flags, confirmation, notices) => {
    await acts[act]?.()
    const before = await ownAppointment(hospital, patientId, id)
    const { __typename, flags: flagged } = await says(word, at(time))
    expect(__typename).toBe('AppointmentRecorded')
    const now = await ownAppointment(hospital, patientId, id)
    const undo = now.cancellation?.undoUntil ? ' undo' : ''
    expect(`${now.status} ${now.startsAt}${undo}${now.acceptedAt ? ' accepted' : ''}`).toBe(shown)
    expect(flagged.filter((flag) => flag !== 'SLOT_CREATED')).toEqual(flags)
    expect([now.hospitalConfirmation, await waiting()]).toEqual([confirmation, notices])
    const isUnchanged =
      now.status === before.status &&
      now.startsAt === before.startsAt &&
      !!now.cancellation?.undoUntil === !!before.cancellation?.undoUntil
    expect(now.version).toBe(before.version + (isUnchanged ? 0 : 1))
    const desk = await deskOf(hospital, someStaff(clinicCode))
    expect(desk.conflicts.map((it) => it.reason)).toEqual(flags.filter((flag) => flag === 'CONFLICTS_WITH_PATIENT'))
  })

  it("keeps an acceptance over the echo of the patient's own move, and clears it when the hospital moves", async () => {
    await reschedule(hospital, patientId, id, t1)
    await accept(hospital, patientId, id)
    await says(t1, at('10:01'))
    expect((await ownAppointment(hospital, patientId, id)).acceptedAt).not.toBeNull()
    await says(t9, at('10:05'))
    expect(await ownAppointment(hospital, patientId, id)).toMatchObject({
      acceptedAt: null,
      lastMove: { by: 'HOSPITAL', from: t1 },
    })
  })

  it('takes details that come with the schedule of before, and moves nothing', async () => {
    await acts.moved?.()
    const word = { hospitalId, patientId, startsAt: t0, endsAt: t0.replace('10:00', '11:00'), eventAt: at('10:01') }
    const taken = await recordAppointment(hospital, { ...word, medium: 'PHONE', clinician: 'Dr Other' })
    expect(taken.appointment).toMatchObject({ startsAt: t1, medium: 'PHONE', clinician: null })
  })

  it('calls another clinic a move, also at the time of before', async () => {
    await acts.moved?.()
    const elsewhere = await aClinic(hospital)
    const word = { hospitalId, patientId, startsAt: t0, clinicCode: elsewhere, eventAt: at('10:01') }
    expect((await recordAppointment(hospital, word)).flags).toContain('CONFLICTS_WITH_PATIENT')
    expect((await deskOf(hospital, someStaff(clinicCode))).conflicts).toEqual([])
    expect((await deskOf(hospital, someStaff(elsewhere))).conflicts).toHaveLength(1)
  })

  it.each([
    ['moves', t9],
    ['cancels', 'cancelled'],
  ])('closes what the patient asks for when it %s the appointment', async (_, word) => {
    const asking = await aClinic(hospital, { mode: 'REQUEST' })
    ;({ id, hospitalId } = await anAppointment(hospital, {
      patientId: randomUUID(),
      clinicCode: asking,
      startsAt: t2,
      eventAt: at('09:00'),
    }))
    const [row] = await hospital.sql<{ patient_id: string }>('select patient_id from appointment where id = ?', id)
    patientId = row?.patient_id ?? ''
    await askForChange(hospital, patientId, id)
    await says(t2, at('10:01'))
    const status = () => hospital.sql('select status from change_request where appointment_id = ?', id)
    expect(await status()).toEqual([{ status: 'OPEN' }])
    await says(word, at('10:02'))
    expect([await status(), await waiting()]).toEqual([[{ status: 'OVERTAKEN' }], 0])
  })

  it('tells staff in words what was done here, what the hospital said, and when', async () => {
    await acts.moved?.()
    await says(t9, at('10:01'))
    const [conflict] = (await deskOf(hospital, someStaff(clinicCode))).conflicts
    expect(conflict?.explanation).toBe(
      "The appointment was changed here at the patient's wish from Monday 7 December 2026 at 10am to Tuesday 8 December 2026 at 10am. " +
        "The hospital's system did not know that yet, and has it on Tuesday 15 December 2026 at 10am. The hospital's word stands. Phone the patient and agree on what is to be.",
    )
  })

  it.each([
    ['does what the patient did', t1],
    ['cancels the appointment', 'cancelled'],
  ])('leaves nothing to settle when the hospital then %s', async (_, word) => {
    await acts.moved?.()
    await says(t9, at('10:01'))
    await says(t2, at('10:02'))
    expect((await deskOf(hospital, someStaff(clinicCode))).conflicts).toHaveLength(1)
    await says(word, at('10:03'))
    expect((await deskOf(hospital, someStaff(clinicCode))).conflicts).toEqual([])
  })

  it("takes an appointment under an id of before a merge for the same patient's", async () => {
    const word = { hospitalId, patientId: 'survivor', startsAt: t9, eventAt: at('10:01') }
    expect((await recordAppointment(hospital, word)).__typename).toBe('PatientDiffers')
    const merged = { ...word, formerPatientIds: ['other', patientId] }
    expect((await recordAppointment(hospital, merged)).appointment.startsAt).toBe(t9)
    const { startsAt: _, ...end } = { ...merged, eventAt: at('10:02') }
    expect((await recordCancellation(hospital, end)).appointment.status).toBe('CANCELLED')
    expect((await ownAppointment(hospital, patientId, id)).status).toBe('CANCELLED')
  })
})
