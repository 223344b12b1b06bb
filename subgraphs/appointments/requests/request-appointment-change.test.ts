import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { anonymous, engines, partner, patient, system } from '../../../test/alone.ts'
import { type Behind, behind } from '../../../test/behind.ts'
import { aClinic, anAppointment, inDays, recordCancellation } from '../../../test/bookings.ts'
import { aBookingToAskAbout, act, aRequest, asking, atTheDesk } from '../../../test/change-requests.ts'
import { appointments } from '../main.ts'

const amal = patient('amal')
const change = 'requestAppointmentChange'
const wish = { reason: 'AWAY', preferredDays: [], preferredTimes: [] }

describe.each(engines)('asking for another time, on %s', (engine) => {
  let hospital: Behind
  beforeAll(async () => {
    hospital = await behind(appointments, { engine })
  })
  beforeEach(async () => {
    hospital.clock.set('2026-11-23T10:00:00Z')
    await hospital.sql('delete from outbox_event')
  })
  afterAll(() => hospital.stop())

  const ask = (appointmentId: string, version: number, facts: object = {}, as = amal) =>
    act(hospital, as, change, { appointmentId, version, ...wish, ...facts })
  const noticesOf = (id: string) =>
    hospital.sql(
      'select kind, reason, request_reference from hospital_notice where appointment_id = ? order by sequence',
      id,
    )
  const eventsOf = async (kind: string) =>
    (await hospital.sql<{ ids: unknown }>('select ids from outbox_event where kind = ?', kind)).map(({ ids }) =>
      typeof ids === 'string' ? JSON.parse(ids) : ids,
    )
  const openRequestsOf = (id: string) =>
    hospital.sql(`select id from change_request where appointment_id = ? and status = 'OPEN'`, id)

  it('keeps the appointment as it is, and says what was asked, under a reference and with a day', async () => {
    const { id, version, startsAt } = await aBookingToAskAbout(hospital)
    const { __typename, request } = await ask(id, version, {
      preferredDays: ['THURSDAY', 'MONDAY', 'MONDAY'],
      preferredTimes: ['AFTERNOON', 'MORNING'],
      unavailable: '  Not on 3 December\r\nor 4 December ',
      detail: ' My son is ill ',
    })
    expect(__typename).toBe('ChangeRequested')
    expect(request).toEqual({
      id: request.id,
      reference: expect.stringMatching(/^[23456789CFGHJMPQRVWX]{8}$/),
      kind: 'CHANGE',
      status: 'OPEN',
      reason: 'I am away on that day',
      detail: 'My son is ill',
      preferredDays: ['MONDAY', 'THURSDAY'],
      preferredTimes: ['MORNING', 'AFTERNOON'],
      unavailable: 'Not on 3 December\nor 4 December',
      requestedAt: '2026-11-23T10:00:00.000Z',
      answerBy: '2026-11-25',
      answeredAt: null,
      answer: null,
      history: [{ at: '2026-11-23T10:00:00.000Z', kind: 'REQUESTED' }],
      appointment: { id, status: 'BOOKED', startsAt, version },
    })
    expect(await eventsOf('change-request.received')).toEqual([
      { requestId: request.id, appointmentId: id, patientId: 'amal' },
    ])
    expect(await noticesOf(id)).toEqual([
      {
        kind: 'CHANGE_REQUESTED',
        reason:
          'I am away on that day: My son is ill; suits: monday, thursday, morning, afternoon; does not suit: Not on 3 December\nor 4 December',
        request_reference: request.reference,
      },
    ])
  })

  it('leaves nothing to be confirmed by the hospital: nothing has changed', async () => {
    const { id, version } = await aBookingToAskAbout(hospital)
    await ask(id, version)
    const rows = await hospital.sql('select hospital_confirmation, version from appointment where id = ?', id)
    expect(rows).toEqual([{ hospital_confirmation: 'CONFIRMED', version }])
  })

  it.each([
    ['in the week', '2026-11-23T10:00:00Z', '2026-11-25'],
    ['late in the evening in London', '2026-11-23T23:59:59Z', '2026-11-25'],
    ['on a Friday', '2026-11-27T10:00:00Z', '2026-12-01'],
    ['on a Saturday', '2026-11-28T10:00:00Z', '2026-12-01'],
    ['before Christmas', '2026-12-24T10:00:00Z', '2026-12-30'],
    ['before Good Friday', '2027-03-25T10:00:00Z', '2027-03-31'],
    ['after midnight in summer time', '2027-05-27T23:30:00Z', '2027-06-02'],
  ])('is answered within two working days: %s', async (_, now, answerBy) => {
    hospital.clock.set(now)
    expect((await aRequest(hospital, await aBookingToAskAbout(hospital))).answerBy).toBe(answerBy)
  })

  it('makes one request of a double click, the same key twice at once', async () => {
    const { id, version } = await aBookingToAskAbout(hospital)
    const idempotencyKey = randomUUID()
    const answers = await Promise.all([ask(id, version, { idempotencyKey }), ask(id, version, { idempotencyKey })])
    expect(answers[0]).toEqual(answers[1])
    expect(answers[0]?.__typename).toBe('ChangeRequested')
    expect(await openRequestsOf(id)).toHaveLength(1)
    expect(await noticesOf(id)).toHaveLength(1)
    expect(await eventsOf('change-request.received')).toHaveLength(1)
  })

  it('refuses the same key with other words', async () => {
    const { id, version } = await aBookingToAskAbout(hospital)
    const idempotencyKey = randomUUID()
    await ask(id, version, { idempotencyKey })
    const input = { appointmentId: id, version, ...wish, reason: 'UNWELL', idempotencyKey }
    const { errors } = await asking(hospital, amal, change, input)
    expect(errors?.[0]?.extensions?.code).toBe('BAD_USER_INPUT')
    expect(await openRequestsOf(id)).toHaveLength(1)
  })

  it('opens one request of ten at once, from ten tabs', async () => {
    const { id, version } = await aBookingToAskAbout(hospital)
    const answers = await Promise.all(Array.from({ length: 10 }, () => ask(id, version)))
    expect(answers.filter((it) => it.__typename === 'ChangeRequested')).toHaveLength(1)
    expect(answers.filter((it) => it.reason === 'REQUEST_PENDING')).toHaveLength(9)
    expect(await openRequestsOf(id)).toHaveLength(1)
    expect(await noticesOf(id)).toHaveLength(1)
  })

  it('cannot be written twice by the database itself', async () => {
    const { id, version } = await aBookingToAskAbout(hospital)
    await ask(id, version)
    const again = `insert into change_request (id, reference, appointment_id, patient_id, clinic_code, kind, status, reason, preferred_days, preferred_times, requested_at, answer_by)
      select id || '2', reference || '2', appointment_id, patient_id, clinic_code, kind, status, reason, preferred_days, preferred_times, requested_at, answer_by from change_request where appointment_id = ?`
    await expect(hospital.sql(again, id)).rejects.toThrow(/unique/i)
  })

  it('says that the first is still open, and what to do', async () => {
    const { id, version } = await aBookingToAskAbout(hospital)
    await aRequest(hospital, { id, version }, { kind: 'CANCELLATION' })
    expect(await ask(id, version)).toMatchObject({
      __typename: 'CannotReschedule',
      reason: 'REQUEST_PENDING',
      message: expect.stringContaining('withdraw'),
    })
  })

  it('can be done again once the first is withdrawn', async () => {
    const booking = await aBookingToAskAbout(hospital)
    const { id: requestId } = await aRequest(hospital, booking)
    await act(hospital, amal, 'withdrawChangeRequest', { requestId })
    expect((await ask(booking.id, booking.version)).__typename).toBe('ChangeRequested')
  })

  it.each([
    ['DIRECT', 'CLINIC_CHANGES_DIRECTLY', null],
    ['VIEW_ONLY', 'CLINIC_VIEW_ONLY', null],
    ['E_RS', 'MANAGED_IN_E_RS', 'https://refer.nhs.uk/login'],
  ])('is refused at a clinic that is %s, with the way on', async (mode, reason, link) => {
    const { id, version } = await anAppointment(hospital, { clinicCode: await aClinic(hospital, { mode }) })
    expect(await ask(id, version)).toMatchObject({
      __typename: 'CannotReschedule',
      reason,
      link,
      contact: { team: 'Dermatology bookings' },
    })
    expect(await openRequestsOf(id)).toEqual([])
  })

  it.each([
    [{ arrangements: [{ kind: 'TRANSPORT' }] }, 'TRANSPORT_BOOKED'],
    [{ arrangements: [{ kind: 'INTERPRETER', detail: 'Polish' }] }, 'INTERPRETER_BOOKED'],
    [{ kind: 'ADMISSION' }, 'NOT_AN_OUTPATIENT_APPOINTMENT'],
  ])('is refused when the hospital says %j', async (facts, reason) => {
    const { id, version } = await aBookingToAskAbout(hospital, facts)
    expect(await ask(id, version)).toMatchObject({ __typename: 'CannotReschedule', reason })
  })

  it('is open at the last moment before the appointment starts, and not from then on', async () => {
    const [early, late] = [await aBookingToAskAbout(hospital), await aBookingToAskAbout(hospital)]
    hospital.clock.set(new Date(new Date(early.startsAt).getTime() - 1))
    expect((await ask(early.id, early.version)).__typename).toBe('ChangeRequested')
    hospital.clock.set(late.startsAt)
    expect(await ask(late.id, late.version)).toMatchObject({ reason: 'IN_THE_PAST' })
  })

  it('is refused of a cancelled appointment', async () => {
    const { id, hospitalId, version } = await aBookingToAskAbout(hospital)
    await recordCancellation(hospital, { hospitalId, patientId: 'amal' })
    expect(await ask(id, version + 1)).toMatchObject({ reason: 'ALREADY_CANCELLED' })
  })

  it('is refused from a page that shows the appointment as it was', async () => {
    const { id, version } = await aBookingToAskAbout(hospital)
    await hospital.sql('update appointment set version = version + 1 where id = ?', id)
    expect(await ask(id, version)).toMatchObject({
      __typename: 'AppointmentHasChanged',
      appointment: { id, version: version + 1 },
    })
    expect(await openRequestsOf(id)).toEqual([])
  })

  it('is not bound by how often patients may change by themselves', async () => {
    const { id, version } = await aBookingToAskAbout(hospital)
    await hospital.sql('update appointment set times_rescheduled = 99 where id = ?', id)
    expect((await ask(id, version)).__typename).toBe('ChangeRequested')
  })

  it.each(['detail', 'unavailable'])('takes 500 characters of %s, and no more', async (field) => {
    const { id, version } = await aBookingToAskAbout(hospital)
    const tooLong = { appointmentId: id, version, ...wish, [field]: 'x'.repeat(501) }
    const { errors } = await asking(hospital, amal, change, tooLong)
    expect(errors?.[0]).toMatchObject({
      message: `${field}: use 500 characters or fewer.`,
      extensions: { code: 'BAD_USER_INPUT' },
    })
    // A new line is one character for whoever types it, and two on its way.
    const longest = `${'x\r\n'.repeat(249)}xx`
    const { request } = await ask(id, version, { [field]: ` ${longest} ` })
    expect(request[field as 'detail']).toHaveLength(500)
  })

  it('keeps nothing of a field that holds only space', async () => {
    const { request } = await ask((await aBookingToAskAbout(hospital)).id, 1, { detail: ' \r\n ', unavailable: '' })
    expect(request).toMatchObject({ detail: null, unavailable: null })
  })

  it('never finds an appointment that is not there, or somebody else’s, and answers both alike', async () => {
    const { id, version } = await aBookingToAskAbout(hospital)
    const answers = [await ask(id, version, {}, patient('bob')), await ask(randomUUID(), version), await ask('?', 1)]
    expect(new Set(answers.map((it) => JSON.stringify(it))).size).toBe(1)
    expect(answers[0]?.__typename).toBe('AppointmentNotFound')
  })

  it('finds the appointment under any id the patient ever had', async () => {
    const { id, version } = await aBookingToAskAbout(hospital, { patientId: 'amal-before' })
    const merged = { ...amal, patientIds: ['amal', 'amal-before'] }
    expect((await ask(id, version, {}, merged)).__typename).toBe('ChangeRequested')
  })

  it.each([
    ['nobody who is logged in', anonymous(), 'UNAUTHENTICATED'],
    ['a partner', partner(), 'FORBIDDEN'],
    ['staff', atTheDesk('Peter'), 'FORBIDDEN'],
    ['a system', system, 'FORBIDDEN'],
  ])('is not for %s', async (_, as, code) => {
    const { id, version } = await aBookingToAskAbout(hospital)
    const { errors } = await asking(hospital, as, change, { appointmentId: id, version, ...wish })
    expect(errors?.[0]?.extensions?.code).toBe(code)
    expect(await openRequestsOf(id)).toEqual([])
  })

  it('leaves a database that is as its description says', async () => {
    expect(await hospital.subgraph.pendingChanges()).toBe('')
  })

  it('keeps the seat of the appointment meanwhile', async () => {
    const { id, version } = await aBookingToAskAbout(hospital, { startsAt: inDays(hospital, 9) })
    await ask(id, version)
    expect(await hospital.sql('select seat from appointment where id = ?', id)).toEqual([{ seat: 1 }])
  })
})
