import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { engines, patient, system } from '../../../test/alone.ts'
import { type Behind, behind } from '../../../test/behind.ts'
import { aClinic, anAppointment, aSlot, inDays, recordAppointment, recordCancellation } from '../../../test/bookings.ts'
import { deskOf, settleConflict, someStaff } from '../../../test/desk.ts'
import { reschedule } from '../../../test/patient-acts.ts'
import { appointments } from '../main.ts'

describe.each(engines)('conflicts on the desk, on %s', (engine) => {
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
  })
  afterAll(() => hospital.stop())

  const booked = (facts: object = {}) => anAppointment(hospital, { patientId: randomUUID(), clinicCode, ...facts })
  /** Two in a slot for one: the second is over the capacity. */
  async function overCapacity() {
    await aSlot(hospital, clinicCode, inDays(hospital, 7))
    return [await booked(), await booked({ patientId })] as const
  }
  const openOf = async (code = clinicCode) => {
    await hospital.subgraph.settle()
    return (await deskOf(hospital, someStaff(code))).conflicts
  }

  it('stand there since the hospital booked over the capacity, with the day and time in London', async () => {
    const [, second] = await overCapacity()
    expect(await openOf()).toMatchObject([
      {
        reason: 'SLOT_CONFLICT',
        foundAt: '2026-11-23T10:00:00.000Z',
        appointment: { id: second.id },
        explanation: expect.stringContaining('Monday 30 November 2026 at 10am') as string,
      },
    ])
  })

  it('are not made of a visit that by mistake never ends, but for that visit itself', async () => {
    const clinician = `Dr ${patientId}`
    const startsAt = inDays(hospital, 7)
    const short = { clinicCode, clinician, startsAt: inDays(hospital, 8) }
    expect((await recordAppointment(hospital, { ...short, patientId: 'ben' })).flags).toEqual(['SLOT_CREATED'])
    const endless = { patientId, clinicCode, clinician, startsAt, endsAt: inDays(hospital, 70) }
    expect((await recordAppointment(hospital, endless)).flags).toEqual(['SLOT_CREATED', 'OVERLAPS_ANOTHER'])
    const later = { ...short, startsAt: inDays(hospital, 20) }
    expect((await recordAppointment(hospital, { ...later, patientId: 'cara' })).flags).toEqual(['SLOT_CREATED'])
    expect(await openOf()).toMatchObject([{ reason: 'OVERLAPS_ANOTHER' }])
  })

  it('stand there once, however often the hospital says the same', async () => {
    const [, { hospitalId }] = await overCapacity()
    for (const medium of ['PHONE', 'VIDEO']) await recordAppointment(hospital, { hospitalId, patientId, medium })
    expect(await openOf()).toHaveLength(1)
  })

  it.each([
    [
      'the hospital moves it',
      async (_: string, second: string) =>
        recordAppointment(hospital, { hospitalId: second, patientId, startsAt: inDays(hospital, 9) }),
    ],
    [
      'the hospital cancels it',
      async (_: string, second: string) => recordCancellation(hospital, { hospitalId: second, patientId }),
    ],
    [
      'the seat is left',
      async (first: string) => {
        const [row] = await hospital.sql<{ patient_id: string }>(
          'select patient_id from appointment where hospital_id = ?',
          first,
        )
        return recordCancellation(hospital, { hospitalId: first, patientId: row?.patient_id })
      },
    ],
  ])('go by themselves when %s', async (_, happens) => {
    const [first, second] = await overCapacity()
    expect(await openOf()).toHaveLength(1)
    await happens(first.hospitalId, second.hospitalId)
    expect(await openOf()).toEqual([])
    expect(
      await hospital.sql(
        'select settlement, settled_by_name as name from appointment_conflict where clinic_code = ?',
        clinicCode,
      ),
    ).toEqual([{ settlement: 'It no longer conflicts.', name: null }])
  })

  it('go by themselves when the patient moves the other of two that overlap', async () => {
    const one = await booked({ patientId })
    await aSlot(hospital, clinicCode, inDays(hospital, 9))
    const elsewhere = await aClinic(hospital)
    await booked({ patientId, clinicCode: elsewhere })
    expect(await openOf(elsewhere)).toMatchObject([{ reason: 'OVERLAPS_ANOTHER' }])
    await reschedule(hospital, patientId, one.id, inDays(hospital, 9))
    expect(await openOf(elsewhere)).toEqual([])
  })

  it('are shown to the staff of the clinic, and to nobody else', async () => {
    await overCapacity()
    const [conflict] = await openOf()
    expect((await deskOf(hospital, someStaff('ANOTHER'))).conflicts).toEqual([])
    expect(await settleConflict(hospital, someStaff('ANOTHER'), conflict?.id ?? '', 'Mine')).toBe('ConflictNotFound')
    const everyone = { ...someStaff(), scopes: ['clinics:*'] }
    expect((await deskOf(hospital, everyone)).conflicts.map((it) => it.id)).toContain(conflict?.id)
    for (const viewer of [patient(patientId), system]) {
      const { errors } = await hospital.ask(viewer, '{ conflicts { totalCount } }')
      expect(errors?.[0]?.extensions.code).toBe('FORBIDDEN')
      const entities =
        'query ($it: [_Any!]!) { _entities(representations: $it) { ... on AppointmentConflict { explanation } } }'
      const it = [{ __typename: 'AppointmentConflict', id: conflict?.id }]
      expect((await hospital.ask(viewer, entities, { it })).data?._entities).toEqual([null])
    }
  })

  it('are taken off the desk with a note of what was done, once', async () => {
    await overCapacity()
    const [conflict] = await openOf()
    const staff = someStaff(clinicCode)
    expect(await settleConflict(hospital, staff, conflict?.id ?? '', ' Both may come. ')).toBe('ConflictSettled')
    expect(await settleConflict(hospital, staff, conflict?.id ?? '', 'Another note')).toBe('ConflictSettled')
    expect(await openOf()).toEqual([])
    const settled = 'select settlement, settled_by_name as name from appointment_conflict where id = ?'
    expect(await hospital.sql(settled, conflict?.id)).toEqual([{ settlement: 'Both may come.', name: 'Rowan Ellis' }])
    expect(await settleConflict(hospital, staff, 'x', 'Done')).toBe('ConflictNotFound')
    await expect(settleConflict(hospital, staff, conflict?.id ?? '', '')).rejects.toThrow(
      'note: use 1 to 500 characters.',
    )
    await expect(settleConflict(hospital, staff, conflict?.id ?? '', 'x'.repeat(501))).rejects.toThrow('500 characters')
  })

  it('come a page at a time, the oldest first', async () => {
    const startsAt = inDays(hospital, 7)
    await aSlot(hospital, clinicCode, startsAt)
    for (let n = 0; n < 4; n++) {
      await booked({ startsAt })
      hospital.clock.pass(60)
    }
    const staff = someStaff(clinicCode)
    const page = async (after: string | null) => {
      const query = `query ($after: String) { conflicts(first: 2, after: $after) { totalCount nodes { foundAt } pageInfo { hasNextPage endCursor } } }`
      const { data, errors } = await hospital.ask(staff, query, { after })
      if (errors) throw new Error(errors[0]?.message)
      return data?.conflicts as unknown as {
        totalCount: number
        nodes: { foundAt: string }[]
        pageInfo: { hasNextPage: boolean; endCursor: string }
      }
    }
    const first = await page(null)
    const second = await page(first.pageInfo.endCursor)
    expect([first.totalCount, first.pageInfo.hasNextPage, second.pageInfo.hasNextPage]).toEqual([3, true, false])
    const times = [...first.nodes, ...second.nodes].map((it) => it.foundAt)
    expect(times).toEqual([...times].sort())
    expect(new Set(times).size).toBe(3)
    await expect(page('x')).rejects.toThrow('after: use the endCursor')
  })

  it('notes what staff and systems did in the audit of the patient', async () => {
    await overCapacity()
    const [conflict] = await openOf()
    await settleConflict(hospital, someStaff(clinicCode), conflict?.id ?? '', 'Done')
    const who = await hospital.sql<{ actor: string }>(
      'select actor_id as actor from audit_entry where patient_id = ? order by sequence',
      patientId,
    )
    expect(who.map((it) => it.actor)).toEqual(['system:test', 'staff:rowan', 'staff:rowan'])
  })
})
