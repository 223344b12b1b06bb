import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { alone, engines, patient } from '../../test/alone.ts'
import { type Behind, behind } from '../../test/behind.ts'
import { anAppointment, recordCancellation } from '../../test/bookings.ts'
import { type Booked, cancel, reschedule, shown, slotOn, somebodyBooked, undo } from '../../test/changes.ts'
import { appointments } from './main.ts'

describe.each(engines)('undoing a cancellation, on %s', (engine) => {
  let hospital: Behind
  beforeAll(async () => {
    hospital = await behind(appointments, { engine })
  })
  beforeEach(() => {
    hospital.clock.set('2026-11-23T10:00:00Z')
  })
  afterAll(() => hospital.stop())

  const noticesOf = ({ id }: Booked) => hospital.sql('select kind from hospital_notice where appointment_id = ?', id)
  const eventsOf = async (kind: string, { id }: Booked) =>
    (await hospital.sql<{ ids: unknown }>('select ids from outbox_event where kind = ?', kind)).filter(({ ids }) =>
      JSON.stringify(ids).includes(id),
    )
  const accept = ({ viewer, id }: Booked) => {
    const document = `mutation ($input: AcceptAppointmentInput!) { acceptAppointment(input: $input) { __typename } }`
    return hospital.ask(viewer, document, { input: { idempotencyKey: randomUUID(), appointmentId: id } })
  }

  it('leaves it as it was, accepted if it was, and the hospital never hears of it', async () => {
    const booked = await somebodyBooked(hospital)
    await accept(booked)
    const before = await shown(hospital, booked)
    await cancel(hospital, booked, { version: 2 })
    hospital.clock.pass(60)
    const { __typename, appointment } = await undo(hospital, booked)
    expect(__typename).toBe('CancellationUndone')
    expect(appointment).toEqual({ ...before, version: 4 })
    hospital.clock.pass(3600)
    await hospital.subgraph.settle()
    expect(await shown(hospital, booked)).toEqual(appointment)
    expect(await noticesOf(booked)).toEqual([])
    expect(await eventsOf('appointment.cancellation-undone', booked)).toHaveLength(1)
    expect(await eventsOf('appointment.released', booked)).toHaveLength(0)
  })

  it('is possible at the last millisecond, and at the end no longer', async () => {
    const [early, late] = [await somebodyBooked(hospital), await somebodyBooked(hospital)]
    await cancel(hospital, early)
    await cancel(hospital, late)
    hospital.clock.set('2026-11-23T10:29:59.999Z')
    expect((await shown(hospital, late))?.cancellation?.undoUntil).toBe('2026-11-23T10:30:00.000Z')
    expect((await undo(hospital, early)).__typename).toBe('CancellationUndone')
    hospital.clock.set('2026-11-23T10:30:00.000Z')
    expect((await shown(hospital, late))?.cancellation?.undoUntil).toBeNull()
    expect(await undo(hospital, late)).toMatchObject({
      __typename: 'CannotUndo',
      reason: 'UNDO_TIME_OVER',
      message:
        'You can no longer undo this: your time has been given up. If you still need to be seen, ask your GP for a new referral, or contact us (Dermatology bookings).',
      contact: { team: 'Dermatology bookings', phone: '+442079460120' },
    })
  })

  it('is done once for the same key, and is nothing to do a second time', async () => {
    const booked = await somebodyBooked(hospital)
    await cancel(hospital, booked)
    const idempotencyKey = randomUUID()
    const [one, two] = await Promise.all([1, 2].map(() => undo(hospital, booked, { idempotencyKey })))
    expect(one).toEqual(two)
    expect(await undo(hospital, booked)).toMatchObject({
      __typename: 'CannotUndo',
      reason: 'NOT_CANCELLED',
      message: expect.stringContaining('there is nothing to undo'),
    })
    expect((await shown(hospital, booked))?.version).toBe(3)
  })

  it('is done by one of two tabs, and the other hears that there is nothing left to undo', async () => {
    const booked = await somebodyBooked(hospital)
    await cancel(hospital, booked)
    const both = await Promise.all([undo(hospital, booked), undo(hospital, booked)])
    expect(both.map((it) => it.__typename).sort()).toEqual(['CancellationUndone', 'CannotUndo'])
  })

  it('is not possible when the hospital cancelled', async () => {
    const booked = await somebodyBooked(hospital)
    await recordCancellation(hospital, { hospitalId: booked.appointment.hospitalId, patientId: booked.patientId })
    expect(await undo(hospital, booked)).toMatchObject({ reason: 'CANCELLED_BY_HOSPITAL' })
  })

  it('can be followed by another cancellation, and by a change of time', async () => {
    const booked = await somebodyBooked(hospital)
    await cancel(hospital, booked)
    await undo(hospital, booked)
    await cancel(hospital, booked, { version: 3 })
    await undo(hospital, booked)
    const changed = await reschedule(hospital, booked, await slotOn(hospital, booked, 8), { version: 5 })
    expect(changed.appointment.version).toBe(6)
  })

  it('gives somebody booked over the capacity their turn, when a seat was left meanwhile', async () => {
    const first = await somebodyBooked(hospital)
    const { clinicCode, appointment } = first
    const over = await anAppointment(hospital, { patientId: 'ben', clinicCode, startsAt: appointment.startsAt })
    const ben = { ...first, viewer: patient('ben'), id: over.id }
    await cancel(hospital, ben)
    await reschedule(hospital, first, await slotOn(hospital, first, 8))
    expect((await undo(hospital, ben)).__typename).toBe('CancellationUndone')
    expect(await hospital.sql('select seat from appointment where id = ?', over.id)).toEqual([{ seat: 1 }])
  })

  it('never finds somebody else’s appointment', async () => {
    const booked = await somebodyBooked(hospital)
    await cancel(hospital, booked)
    const stranger = await undo(hospital, { ...booked, viewer: patient('stranger') })
    expect(stranger.__typename).toBe('AppointmentNotFound')
    expect(await undo(hospital, { ...booked, id: randomUUID() })).toEqual(stranger)
    expect((await shown(hospital, booked))?.status).toBe('CANCELLED')
  })
})

it('sends nobody to their GP at a hospital that discharges nobody', async () => {
  const hospital = await alone(appointments, { profile: 'southampton' })
  const booked = await somebodyBooked(hospital)
  await cancel(hospital, booked)
  hospital.clock.pass(30 * 60)
  expect((await undo(hospital, booked)).message).toBe(
    'You can no longer undo this: your time has been given up. If you still need to be seen, contact us (Dermatology bookings).',
  )
  await hospital.stop()
})
