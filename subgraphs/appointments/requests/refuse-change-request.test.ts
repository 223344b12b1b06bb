import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { engines, patient } from '../../../test/alone.ts'
import { type Behind, behind } from '../../../test/behind.ts'
import { aClinic } from '../../../test/bookings.ts'
import { aBookingToAskAbout, aClaimedRequest, act, aRequest, asking, atTheDesk } from '../../../test/change-requests.ts'
import { appointments } from '../main.ts'

const peter = atTheDesk('Peter')
const grace = atTheDesk('Grace')
const message = 'There is no other time before Christmas.'

describe.each(engines)('saying no to a request, on %s', (engine) => {
  let hospital: Behind
  beforeAll(async () => {
    hospital = await behind(appointments, { engine })
  })
  beforeEach(async () => {
    hospital.clock.set('2026-11-23T10:00:00Z')
    await hospital.subgraph.settle()
    hospital.told.length = 0
  })
  afterAll(() => hospital.stop())

  const refuse = (requestId: string, facts: object = {}, as = peter) =>
    act(hospital, as, 'refuseChangeRequest', { requestId, message, ...facts })

  it('closes it with the reason, leaves the appointment as it was, and has the patient told', async () => {
    const { id, startsAt, version } = await aBookingToAskAbout(hospital)
    const { id: requestId } = await aClaimedRequest(hospital, { id, version }, peter)
    hospital.clock.pass(60)
    const { __typename, request } = await refuse(requestId, { message: ` ${message} ` })
    expect(__typename).toBe('ChangeRequestRefused')
    expect(request).toMatchObject({
      status: 'REFUSED',
      answer: message,
      answeredAt: '2026-11-23T10:01:00.000Z',
      history: [{ kind: 'REQUESTED' }, { kind: 'CLAIMED' }, { kind: 'REFUSED' }],
      appointment: { status: 'BOOKED', startsAt },
    })
    await hospital.subgraph.settle()
    expect(hospital.told).toContainEqual({
      subscriber: 'messages',
      kind: 'change-request.answered',
      ids: { requestId, appointmentId: id, patientId: 'amal' },
    })
  })

  it('lets the patient ask again', async () => {
    const booking = await aBookingToAskAbout(hospital)
    await refuse((await aClaimedRequest(hospital, booking, peter)).id)
    expect((await aRequest(hospital, booking)).status).toBe('OPEN')
  })

  it('happens once of a double click', async () => {
    const { id } = await aClaimedRequest(hospital, await aBookingToAskAbout(hospital), peter)
    const idempotencyKey = randomUUID()
    const [one, two] = await Promise.all([refuse(id, { idempotencyKey }), refuse(id, { idempotencyKey })])
    expect(one).toEqual(two)
    expect(await refuse(id)).toMatchObject({ __typename: 'ChangeRequestClosed', request: { status: 'REFUSED' } })
    await hospital.subgraph.settle()
    expect(hospital.told.filter((it) => it.kind === 'change-request.answered')).toHaveLength(1)
  })

  it('is for whoever took it on, and nobody else', async () => {
    const { id } = await aRequest(hospital, await aBookingToAskAbout(hospital))
    expect((await refuse(id)).__typename).toBe('ChangeRequestNotClaimed')
    await act(hospital, grace, 'claimChangeRequest', { requestId: id })
    expect(await refuse(id)).toMatchObject({ __typename: 'ChangeRequestNotClaimed', request: { status: 'OPEN' } })
    expect((await refuse(id, {}, grace)).__typename).toBe('ChangeRequestRefused')
  })

  it.each([
    ['nothing', '', 'message: use 1 to 500 characters.'],
    ['only space', ' \n ', 'message: use 1 to 500 characters.'],
    ['too much', 'x'.repeat(501), 'message: use 500 characters or fewer.'],
  ])('needs a reason, and not %s', async (_, given, problem) => {
    const { id: requestId } = await aClaimedRequest(hospital, await aBookingToAskAbout(hospital), peter)
    const { errors } = await asking(hospital, peter, 'refuseChangeRequest', { requestId, message: given })
    expect(errors?.[0]).toMatchObject({ message: problem, extensions: { code: 'BAD_USER_INPUT' } })
    expect((await refuse(requestId, { message: 'x'.repeat(500) })).__typename).toBe('ChangeRequestRefused')
  })

  it('never finds a request of another clinic, and answers as if there were none', async () => {
    const { id } = await aClaimedRequest(hospital, await aBookingToAskAbout(hospital), peter)
    const moved = atTheDesk('Peter', await aClinic(hospital))
    expect(await refuse(id, {}, moved)).toEqual(await refuse(randomUUID()))
    expect((await refuse(id)).__typename).toBe('ChangeRequestRefused')
  })

  it('is not for patients', async () => {
    const { id: requestId } = await aClaimedRequest(hospital, await aBookingToAskAbout(hospital), peter)
    const { errors } = await asking(hospital, patient('amal'), 'refuseChangeRequest', { requestId, message })
    expect(errors?.[0]?.extensions?.code).toBe('FORBIDDEN')
  })
})
