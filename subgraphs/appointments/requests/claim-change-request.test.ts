import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { engines, patient, system } from '../../../test/alone.ts'
import { type Behind, behind } from '../../../test/behind.ts'
import { aClinic } from '../../../test/bookings.ts'
import { aBookingToAskAbout, aClaimedRequest, act, aRequest, asking, atTheDesk } from '../../../test/change-requests.ts'
import { appointments } from '../main.ts'

const peter = atTheDesk('Peter')
const grace = atTheDesk('Grace')

describe.each(engines)('taking on a request at the desk, on %s', (engine) => {
  let hospital: Behind
  beforeAll(async () => {
    hospital = await behind(appointments, { engine })
  })
  beforeEach(() => hospital.clock.set('2026-11-23T10:00:00Z'))
  afterAll(() => hospital.stop())

  const claim = (requestId: string, as = peter, idempotencyKey: string = randomUUID()) =>
    act(hospital, as, 'claimChangeRequest', { requestId, idempotencyKey })
  const release = (requestId: string, as = peter) => act(hospital, as, 'releaseChangeRequest', { requestId })
  const claimOf = async (id: string, as = peter) => {
    const query = 'query ($id: ID!) { changeRequest(id: $id) { claim { staffName at mine } } }'
    const { data } = await hospital.ask(as, query, { id })
    return (data?.changeRequest as unknown as { claim: object | null }).claim
  }
  const stepsOf = async (id: string) => {
    const query = 'query ($id: ID!) { changeRequest(id: $id) { history { kind staffName } } }'
    const { data } = await hospital.ask(peter, query, { id })
    return (data?.changeRequest as unknown as { history: { kind: string; staffName: string | null }[] }).history
  }
  const aRequestNow = async () => aRequest(hospital, await aBookingToAskAbout(hospital))

  it('shows colleagues who works on it and since when', async () => {
    const { id } = await aRequestNow()
    expect(await claimOf(id)).toBeNull()
    expect((await claim(id)).__typename).toBe('ChangeRequestClaimed')
    const at = '2026-11-23T10:00:00.000Z'
    expect(await claimOf(id)).toEqual({ staffName: 'Peter', at, mine: true })
    expect(await claimOf(id, grace)).toEqual({ staffName: 'Peter', at, mine: false })
  })

  it('is for one: a colleague hears whose it is', async () => {
    const { id } = await aRequestNow()
    await claim(id)
    expect(await claim(id, grace)).toMatchObject({
      __typename: 'ChangeRequestClaimedByAnother',
      message: 'Peter is working on this request. Choose another, or put it back if they cannot.',
    })
    expect(await claimOf(id)).toMatchObject({ mine: true })
  })

  it('is won by one of ten who take it at once', async () => {
    const { id } = await aRequestNow()
    const desk = Array.from({ length: 10 }, (_, n) => atTheDesk(`Clerk${n}`))
    const answers = await Promise.all(desk.map((clerk) => claim(id, clerk)))
    const winner = answers.findIndex((it) => it.__typename === 'ChangeRequestClaimed')
    expect(answers.map((it) => it.__typename).filter((it) => it === 'ChangeRequestClaimedByAnother')).toHaveLength(9)
    expect(await claimOf(id)).toMatchObject({ staffName: `Clerk${winner}` })
    expect(await stepsOf(id)).toEqual([
      { kind: 'REQUESTED', staffName: null },
      { kind: 'CLAIMED', staffName: `Clerk${winner}` },
    ])
  })

  it('is harmless twice, by a double click or later', async () => {
    const { id } = await aRequestNow()
    const key = randomUUID()
    const [one, two] = await Promise.all([claim(id, peter, key), claim(id, peter, key)])
    expect(one).toEqual(two)
    hospital.clock.pass(60)
    expect((await claim(id)).__typename).toBe('ChangeRequestClaimed')
    expect(await claimOf(id)).toMatchObject({ at: '2026-11-23T10:00:00.000Z' })
    expect(await stepsOf(id)).toHaveLength(2)
  })

  it('can be given back, for a colleague to take on', async () => {
    const { id } = await aRequestNow()
    await claim(id)
    expect((await release(id)).__typename).toBe('ChangeRequestReleased')
    expect(await claimOf(id)).toBeNull()
    expect((await claim(id, grace)).__typename).toBe('ChangeRequestClaimed')
    expect(await stepsOf(id)).toEqual([
      { kind: 'REQUESTED', staffName: null },
      { kind: 'CLAIMED', staffName: 'Peter' },
      { kind: 'RELEASED', staffName: 'Peter' },
      { kind: 'CLAIMED', staffName: 'Grace' },
    ])
  })

  it('can be given back by a colleague, of whom the step tells', async () => {
    const { id: requestId } = await aClaimedRequest(hospital, await aBookingToAskAbout(hospital), peter)
    expect((await release(requestId, grace)).__typename).toBe('ChangeRequestReleased')
    expect(await claimOf(requestId)).toBeNull()
    const refuse = { requestId, message: 'No.' }
    expect((await act(hospital, peter, 'refuseChangeRequest', refuse)).__typename).toBe('ChangeRequestNotClaimed')
    expect((await claim(requestId, grace)).__typename).toBe('ChangeRequestClaimed')
    expect((await stepsOf(requestId)).slice(1)).toEqual([
      { kind: 'CLAIMED', staffName: 'Peter' },
      { kind: 'RELEASED', staffName: 'Grace' },
      { kind: 'CLAIMED', staffName: 'Grace' },
    ])
  })

  it('is not given back when it is nobody’s', async () => {
    const { id } = await aRequestNow()
    expect((await release(id)).__typename).toBe('ChangeRequestNotClaimed')
    expect(await stepsOf(id)).toHaveLength(1)
  })

  it('lapses after 12 hours: whoever went home does not hold it up', async () => {
    const { id: requestId } = await aClaimedRequest(hospital, await aBookingToAskAbout(hospital), peter)
    hospital.clock.pass(12 * 3600 - 1)
    expect((await claim(requestId, grace)).__typename).toBe('ChangeRequestClaimedByAnother')
    hospital.clock.pass(1)
    expect(await claimOf(requestId)).toBeNull()
    const refuse = { requestId, message: 'No.' }
    expect((await act(hospital, peter, 'refuseChangeRequest', refuse)).__typename).toBe('ChangeRequestNotClaimed')
    expect((await claim(requestId, grace)).__typename).toBe('ChangeRequestClaimed')
  })

  it('is too late once the request is closed', async () => {
    const { id: requestId } = await aRequestNow()
    await act(hospital, patient('amal'), 'withdrawChangeRequest', { requestId })
    expect(await claim(requestId)).toMatchObject({
      __typename: 'ChangeRequestClosed',
      request: { status: 'WITHDRAWN' },
    })
    expect((await release(requestId)).__typename).toBe('ChangeRequestClosed')
  })

  it('never finds a request of another clinic, and answers as if there were none', async () => {
    const { id } = await aRequestNow()
    const elsewhere = atTheDesk('Edith', await aClinic(hospital))
    const unknown = await claim(randomUUID())
    expect(unknown.__typename).toBe('ChangeRequestNotFound')
    expect(await claim(id, elsewhere)).toEqual(unknown)
    expect(await release(id, elsewhere)).toEqual(unknown)
    expect(await claimOf(id)).toBeNull()
  })

  it('is for staff of its clinic', async () => {
    const clinicCode = await aClinic(hospital, { mode: 'REQUEST' })
    const { id } = await aRequest(hospital, await aBookingToAskAbout(hospital, { clinicCode }))
    const there = atTheDesk('Edith', await aClinic(hospital), clinicCode)
    expect((await claim(id, there)).__typename).toBe('ChangeRequestClaimed')
  })

  it.each([
    ['patients', patient('amal')],
    ['systems', system],
  ])('is not for %s', async (_, as) => {
    const { id: requestId } = await aRequestNow()
    for (const name of ['claimChangeRequest', 'releaseChangeRequest']) {
      const { errors } = await asking(hospital, as, name, { requestId })
      expect(errors?.[0]?.extensions?.code).toBe('FORBIDDEN')
    }
  })

  it('leaves its line in the audit of the patient', async () => {
    const patientId = randomUUID()
    const booking = await aBookingToAskAbout(hospital, { patientId })
    const { id } = await aRequest(hospital, booking, { as: patient(patientId) })
    await claim(id)
    const rows = await hospital.sql(
      `select actor_id from audit_entry where patient_id = ? and role = 'STAFF'`,
      patientId,
    )
    expect(rows).toEqual([{ actor_id: 'staff:peter' }])
  })
})
