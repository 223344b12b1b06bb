import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { alone, anonymous, engines, partner, patient, system } from '../../test/alone.ts'
import { type Behind, behind } from '../../test/behind.ts'
import { inDays, recordCancellation } from '../../test/bookings.ts'
import { asking, type Booked, cancel, shown, somebodyBooked, undo } from '../../test/changes.ts'
import { appointments } from './main.ts'

describe.each(engines)('cancelling an appointment, on %s', (engine) => {
  let hospital: Behind
  beforeAll(async () => {
    hospital = await behind(appointments, { engine })
  })
  beforeEach(() => {
    hospital.clock.set('2026-11-23T10:00:00Z')
  })
  afterAll(() => hospital.stop())

  const eventsOf = async ({ id }: Booked) =>
    (await hospital.sql<{ kind: string; ids: unknown }>('select kind, ids from outbox_event order by at, kind'))
      .map(({ kind, ids }) => ({
        kind,
        ids: (typeof ids === 'string' ? JSON.parse(ids) : ids) as Record<string, string>,
      }))
      .filter(({ kind, ids }) => ids.appointmentId === id && kind !== 'appointment.booked')
  const kept = async ({ id }: Booked) =>
    (await hospital.sql('select slot_id, seat from appointment where id = ?', id))[0]
  const noticesOf = ({ id }: Booked) => hospital.sql('select id from hospital_notice where appointment_id = ?', id)

  it('is done at once, keeps its seat while it can be undone, and tells the hospital nothing yet', async () => {
    const booked = await somebodyBooked(hospital)
    const before = await kept(booked)
    const { __typename, appointment } = await cancel(hospital, booked, { detail: 'Thank you' })
    expect(__typename).toBe('AppointmentCancelled')
    expect(appointment).toMatchObject({
      status: 'CANCELLED',
      startsAt: booked.appointment.startsAt,
      version: 2,
      hospitalConfirmation: 'CONFIRMED',
      cancellation: {
        at: '2026-11-23T10:00:00.000Z',
        by: 'PATIENT',
        reason: 'I feel better: Thank you',
        undoUntil: '2026-11-23T10:30:00.000Z',
        discharges: true,
      },
    })
    expect(await kept(booked)).toEqual(before)
    expect(await noticesOf(booked)).toEqual([])
    expect(await eventsOf(booked)).toEqual([
      {
        kind: 'appointment.cancelled',
        ids: { appointmentId: booked.id, patientId: booked.patientId, version: '2', by: 'PATIENT' },
      },
    ])
  })

  it('can be undone only until it starts, when that is sooner', async () => {
    const booked = await somebodyBooked(hospital, { appointment: { startsAt: inDays(hospital, 0, 20) } })
    const { appointment } = await cancel(hospital, booked)
    expect(appointment.cancellation?.undoUntil).toBe('2026-11-23T10:20:00.000Z')
  })

  it('is late and done all the same, an hour before', async () => {
    const booked = await somebodyBooked(hospital, { appointment: { startsAt: inDays(hospital, 0, 60) } })
    const query = `query ($id: ID!) { appointment(id: $id) { canCancel { ... on CancelOpen { notice { late lastDay } } } } }`
    const { data } = await hospital.ask(booked.viewer, query, { id: booked.id })
    expect(data?.appointment).toEqual({ canCancel: { notice: { late: true, lastDay: '2026-11-18' } } })
    expect((await cancel(hospital, booked)).__typename).toBe('AppointmentCancelled')
  })

  it('happens once for the same key, and from a second tab not again', async () => {
    const booked = await somebodyBooked(hospital)
    const idempotencyKey = randomUUID()
    const [one, two] = await Promise.all([1, 2].map(() => cancel(hospital, booked, { idempotencyKey })))
    expect(one).toEqual(two)
    expect(await eventsOf(booked)).toHaveLength(1)
    expect(await cancel(hospital, booked)).toMatchObject({
      __typename: 'AppointmentHasChanged',
      appointment: { status: 'CANCELLED', version: 2 },
    })
    expect(await cancel(hospital, booked, { version: 2 })).toMatchObject({
      __typename: 'CannotCancel',
      reason: 'ALREADY_CANCELLED',
    })
    const input = { idempotencyKey, appointmentId: booked.id, version: 1, reason: 'UNWELL' }
    const { errors } = await asking(hospital, booked.viewer, 'cancelAppointment', input)
    expect(errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT')
  })

  it('is final when the hospital cancels it too: nothing is left to undo', async () => {
    const booked = await somebodyBooked(hospital)
    await cancel(hospital, booked)
    hospital.clock.pass(60)
    await recordCancellation(hospital, { hospitalId: booked.appointment.hospitalId, patientId: booked.patientId })
    expect((await shown(hospital, booked))?.cancellation?.undoUntil).toBeNull()
    expect((await undo(hospital, booked)).__typename).toBe('CannotUndo')
  })

  it('never finds an appointment that is not there, or somebody else’s, and answers both alike', async () => {
    const booked = await somebodyBooked(hospital)
    const stranger = await cancel(hospital, { ...booked, viewer: patient('stranger') })
    expect(stranger.__typename).toBe('AppointmentNotFound')
    expect(await cancel(hospital, { ...booked, id: randomUUID() })).toEqual(stranger)
    expect((await shown(hospital, booked))?.status).toBe('BOOKED')
  })

  it('is done under a former id of the patient', async () => {
    const former = await somebodyBooked(hospital)
    const merged = { ...former, viewer: patient('survivor', { patientIds: ['survivor', former.patientId] }) }
    expect((await cancel(hospital, merged)).__typename).toBe('AppointmentCancelled')
    expect((await undo(hospital, merged)).__typename).toBe('CancellationUndone')
  })

  it('refuses more words than staff can read', async () => {
    const booked = await somebodyBooked(hospital)
    const input = { appointmentId: booked.id, version: 1, reason: 'OTHER', detail: 'x'.repeat(501) }
    const { errors } = await asking(hospital, booked.viewer, 'cancelAppointment', input)
    expect(errors?.[0]?.message).toBe('detail: use 500 characters or fewer.')
  })

  it.each([
    ['nobody', anonymous(), 'UNAUTHENTICATED'],
    ['partners', partner(['appointments']), 'FORBIDDEN'],
    ['systems', system, 'FORBIDDEN'],
  ])('is not for %s', async (_, viewer, code) => {
    const booked = await somebodyBooked(hospital)
    for (const [field, input] of [
      ['cancelAppointment', { appointmentId: booked.id, version: 1, reason: 'UNWELL' }],
      ['undoCancellation', { appointmentId: booked.id }],
    ] as const) {
      const { errors } = await asking(hospital, viewer, field, input)
      expect(errors?.[0]?.extensions.code).toBe(code)
    }
  })
})

it('does not discharge anybody at a hospital whose rules do not say so', async () => {
  const hospital = await alone(appointments, { profile: 'southampton' })
  const booked = await somebodyBooked(hospital)
  const query = `query ($id: ID!) { appointment(id: $id) { canCancel { ... on CancelOpen { discharges undoMinutes } } } }`
  const { data } = await hospital.ask(booked.viewer, query, { id: booked.id })
  expect(data?.appointment).toEqual({ canCancel: { discharges: false, undoMinutes: 30 } })
  expect((await cancel(hospital, booked)).appointment.cancellation?.discharges).toBe(false)
  await hospital.stop()
})
