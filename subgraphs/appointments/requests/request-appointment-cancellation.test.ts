import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { engines, patient } from '../../../test/alone.ts'
import { type Behind, behind } from '../../../test/behind.ts'
import { aClinic, anAppointment, recordCancellation } from '../../../test/bookings.ts'
import { aBookingToAskAbout, act, aRequest, asking, atTheDesk } from '../../../test/change-requests.ts'
import { appointments } from '../main.ts'

const amal = patient('amal')
const cancellation = 'requestAppointmentCancellation'

describe.each(engines)('asking to cancel, on %s', (engine) => {
  let hospital: Behind
  beforeAll(async () => {
    hospital = await behind(appointments, { engine })
  })
  beforeEach(() => hospital.clock.set('2026-11-23T10:00:00Z'))
  afterAll(() => hospital.stop())

  const ask = (appointmentId: string, version: number, facts: object = {}, as = amal) =>
    act(hospital, as, cancellation, { appointmentId, version, reason: 'FEELING_BETTER', ...facts })

  it('leaves the appointment booked, and tells the hospital that it is asked', async () => {
    const { id, version, startsAt } = await aBookingToAskAbout(hospital)
    const { request } = await ask(id, version, { detail: 'It healed' })
    expect(request).toMatchObject({
      kind: 'CANCELLATION',
      status: 'OPEN',
      reason: 'I feel better',
      detail: 'It healed',
      preferredDays: [],
      preferredTimes: [],
      unavailable: null,
      answerBy: '2026-11-25',
      appointment: { id, status: 'BOOKED', startsAt, version },
    })
    expect(
      await hospital.sql('select kind, reason, request_reference from hospital_notice where appointment_id = ?', id),
    ).toEqual([
      { kind: 'CANCELLATION_REQUESTED', reason: 'I feel better: It healed', request_reference: request.reference },
    ])
  })

  it('is one request with asking for another time: of both at once, one is open', async () => {
    const { id, version } = await aBookingToAskAbout(hospital)
    const change = { appointmentId: id, version, reason: 'AWAY', preferredDays: [], preferredTimes: [] }
    const answers = await Promise.all([ask(id, version), act(hospital, amal, 'requestAppointmentChange', change)])
    expect(answers.map((it) => it.__typename === 'ChangeRequested').filter(Boolean)).toHaveLength(1)
    expect(answers.find((it) => it.__typename !== 'ChangeRequested')).toMatchObject({ reason: 'REQUEST_PENDING' })
  })

  it.each([
    ['DIRECT', 'CLINIC_CHANGES_DIRECTLY'],
    ['VIEW_ONLY', 'CLINIC_VIEW_ONLY'],
    ['E_RS', 'MANAGED_IN_E_RS'],
  ])('is refused at a clinic that is %s', async (mode, reason) => {
    const { id, version } = await anAppointment(hospital, { clinicCode: await aClinic(hospital, { mode }) })
    expect(await ask(id, version)).toMatchObject({
      __typename: 'CannotCancel',
      reason,
      contact: { team: 'Dermatology bookings' },
    })
  })

  it('is refused when transport is booked', async () => {
    const { id, version } = await aBookingToAskAbout(hospital, { arrangements: [{ kind: 'TRANSPORT' }] })
    expect(await ask(id, version)).toMatchObject({ __typename: 'CannotCancel', reason: 'TRANSPORT_BOOKED' })
  })

  it('is refused from a page that shows the appointment as it was', async () => {
    const { id, version } = await aBookingToAskAbout(hospital)
    expect(await ask(id, version - 1)).toMatchObject({ __typename: 'AppointmentHasChanged', appointment: { version } })
  })

  it('takes 500 characters of detail, and no more', async () => {
    const { id: appointmentId, version } = await aBookingToAskAbout(hospital)
    const input = { appointmentId, version, reason: 'OTHER', detail: 'x'.repeat(501) }
    const { errors } = await asking(hospital, amal, cancellation, input)
    expect(errors?.[0]).toMatchObject({ message: 'detail: use 500 characters or fewer.' })
    expect((await ask(appointmentId, version, { detail: 'x'.repeat(500) })).__typename).toBe('ChangeRequested')
  })

  it('says that the appointment has changed before it says why it cannot be asked', async () => {
    const { id, version, hospitalId } = await aBookingToAskAbout(hospital)
    await recordCancellation(hospital, { hospitalId, patientId: 'amal' })
    const after = { __typename: 'AppointmentHasChanged', appointment: { id, version: version + 1 } }
    expect(await ask(id, version)).toMatchObject(after)
    const wish = { appointmentId: id, version, reason: 'AWAY', preferredDays: [], preferredTimes: [] }
    expect(await act(hospital, amal, 'requestAppointmentChange', wish)).toMatchObject(after)
    expect(await ask(id, version + 1)).toMatchObject({ __typename: 'CannotCancel', reason: 'ALREADY_CANCELLED' })
  })

  it('never finds somebody else’s appointment', async () => {
    const { id, version } = await aBookingToAskAbout(hospital)
    expect(await ask(id, version, {}, patient('bob'))).toEqual(await ask(randomUUID(), version))
  })

  it('is not for staff', async () => {
    const input = { appointmentId: randomUUID(), version: 1, reason: 'OTHER' }
    const { errors } = await asking(hospital, atTheDesk('Peter'), cancellation, input)
    expect(errors?.[0]?.extensions?.code).toBe('FORBIDDEN')
  })

  it('is what the page about the appointment offers, with the days in which it is answered', async () => {
    const booking = await aBookingToAskAbout(hospital)
    const query = `query ($id: ID!) { appointment(id: $id) {
      canCancel { __typename ... on CancelByRequest { answerWithinWorkingDays } ... on CancelClosed { reason } }
      canReschedule { __typename ... on RescheduleByRequest { answerWithinWorkingDays } ... on RescheduleClosed { reason } }
    } }`
    const offered = async () => (await hospital.ask(amal, query, { id: booking.id })).data?.appointment
    expect(await offered()).toEqual({
      canCancel: { __typename: 'CancelByRequest', answerWithinWorkingDays: 2 },
      canReschedule: { __typename: 'RescheduleByRequest', answerWithinWorkingDays: 2 },
    })
    await aRequest(hospital, booking, { kind: 'CANCELLATION' })
    expect(await offered()).toEqual({
      canCancel: { __typename: 'CancelClosed', reason: 'REQUEST_PENDING' },
      canReschedule: { __typename: 'RescheduleClosed', reason: 'REQUEST_PENDING' },
    })
  })
})
