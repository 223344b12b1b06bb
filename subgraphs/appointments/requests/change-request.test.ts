import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { anonymous, engines, partner, patient, system } from '../../../test/alone.ts'
import { type Behind, behind } from '../../../test/behind.ts'
import { aClinic } from '../../../test/bookings.ts'
import {
  aBookingToAskAbout,
  aClaimedRequest,
  act,
  aRequest,
  atTheDesk,
  type Request,
} from '../../../test/change-requests.ts'
import { appointments } from '../main.ts'

const amal = patient('amal')
const peter = atTheDesk('Peter')

describe.each(engines)('reading a request, on %s', (engine) => {
  let hospital: Behind
  beforeAll(async () => {
    hospital = await behind(appointments, { engine })
  })
  beforeEach(() => hospital.clock.set('2026-11-23T10:00:00Z'))
  afterAll(() => hospital.stop())

  const asking = (viewer: typeof amal, id: string, fields = 'id status') =>
    hospital.ask(viewer, `query ($id: ID!) { changeRequest(id: $id) { ${fields} } }`, { id })
  const find = async (viewer: typeof amal, id: string, fields?: string) => {
    const { data, errors } = await asking(viewer, id, fields)
    if (errors) throw new Error(JSON.stringify(errors))
    return data?.changeRequest as unknown as Request | null
  }
  const entity = async (viewer: typeof amal, id: string) => {
    const query =
      'query ($it: [_Any!]!) { _entities(representations: $it) { ... on ChangeRequest { id reference appointment { id } } } }'
    const { data } = await hospital.ask(viewer, query, { it: [{ __typename: 'ChangeRequest', id }] })
    return (data?._entities as unknown as (Request | null)[])[0]
  }

  it('is the same for the patient and for staff, but for who did what', async () => {
    const { id } = await aClaimedRequest(hospital, await aBookingToAskAbout(hospital), peter)
    await act(hospital, peter, 'refuseChangeRequest', { requestId: id, message: 'There is no other time.' })
    const fields = 'id reference status answer answeredAt history { at kind }'
    const seen = await find(amal, id, fields)
    expect(seen).toMatchObject({ status: 'REFUSED', answer: 'There is no other time.' })
    expect(await find(peter, id, fields)).toEqual(seen)
    expect(await find(peter, id, 'history { kind staffName }')).toEqual({
      history: [
        { kind: 'REQUESTED', staffName: null },
        { kind: 'CLAIMED', staffName: 'Peter' },
        { kind: 'REFUSED', staffName: 'Peter' },
      ],
    })
  })

  it.each(['history { staffName }', 'claim { staffName }'])(
    'never tells a patient, nor a system, who of the staff it was: %s',
    async (fields) => {
      const { id } = await aClaimedRequest(hospital, await aBookingToAskAbout(hospital), peter)
      const { data, errors } = await asking(amal, id, fields)
      expect(errors?.[0]?.extensions?.code).toBe('FORBIDDEN')
      expect(JSON.stringify(data)).not.toContain('Peter')
    },
  )

  it('finds nothing of somebody else’s, nor what is not there, and answers both alike', async () => {
    const { id } = await aRequest(hospital, await aBookingToAskAbout(hospital))
    for (const unseen of [id, randomUUID(), '', '?']) expect(await find(patient('bob'), unseen)).toBeNull()
    expect(await entity(patient('bob'), id)).toBeNull()
    expect(await find(amal, id)).toEqual({ id, status: 'OPEN' })
  })

  it('finds for staff what is of their clinics, and nothing else, also by the back door', async () => {
    const { clinic, ...booking } = await aBookingToAskAbout(hospital)
    const { id, reference } = await aRequest(hospital, booking)
    const elsewhere = atTheDesk('Edith', await aClinic(hospital))
    expect(await find(elsewhere, id)).toBeNull()
    expect(await entity(elsewhere, id)).toBeNull()
    expect(await entity({ ...peter, scopes: [] }, id)).toBeNull()
    expect(await entity(atTheDesk('Edith', clinic.code), id)).toEqual({
      id,
      reference,
      appointment: { id: booking.id },
    })
  })

  it('finds it for a patient whose records became one, under each of their ids', async () => {
    const before = patient('zoe-before')
    const { id } = await aRequest(hospital, await aBookingToAskAbout(hospital, { patientId: 'zoe-before' }), {
      as: before,
    })
    const merged = { ...patient('zoe'), patientIds: ['zoe', 'zoe-before'] }
    expect(await find(merged, id, 'id history { kind } appointment { id }')).toMatchObject({
      id,
      history: [{ kind: 'REQUESTED' }],
    })
    expect(await find(patient('zoe'), id)).toBeNull()
  })

  it('shows a patient nothing of a clinic that is kept out of the portal', async () => {
    const { id: appointmentId, version } = await aBookingToAskAbout(hospital)
    const { id } = await aRequest(hospital, { id: appointmentId, version })
    await hospital.sql('update appointment set excluded = true where id = ?', appointmentId)
    expect(await find(amal, id)).toBeNull()
    expect(await entity(amal, id)).toBeNull()
    const { __typename } = await act(hospital, amal, 'withdrawChangeRequest', { requestId: id })
    expect(__typename).toBe('ChangeRequestNotFound')
  })

  it('lists what was asked about an appointment, newest first, at most 20', async () => {
    const booking = await aBookingToAskAbout(hospital)
    const ids = []
    for (let n = 0; n < 21; n++) {
      hospital.clock.pass(60)
      const { id: requestId } = await aRequest(hospital, booking)
      await act(hospital, amal, 'withdrawChangeRequest', { requestId })
      ids.unshift(requestId)
    }
    const query = 'query ($id: ID!) { appointment(id: $id) { changeRequests { id } } }'
    for (const viewer of [amal, system]) {
      const { data } = await hospital.ask(viewer, query, { id: booking.id })
      expect(data?.appointment).toEqual({ changeRequests: ids.slice(0, 20).map((id) => ({ id })) })
    }
  })

  it('shows each act as it left the request, also when several are asked for at once', async () => {
    const booking = await aBookingToAskAbout(hospital)
    const { id: requestId } = await aRequest(hospital, booking, { kind: 'CANCELLATION' })
    const shown = 'request { status history { kind } claim { mine } appointment { status } }'
    const query = `mutation ($claim: ClaimChangeRequestInput!, $agree: AgreeToChangeRequestInput!) {
      claimChangeRequest(input: $claim) { ... on ChangeRequestClaimed { ${shown} } }
      agreeToChangeRequest(input: $agree) { ... on ChangeRequestAgreed { ${shown} } }
    }`
    const { data } = await hospital.ask(peter, query, {
      claim: { idempotencyKey: randomUUID(), requestId },
      agree: { idempotencyKey: randomUUID(), requestId },
    })
    const history = [{ kind: 'REQUESTED' }, { kind: 'CLAIMED' }]
    expect(data).toEqual({
      claimChangeRequest: {
        request: { status: 'OPEN', history, claim: { mine: true }, appointment: { status: 'BOOKED' } },
      },
      agreeToChangeRequest: {
        request: {
          status: 'AGREED',
          history: [...history, { kind: 'AGREED' }],
          claim: null,
          appointment: { status: 'CANCELLED' },
        },
      },
    })
  })

  it.each([
    ['nobody who is logged in', anonymous(), 'UNAUTHENTICATED'],
    ['a partner', partner(), 'FORBIDDEN'],
    ['a system', system, 'FORBIDDEN'],
  ])('is not for %s', async (_, viewer, code) => {
    const { id } = await aRequest(hospital, await aBookingToAskAbout(hospital))
    expect((await asking(viewer, id)).errors?.[0]?.extensions?.code).toBe(code)
  })

  it('leaves a line in the audit of the patient when staff read it', async () => {
    const patientId = randomUUID()
    const booking = await aBookingToAskAbout(hospital, { patientId })
    const { id } = await aRequest(hospital, booking, { as: patient(patientId) })
    await find(peter, id)
    const rows = await hospital.sql(
      `select actor_id from audit_entry where patient_id = ? and role = 'STAFF'`,
      patientId,
    )
    expect(rows).toEqual([{ actor_id: 'staff:peter' }])
  })
})
