import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { engines, patient } from '../../../test/alone.ts'
import { type Behind, behind } from '../../../test/behind.ts'
import { aClinic, anIdentifier, recordAppointment } from '../../../test/bookings.ts'
import { recordAdmission } from '../../../test/hospital-words.ts'
import { appointments } from '../main.ts'

const day = (date: number, hour = 9) =>
  `2026-12-${String(date).padStart(2, '0')}T${String(hour).padStart(2, '0')}:00:00.000Z`

describe.each(engines)('stays in hospital, on %s', (engine) => {
  let hospital: Behind
  let patientId: string
  let hospitalId: string
  beforeAll(async () => {
    hospital = await behind(appointments, { engine })
  })
  beforeEach(async () => {
    hospital.clock.set('2026-11-23T10:00:00Z')
    patientId = randomUUID()
    hospitalId = anIdentifier('VISIT')
    await hospital.subgraph.settle()
    hospital.told.length = 0
  })
  afterAll(() => hospital.stop())

  const step = (name: string, facts: Record<string, unknown> = {}) =>
    recordAdmission(hospital, { hospitalId, patientId, step: name, ...facts })
  const plan = (facts: Record<string, unknown> = {}) =>
    step('PLANNED', {
      expectedAt: day(1),
      expectedUntil: day(4, 15),
      eventAt: day(1, 1).replace('-12-01', '-11-20'),
      ...facts,
    })
  const told = async () => {
    await hospital.subgraph.settle()
    return hospital.told
      .splice(0)
      .filter((it) => it.subscriber === 'messages')
      .map((it) => it.kind)
  }
  const listed = async (period: string) => {
    const query = `query ($it: [_Any!]!, $period: AppointmentPeriod!) {
      _entities(representations: $it) { ... on Patient { appointments(period: $period) { totalCount nodes { status } } } }
    }`
    const { data } = await hospital.ask(patient(patientId), query, {
      it: [{ __typename: 'Patient', id: patientId }],
      period,
    })
    const [of] = data?._entities as unknown as { appointments: { totalCount: number; nodes: { status: string }[] } }[]
    expect(of?.appointments.nodes).toHaveLength(of?.appointments.totalCount ?? -1)
    return of?.appointments.nodes.map((it) => it.status)
  }

  it('go from planned to admitted to discharged', async () => {
    const planned = await plan({ clinician: 'Mr Tom Reed' })
    expect(planned).toMatchObject({
      created: true,
      flags: [],
      appointment: { status: 'BOOKED', kind: 'ADMISSION', startsAt: day(1), endsAt: day(4, 15), admittedAt: null },
    })
    expect(await told()).toEqual(['appointment.booked'])
    const admitted = await step('ADMITTED', { eventAt: day(1, 10), at: day(1, 8), expectedUntil: day(5) })
    expect(admitted.appointment).toMatchObject({
      status: 'ADMITTED',
      admittedAt: day(1, 8),
      endsAt: day(5),
      version: 2,
    })
    const discharged = await step('DISCHARGED', { eventAt: day(6, 12), at: day(6, 11) })
    expect(discharged.appointment).toMatchObject({
      status: 'COMPLETED',
      startsAt: day(1),
      endsAt: day(6, 11),
      admittedAt: day(1, 8),
      dischargedAt: day(6, 11),
      clinician: 'Mr Tom Reed',
      version: 3,
    })
    expect(await told()).toEqual([])
  })

  it('stay among those to come until the patient leaves, also when they were to go home before', async () => {
    await plan()
    await step('ADMITTED', { eventAt: day(1, 10) })
    hospital.clock.set(day(20))
    expect([await listed('UPCOMING'), await listed('PAST')]).toEqual([['ADMITTED'], []])
    await step('DISCHARGED', { eventAt: day(20, 8) })
    expect([await listed('UPCOMING'), await listed('PAST')]).toEqual([[], ['COMPLETED']])
  })

  it('go back when a step was a mistake', async () => {
    await plan()
    await step('ADMITTED', { eventAt: day(1, 10) })
    const mistaken = await step('ADMISSION_CANCELLED', { eventAt: day(1, 11) })
    expect(mistaken.appointment).toMatchObject({
      status: 'BOOKED',
      admittedAt: null,
      startsAt: day(1),
      endsAt: day(4, 15),
    })
    await step('ADMITTED', { eventAt: day(1, 12) })
    await step('DISCHARGED', { eventAt: day(2, 12) })
    const back = await step('DISCHARGE_CANCELLED', { eventAt: day(2, 13) })
    expect(back.appointment).toMatchObject({ status: 'ADMITTED', admittedAt: day(1, 12), dischargedAt: null })
  })

  it('are moved, cancelled and planned again, and the patient hears of each', async () => {
    await plan()
    await told()
    await plan({ expectedAt: day(2), expectedUntil: null, eventAt: '2026-11-21T01:00:00Z' })
    expect(await told()).toEqual(['appointment.moved'])
    const cancelled = await step('PLAN_CANCELLED', { eventAt: '2026-11-22T01:00:00Z', reason: 'No bed.' })
    expect(cancelled.appointment).toMatchObject({
      status: 'CANCELLED',
      cancellation: { by: 'HOSPITAL', reason: 'No bed.' },
    })
    expect(await told()).toEqual(['appointment.cancelled'])
    const again = await plan({ eventAt: '2026-11-23T01:00:00Z' })
    expect(again.appointment).toMatchObject({ status: 'BOOKED', cancellation: null })
    expect(await told()).toEqual(['appointment.booked'])
  })

  it.each([
    [
      'ADMITTED',
      { at: day(1, 8) },
      { status: 'ADMITTED', startsAt: day(1, 8), endsAt: day(2, 8), admittedAt: day(1, 8) },
    ],
    ['DISCHARGED', { at: day(1, 8) }, { status: 'COMPLETED', dischargedAt: day(1, 8), admittedAt: null }],
    ['PLANNED', { expectedAt: day(3) }, { status: 'BOOKED', startsAt: day(3), endsAt: day(4) }],
  ])('begin with %s when nobody knew of them, under the general "Hospital stay"', async (name, facts, stay) => {
    const word = await step(name, { ...facts, eventAt: day(1, 10), clinicCodes: ['WARD-9'] })
    expect(word).toMatchObject({ created: true, appointment: stay })
    const { appointmentsTeam } = hospital.trust
    expect(word.appointment.clinic).toEqual({ code: 'HOSPITAL-STAY', contact: { team: appointmentsTeam.team } })
    expect(await told()).toEqual(name === 'PLANNED' ? ['appointment.booked'] : [])
  })

  it('begin once, and their general clinic too, when many come at once', async () => {
    const words = await Promise.all(
      Array.from({ length: 8 }, (_, n) =>
        step('ADMITTED', { hospitalId: `${hospitalId}-${n % 4}`, at: day(1, 8), eventAt: day(1, 10) }),
      ),
    )
    expect(words.filter((it) => it.created)).toHaveLength(4)
    expect(await hospital.sql("select code from clinic where code = 'HOSPITAL-STAY'")).toHaveLength(1)
  })

  it.each(['ADMISSION_CANCELLED', 'PLAN_CANCELLED', 'DISCHARGE_CANCELLED'])(
    'are not found when nobody knows what %s undoes',
    async (name) => {
      expect((await step(name)).__typename).toBe('AppointmentNotFound')
    },
  )

  it('belong to the first clinic of those named that is known', async () => {
    const ward = await aClinic(hospital, { mode: 'VIEW_ONLY', name: 'Ward 7' })
    const word = await plan({ clinicCodes: ['NOPE', ward] })
    expect(word.appointment.clinic.code).toBe(ward)
    const silent = await step('ADMITTED', { eventAt: day(1, 10), clinicCodes: ['NOPE'] })
    expect(silent.appointment.clinic.code).toBe(ward)
  })

  it('are kept out when any clinic named is', async () => {
    const [open, excluded] = [await aClinic(hospital), await aClinic(hospital, { excluded: true })]
    expect((await plan({ clinicCodes: [open, excluded] })).__typename).toBe('AppointmentKeptOut')
    expect(await hospital.sql('select id from appointment where patient_id = ?', patientId)).toEqual([])
    await plan({ clinicCodes: [open] })
    await step('ADMITTED', { clinicCodes: [excluded], eventAt: day(1, 10) })
    expect(await listed('UPCOMING')).toEqual([])
  })

  it.each([
    ['expectedAt', { expectedAt: null, expectedUntil: null }, 'expectedAt: say when the patient is to come.'],
    ['expectedUntil', { expectedUntil: day(1) }, 'expectedUntil: must be later than the patient comes.'],
  ])('say what is missing or wrong: %s', async (field, facts, message) => {
    expect(await plan(facts)).toEqual({ __typename: 'AppointmentIncomplete', field, message })
  })

  it('go by when things happened, in whatever order they are heard of', async () => {
    const steps: [string, Record<string, unknown>][] = [
      ['PLANNED', { expectedAt: day(1), expectedUntil: day(4), eventAt: '2026-11-20T01:00:00Z' }],
      ['ADMITTED', { eventAt: day(1, 10), at: day(1, 8) }],
      ['DISCHARGED', { eventAt: day(3, 12), at: day(3, 11) }],
    ]
    const orders = [
      [0, 2, 1],
      [2, 1, 0],
      [1, 2, 0],
      [2, 0, 1],
      [1, 0, 2],
    ]
    for (const order of orders) {
      hospitalId = anIdentifier('VISIT')
      const words = []
      for (const index of order) {
        const [name, facts] = steps[index] ?? ['', {}]
        words.push(await step(name, facts))
      }
      const last = (await step('ADMITTED', { eventAt: '2026-11-19T00:00:00Z' })).appointment
      expect(last).toMatchObject({
        status: 'COMPLETED',
        admittedAt: day(1, 8),
        dischargedAt: day(3, 11),
        endsAt: day(3, 11),
      })
      expect(words.some((it) => it.flags.includes('OLDER_THAN_RECORD'))).toBe(true)
    }
  })

  it('change nothing when the same is said again', async () => {
    await plan()
    await step('ADMITTED', { eventAt: day(1, 10), at: day(1, 8) })
    const again = await step('ADMITTED', { eventAt: day(1, 11), at: day(1, 8) })
    expect([again.appointment.version, again.flags]).toEqual([2, []])
    const planned = await plan({ eventAt: day(1, 12) })
    expect(planned.appointment).toMatchObject({ status: 'ADMITTED', admittedAt: day(1, 8) })
  })

  it.each(['PLANNED', 'ADMITTED', 'ADMISSION_CANCELLED', 'DISCHARGED'])(
    'are no clinic appointment of the same number, whosever it is: %s',
    async (name) => {
      for (const owner of [patientId, randomUUID()]) {
        hospitalId = anIdentifier('VISIT')
        await recordAppointment(hospital, {
          hospitalId,
          patientId: owner,
          clinicCode: await aClinic(hospital),
          startsAt: day(1),
          eventAt: day(1, 1).replace('-12-01', '-11-20'),
        })
        const refused = await step(name, { expectedAt: day(2), eventAt: day(1, 10) })
        expect(refused).toMatchObject({ __typename: 'AppointmentIncomplete', field: 'hospitalId' })
        expect(refused.message).toContain('a clinic appointment has this number')
        const [kept] = await hospital.sql<object>(
          'select kind, status from appointment where hospital_id = ?',
          hospitalId,
        )
        expect(kept).toEqual({ kind: 'OUTPATIENT', status: 'BOOKED' })
      }
    },
  )

  it('go on with a planned admission that was booked under their number', async () => {
    const booked = await recordAppointment(hospital, {
      hospitalId,
      patientId,
      clinicCode: await aClinic(hospital),
      startsAt: day(1),
      kind: 'ADMISSION',
      eventAt: day(1, 1).replace('-12-01', '-11-20'),
    })
    const admitted = await step('ADMITTED', { eventAt: day(1, 10) })
    expect(admitted.appointment).toMatchObject({ id: booked.appointment.id, status: 'ADMITTED' })
  })

  it('are never given to another patient, but are those of a record that was merged', async () => {
    await plan()
    expect((await plan({ patientId: 'ben' })).__typename).toBe('PatientDiffers')
    const merged = await step('ADMITTED', { patientId: 'survivor', formerPatientIds: [patientId], eventAt: day(1, 10) })
    expect(merged.appointment.status).toBe('ADMITTED')
  })
})
