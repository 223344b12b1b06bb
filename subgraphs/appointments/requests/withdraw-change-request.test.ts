import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { engines, patient } from '../../../test/alone.ts'
import { type Behind, behind } from '../../../test/behind.ts'
import { aBookingToAskAbout, aClaimedRequest, act, aRequest, asking, atTheDesk } from '../../../test/change-requests.ts'
import { appointments } from '../main.ts'

const amal = patient('amal')
const peter = atTheDesk('Peter')

describe.each(engines)('taking back a request, on %s', (engine) => {
  let hospital: Behind
  beforeAll(async () => {
    hospital = await behind(appointments, { engine })
  })
  beforeEach(async () => {
    hospital.clock.set('2026-11-23T10:00:00Z')
    await hospital.sql('delete from outbox_event')
  })
  afterAll(() => hospital.stop())

  const withdraw = (requestId: string, as = amal, idempotencyKey: string = randomUUID()) =>
    act(hospital, as, 'withdrawChangeRequest', { requestId, idempotencyKey })
  const noticesOf = async (id: string) =>
    (
      await hospital.sql<{ kind: string }>(
        'select kind from hospital_notice where appointment_id = ? order by sequence',
        id,
      )
    ).map((it) => it.kind)

  it('closes it, leaves the appointment as it was, and tells the hospital after what it was told before', async () => {
    const { id, startsAt, version } = await aBookingToAskAbout(hospital)
    const { id: requestId } = await aRequest(hospital, { id, version })
    hospital.clock.pass(60)
    const { __typename, request } = await withdraw(requestId)
    expect(__typename).toBe('ChangeRequestWithdrawn')
    expect(request).toMatchObject({
      status: 'WITHDRAWN',
      answeredAt: null,
      history: [{ kind: 'REQUESTED' }, { kind: 'WITHDRAWN', at: '2026-11-23T10:01:00.000Z' }],
      appointment: { status: 'BOOKED', startsAt, version },
    })
    expect(await noticesOf(id)).toEqual(['CHANGE_REQUESTED', 'REQUEST_WITHDRAWN'])
    expect(await hospital.sql(`select id from outbox_event where kind = 'change-request.withdrawn'`)).toHaveLength(1)
  })

  it('happens once of a double click, and a later click is told that it is done', async () => {
    const { id, version } = await aBookingToAskAbout(hospital)
    const { id: requestId } = await aRequest(hospital, { id, version })
    const key = randomUUID()
    const [one, two] = await Promise.all([withdraw(requestId, amal, key), withdraw(requestId, amal, key)])
    expect(one).toEqual(two)
    expect(await withdraw(requestId)).toMatchObject({
      __typename: 'ChangeRequestClosed',
      message: 'This request was withdrawn. Nothing was changed now.',
      request: { status: 'WITHDRAWN' },
    })
    expect(await noticesOf(id)).toHaveLength(2)
  })

  it('is too late once staff have refused', async () => {
    const { id: requestId } = await aClaimedRequest(hospital, await aBookingToAskAbout(hospital), peter)
    await act(hospital, peter, 'refuseChangeRequest', { requestId, message: 'There is no other time.' })
    expect(await withdraw(requestId)).toMatchObject({
      __typename: 'ChangeRequestClosed',
      request: { status: 'REFUSED', answer: 'There is no other time.' },
    })
  })

  it('at the moment when staff agree: one of both happens, never both', async () => {
    for (let round = 0; round < 8; round++) {
      const booking = await aBookingToAskAbout(hospital)
      const { id: requestId } = await aClaimedRequest(hospital, booking, peter, { kind: 'CANCELLATION' })
      const acts = [() => withdraw(requestId), () => act(hospital, peter, 'agreeToChangeRequest', { requestId })]
      const done = await Promise.all((round % 2 ? acts : acts.reverse()).map((it) => it()))
      const names = done.map((it) => it.__typename)
      expect(names).toContain('ChangeRequestClosed')
      const agreed = names.includes('ChangeRequestAgreed')
      const [row] = await hospital.sql<{ status: string }>('select status from appointment where id = ?', booking.id)
      expect(row?.status).toBe(agreed ? 'CANCELLED' : 'BOOKED')
      expect(await noticesOf(booking.id)).toEqual([
        'CANCELLATION_REQUESTED',
        agreed ? 'CANCELLED' : 'REQUEST_WITHDRAWN',
      ])
    }
  })

  it('at the moment when staff take it on: it is withdrawn, and nobody works on it', async () => {
    for (let round = 0; round < 8; round++) {
      const { id: requestId } = await aRequest(hospital, await aBookingToAskAbout(hospital))
      const acts = [() => withdraw(requestId), () => act(hospital, peter, 'claimChangeRequest', { requestId })]
      const done = await Promise.all((round % 2 ? acts : acts.reverse()).map((it) => it()))
      expect(done.map((it) => it.__typename)).toContain('ChangeRequestWithdrawn')
      const rows = await hospital.sql('select status, claimed_by_id from change_request where id = ?', requestId)
      expect(rows).toEqual([{ status: 'WITHDRAWN', claimed_by_id: null }])
    }
  })

  it('never finds a request that is not there, or somebody else’s, and answers both alike', async () => {
    const { id } = await aRequest(hospital, await aBookingToAskAbout(hospital))
    expect(await withdraw(id, patient('bob'))).toEqual(await withdraw(randomUUID()))
    expect((await withdraw(id, patient('bob'))).__typename).toBe('ChangeRequestNotFound')
    expect((await withdraw(id)).__typename).toBe('ChangeRequestWithdrawn')
  })

  it('finds a request that was made before two records of the patient became one', async () => {
    const before = patient('amal-before')
    const booking = await aBookingToAskAbout(hospital, { patientId: 'amal-before' })
    const { id } = await aRequest(hospital, booking, { as: before })
    const merged = { ...amal, patientIds: ['amal', 'amal-before'] }
    expect((await withdraw(id, merged)).__typename).toBe('ChangeRequestWithdrawn')
  })

  it('is not for staff', async () => {
    const { id: requestId } = await aRequest(hospital, await aBookingToAskAbout(hospital))
    const { errors } = await asking(hospital, peter, 'withdrawChangeRequest', { requestId })
    expect(errors?.[0]?.extensions?.code).toBe('FORBIDDEN')
  })
})
