import { describe, expect, it } from 'vitest'
import { aWorld, type WorldSettings } from '../../test/messages/messages-world.ts'
import { MessageState } from './outgoing-message.entity.ts'

const event = 'appointment.cancelled'
const byPatient = (undoUntil: string | null = null) => ({
  status: 'CANCELLED' as const,
  cancellation: { by: 'PATIENT' as const, undoUntil },
})
const byHospital = { status: 'CANCELLED' as const, cancellation: { by: 'HOSPITAL' as const, undoUntil: null } }
const ids = (appointmentId: string, by = 'PATIENT', version = '2') => ({ appointmentId, patientId: 'a', by, version })

async function cancelledByPatient(undoUntil: string | null, settings: WorldSettings = {}, patient = {}) {
  const world = await aWorld({ at: '2026-06-01T14:15:00Z', ...settings })
  const appointmentId = world.aBooking(byPatient(undoUntil), patient)
  await world.tell(event, ids(appointmentId))
  return { world, appointmentId }
}

describe.each(['sqlite', 'postgresql'] as const)('a cancellation by the patient on %s', (engine) => {
  it('is confirmed with the time until which it can be undone', async () => {
    const { world, appointmentId } = await cancelledByPatient('2026-06-01T14:45:00Z', { engine })
    await world.tell(event, ids(appointmentId))
    expect(world.arrived.map(({ body }) => body)).toEqual([
      expect.stringMatching(
        /^Amal, Patient Portal: your appointment is cancelled\. You can undo this until 3:45pm at http:\S+ Ref \S{8}$/,
      ),
    ])
  })
})

describe('a cancellation by the patient', () => {
  it('is confirmed at night', async () => {
    const { world } = await cancelledByPatient('2026-06-01T23:30:00Z', { at: '2026-06-01T23:00:00Z' })
    expect(world.arrived[0]?.body).toContain('undo this until 12:30am')
  })

  it.each([
    ['nothing can be undone', null],
    ['the time is over', '2026-06-01T14:15:00Z'],
  ])('offers no undoing when %s', async (_, undoUntil) => {
    const { world } = await cancelledByPatient(undoUntil)
    expect(world.arrived[0]?.body).toContain(': your appointment is cancelled. See it at http')
  })

  it('is confirmed by e-mail with the same time', async () => {
    const { world } = await cancelledByPatient('2026-06-01T14:45:00Z', {}, { mobile: null })
    expect(world.arrived[0]).toMatchObject({ subject: 'Your hospital appointment is cancelled: Patient Portal' })
    expect(world.arrived[0]?.body).toContain('is cancelled, as you asked. You can undo this until 3:45pm.')
  })

  it('is not confirmed when it was undone before the text could leave', async () => {
    const world = await aWorld()
    const appointmentId = world.aBooking(byPatient('2026-06-01T10:30:00Z'))
    world.door.mishaps.push({ status: 429, retryAfter: '60' })
    await world.tell(event, ids(appointmentId))
    world.nowIs(appointmentId, { status: 'BOOKED', cancellation: null })
    await world.later(75)
    expect(await world.queue()).toMatchObject([{ state: MessageState.SUPERSEDED }])
    expect(world.arrived).toEqual([])
  })

  it('is not told when staff cancelled because they agreed to a request', async () => {
    const world = await aWorld()
    await world.tell(event, ids(world.aBooking(byPatient()), 'STAFF'))
    expect(await world.queue()).toEqual([])
  })
})

describe('a cancellation by the hospital', () => {
  it('is told, without why: that may be clinical, and stands behind the link', async () => {
    const world = await aWorld()
    await world.tell(event, ids(world.aBooking(byHospital), 'HOSPITAL'))
    expect(world.arrived[0]?.body).toMatch(
      /^Amal, Patient Portal: the hospital has cancelled your appointment\. See why at http:\S+ Ref \S{8}$/,
    )
  })

  it.each([
    ['today', '2026-06-01T21:00:00Z', '2026-06-01T22:30:00Z', true],
    ['early tomorrow', '2026-06-01T21:00:00Z', '2026-06-02T07:30:00Z', true],
    ['late tomorrow', '2026-06-01T21:00:00Z', '2026-06-02T22:59:00Z', true],
    ['the day after tomorrow', '2026-06-01T21:00:00Z', '2026-06-02T23:00:00Z', false],
    ['tomorrow by the clocks of London alone', '2026-06-01T23:30:00Z', '2026-06-03T08:00:00Z', true],
    ['the day after the clocks go back', '2026-10-24T21:00:00Z', '2026-10-25T23:59:00Z', true],
  ])('of %s is told at night, or waits for the morning', async (_, at, startsAt, atOnce) => {
    const world = await aWorld({ at })
    await world.tell(event, ids(world.aBooking({ ...byHospital, startsAt }), 'HOSPITAL'))
    expect(world.arrived).toHaveLength(atOnce ? 1 : 0)
  })

  it('is not told in the morning when the appointment was booked again in the night', async () => {
    const world = await aWorld({ at: '2026-06-01T21:00:00Z' })
    const appointmentId = world.aBooking(byHospital)
    await world.tell(event, ids(appointmentId, 'HOSPITAL'))
    world.nowIs(appointmentId, { status: 'BOOKED', cancellation: null })
    world.clock.set('2026-06-02T07:00:00Z')
    await world.main.settle()
    expect(world.arrived).toEqual([])
  })

  it('is told to nobody when the appointment is over, or the patient gets no messages', async () => {
    const world = await aWorld()
    await world.tell(event, ids(world.aBooking({ ...byHospital, startsAt: '2026-06-01T10:00:00Z' }), 'HOSPITAL'))
    await world.tell(event, ids(world.aBooking(byHospital, { messageable: false }), 'HOSPITAL'))
    expect(await world.queue()).toEqual([])
  })
})
