import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { engines, patient } from '../../../test/alone.ts'
import { type Behind, behind } from '../../../test/behind.ts'
import { aClinic, anAppointment, aSlot, inDays } from '../../../test/bookings.ts'
import { aBookingToAskAbout, aClaimedRequest, act, aRequest, asking, atTheDesk } from '../../../test/change-requests.ts'
import { appointments } from '../main.ts'

const amal = patient('amal')
const peter = atTheDesk('Peter')
const agree = 'agreeToChangeRequest'

interface Row {
  slot_id: string | null
  seat: number | null
  status: string
  times_rescheduled: number
  moved_by: string | null
  hospital_confirmation: string
}

describe.each(engines)('saying yes to a request, on %s', (engine) => {
  let hospital: Behind
  let clinicCode: string
  let patientId: string
  beforeAll(async () => {
    hospital = await behind(appointments, { engine })
  })
  beforeEach(async () => {
    hospital.clock.set('2026-11-23T10:00:00Z')
    await hospital.subgraph.settle()
    hospital.told.length = 0
    clinicCode = await aClinic(hospital, { mode: 'REQUEST' })
    patientId = randomUUID()
  })
  afterAll(() => hospital.stop())

  const aBooking = (facts: object = {}) => aBookingToAskAbout(hospital, { clinicCode, patientId, ...facts })
  const claimed = async (facts: object = {}, asked: object = {}) => {
    const booking = await aBooking(facts)
    const request = await aClaimedRequest(hospital, booking, peter, { as: patient(patientId), ...asked })
    return { booking, request }
  }
  const slotAt = async (startsAt: string, facts: object = {}, where = clinicCode) => {
    const hospitalId = await aSlot(hospital, where, startsAt, facts)
    const [slot] = await hospital.sql<{ id: string }>('select id from slot where hospital_id = ?', hospitalId)
    if (!slot) throw new Error('the slot was not published')
    return { id: slot.id, hospitalId, startsAt }
  }
  const yes = (requestId: string, facts: object = {}, as = peter) => act(hospital, as, agree, { requestId, ...facts })
  const rowOf = async (id: string) => {
    const [row] = await hospital.sql<Row>(
      'select slot_id, seat, status, times_rescheduled, moved_by, hospital_confirmation from appointment where id = ?',
      id,
    )
    return row
  }
  const noticesOf = (id: string) =>
    hospital.sql(
      'select kind, reason, request_reference, slot_hospital_id from hospital_notice where appointment_id = ? order by sequence',
      id,
    )
  const told = async () => {
    await hospital.subgraph.settle()
    return hospital.told.filter((it) => it.subscriber === 'messages').map(({ kind, ids }) => ({ kind, ...ids }))
  }

  it.each(['CHANGE', 'CANCELLATION'])(
    'closes a request about an appointment whose time has come, and does nothing: %s',
    async (kind) => {
      const startsAt = inDays(hospital, 2)
      const { booking, request } = await claimed({ startsAt }, { kind })
      const slot = await slotAt(inDays(hospital, 10))
      hospital.clock.set(startsAt)
      await act(hospital, peter, 'claimChangeRequest', { requestId: request.id })
      const offered = `query ($id: ID!) { availableSlots(appointmentId: $id) { totalCount } }`
      expect((await hospital.ask(peter, offered, { id: booking.id })).data).toEqual({
        availableSlots: { totalCount: 0 },
      })
      const before = await rowOf(booking.id)
      const answer = await yes(request.id, kind === 'CHANGE' ? { slotId: slot.id } : {})
      expect(answer).toMatchObject({
        __typename: 'ChangeRequestClosed',
        message:
          'The hospital changed the appointment, or its time came, before this request was answered. So it is closed, and nothing was changed now. Look at the appointment as it is now.',
        request: { status: 'OVERTAKEN' },
      })
      expect(await rowOf(booking.id)).toEqual(before)
      expect(await told()).not.toContainEqual(expect.objectContaining({ kind: 'appointment.rescheduled' }))
    },
  )

  it('moves the appointment to the time that staff chose, and tells the patient and the hospital', async () => {
    const { booking, request } = await claimed({}, { detail: 'A wedding' })
    const slot = await slotAt(inDays(hospital, 10))
    hospital.clock.pass(60)
    const answer = await yes(request.id, { slotId: slot.id, message: ' See you then. ' })
    expect(answer.__typename).toBe('ChangeRequestAgreed')
    expect(answer.request).toMatchObject({
      status: 'AGREED',
      answer: 'See you then.',
      answeredAt: '2026-11-23T10:01:00.000Z',
      history: [{ kind: 'REQUESTED' }, { kind: 'CLAIMED' }, { kind: 'AGREED' }],
      appointment: { id: booking.id, status: 'BOOKED', startsAt: slot.startsAt },
    })
    expect(await rowOf(booking.id)).toEqual({
      slot_id: slot.id,
      seat: 1,
      status: 'BOOKED',
      times_rescheduled: 0,
      moved_by: 'HOSPITAL',
      hospital_confirmation: 'BEING_CONFIRMED',
    })
    expect((await noticesOf(booking.id)).at(-1)).toEqual({
      kind: 'RESCHEDULED',
      reason: 'I am away on that day: A wedding',
      request_reference: request.reference,
      slot_hospital_id: slot.hospitalId,
    })
    const ids = { appointmentId: booking.id, patientId }
    expect(await told()).toEqual(
      expect.arrayContaining([
        { kind: 'change-request.answered', ...ids, requestId: request.id },
        { kind: 'appointment.rescheduled', ...ids, by: 'STAFF', version: '2' },
      ]),
    )
  })

  it('cancels the appointment as the patient asked, frees its time at once, and cannot be undone', async () => {
    const slot = await slotAt(inDays(hospital, 7))
    const { booking, request } = await claimed({}, { kind: 'CANCELLATION', detail: 'It healed' })
    expect(await rowOf(booking.id)).toMatchObject({ slot_id: slot.id, seat: 1 })
    const answer = await yes(request.id)
    expect(answer.request).toMatchObject({ status: 'AGREED', answer: null, appointment: { status: 'CANCELLED' } })
    expect(await rowOf(booking.id)).toMatchObject({ seat: null, hospital_confirmation: 'BEING_CONFIRMED' })
    const query = `query ($id: ID!) { appointment(id: $id) { version cancellation { at by reason undoUntil } } }`
    const { data } = await hospital.ask(patient(patientId), query, { id: booking.id })
    expect(data?.appointment).toEqual({
      version: 2,
      cancellation: {
        at: '2026-11-23T10:00:00.000Z',
        by: 'PATIENT',
        reason: 'I feel better: It healed',
        undoUntil: null,
      },
    })
    expect((await noticesOf(booking.id)).at(-1)).toMatchObject({
      kind: 'CANCELLED',
      reason: 'I feel better: It healed',
      request_reference: request.reference,
    })
    expect(await told()).toContainEqual({
      kind: 'appointment.cancelled',
      appointmentId: booking.id,
      patientId,
      by: 'STAFF',
      version: '2',
    })
    const undo = `mutation ($input: UndoCancellationInput!) { undoCancellation(input: $input) { __typename ... on CannotUndo { reason } } }`
    const undone = await hospital.ask(patient(patientId), undo, {
      input: { idempotencyKey: randomUUID(), appointmentId: booking.id },
    })
    expect(undone.data?.undoCancellation).toEqual({ __typename: 'CannotUndo', reason: 'UNDO_TIME_OVER' })
  })

  it('gives the freed time to the next who asks for it', async () => {
    const slot = await slotAt(inDays(hospital, 7))
    const first = await claimed({}, { kind: 'CANCELLATION' })
    await yes(first.request.id)
    patientId = randomUUID()
    const next = await claimed({ startsAt: inDays(hospital, 8) })
    expect((await yes(next.request.id, { slotId: slot.id })).__typename).toBe('ChangeRequestAgreed')
  })

  it('keeps the old time, the request and the claim when the new time has just been taken, and offers fresh ones', async () => {
    const { booking, request } = await claimed()
    const [gone, free] = [await slotAt(inDays(hospital, 10)), await slotAt(inDays(hospital, 11))]
    await anAppointment(hospital, { clinicCode, patientId: randomUUID(), startsAt: gone.startsAt })
    const before = await rowOf(booking.id)
    expect(await yes(request.id, { slotId: gone.id })).toMatchObject({
      __typename: 'SlotTaken',
      freshSlots: [{ id: free.id, startsAt: free.startsAt }],
    })
    expect(await rowOf(booking.id)).toEqual(before)
    expect(await noticesOf(booking.id)).toHaveLength(1)
    expect((await yes(request.id, { slotId: free.id })).__typename).toBe('ChangeRequestAgreed')
  })

  it('gives one slot to one of two whom staff agree to at once', async () => {
    const slot = await slotAt(inDays(hospital, 10))
    const one = await claimed()
    patientId = randomUUID()
    const other = await claimed({ startsAt: inDays(hospital, 8) })
    const answers = await Promise.all([one, other].map((it) => yes(it.request.id, { slotId: slot.id })))
    expect(answers.map((it) => it.__typename).sort()).toEqual(['ChangeRequestAgreed', 'SlotTaken'])
  })

  it('does not offer a slot of another clinic, one in the past, one of another clinician, or none', async () => {
    const { booking, request } = await claimed({ clinician: 'Dr Priya Shah' })
    const slots = {
      elsewhere: await slotAt(inDays(hospital, 10), {}, await aClinic(hospital, { mode: 'REQUEST' })),
      past: await slotAt(inDays(hospital, -1)),
      another: await slotAt(inDays(hospital, 10), { clinician: 'Dr Ben Ode' }),
      unknown: { id: randomUUID() },
    }
    for (const [which, { id: slotId }] of Object.entries(slots))
      expect([which, (await yes(request.id, { slotId })).__typename]).toEqual([which, 'SlotNotOffered'])
    expect(await rowOf(booking.id)).toMatchObject({ status: 'BOOKED', moved_by: null })
  })

  it('does not put the patient in two places at once', async () => {
    const { request } = await claimed()
    const slot = await slotAt(inDays(hospital, 10))
    await anAppointment(hospital, { patientId, startsAt: slot.startsAt })
    expect((await yes(request.id, { slotId: slot.id })).__typename).toBe('SlotNotOffered')
  })

  it('needs the new time when another time is asked for', async () => {
    const { request } = await claimed()
    const { errors } = await asking(hospital, peter, agree, { requestId: request.id })
    expect(errors?.[0]).toMatchObject({
      message: expect.stringMatching(/^slotId: /),
      extensions: { code: 'BAD_USER_INPUT' },
    })
  })

  it('takes no new time when the patient asks to cancel', async () => {
    const { booking, request } = await claimed({}, { kind: 'CANCELLATION' })
    const { errors } = await asking(hospital, peter, agree, { requestId: request.id, slotId: randomUUID() })
    expect(errors?.[0]).toMatchObject({
      message: expect.stringMatching(/^slotId: /),
      extensions: { code: 'BAD_USER_INPUT' },
    })
    expect(await rowOf(booking.id)).toMatchObject({ status: 'BOOKED' })
  })

  it('is for whoever took it on', async () => {
    const { id: requestId } = await aRequest(hospital, await aBooking(), { as: patient(patientId) })
    const { id: slotId } = await slotAt(inDays(hospital, 10))
    expect((await yes(requestId, { slotId })).__typename).toBe('ChangeRequestNotClaimed')
    await act(hospital, atTheDesk('Grace'), 'claimChangeRequest', { requestId })
    expect(await yes(requestId, { slotId })).toMatchObject({
      __typename: 'ChangeRequestNotClaimed',
      request: { status: 'OPEN' },
    })
  })

  it('happens once of a double click', async () => {
    const { booking, request } = await claimed()
    const { id: slotId } = await slotAt(inDays(hospital, 10))
    const idempotencyKey = randomUUID()
    const answers = await Promise.all([1, 2].map(() => yes(request.id, { slotId, idempotencyKey })))
    expect(answers[0]).toEqual(answers[1])
    expect(await noticesOf(booking.id)).toHaveLength(2)
    expect((await yes(request.id, { slotId })).__typename).toBe('ChangeRequestClosed')
  })

  it('counts as nothing to what the patient may change, however often it happens', async () => {
    const booking = await aBooking()
    for (let day = 10; day < 13; day++) {
      const as = patient(patientId)
      const request = await aClaimedRequest(hospital, { ...booking, version: day - 9 }, peter, { as })
      const { id: slotId } = await slotAt(inDays(hospital, day))
      expect((await yes(request.id, { slotId })).__typename).toBe('ChangeRequestAgreed')
    }
    expect(await rowOf(booking.id)).toMatchObject({ times_rescheduled: 0 })
  })

  it('answers as overtaken when the appointment took place meanwhile', async () => {
    const { booking, request } = await claimed()
    await hospital.sql(`update appointment set status = 'COMPLETED' where id = ?`, booking.id)
    const { id: slotId } = await slotAt(inDays(hospital, 10))
    expect(await yes(request.id, { slotId })).toMatchObject({
      __typename: 'ChangeRequestClosed',
      request: { status: 'OVERTAKEN' },
    })
    expect(await rowOf(booking.id)).toMatchObject({ status: 'COMPLETED', moved_by: null })
  })

  it('takes 500 characters for the patient, and no more', async () => {
    const { request } = await claimed({}, { kind: 'CANCELLATION' })
    const { errors } = await asking(hospital, peter, agree, { requestId: request.id, message: 'x'.repeat(501) })
    expect(errors?.[0]?.message).toBe('message: use 500 characters or fewer.')
    expect((await yes(request.id, { message: 'x'.repeat(500) })).request.answer).toHaveLength(500)
  })

  it('never finds a request of another clinic, and answers as if there were none', async () => {
    const { booking, request } = await claimed({}, { kind: 'CANCELLATION' })
    const moved = atTheDesk('Peter', await aClinic(hospital))
    expect(await yes(request.id, {}, moved)).toEqual(await yes(randomUUID()))
    expect(await rowOf(booking.id)).toMatchObject({ status: 'BOOKED' })
  })

  it('is not for patients', async () => {
    const { request } = await claimed()
    const { errors } = await asking(hospital, amal, agree, { requestId: request.id })
    expect(errors?.[0]?.extensions?.code).toBe('FORBIDDEN')
  })
})
