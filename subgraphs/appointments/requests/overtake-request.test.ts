import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { engines, patient } from '../../../test/alone.ts'
import { type Behind, behind } from '../../../test/behind.ts'
import { aClinic, aSlot, inDays, recordAppointment, recordCancellation } from '../../../test/bookings.ts'
import {
  aBookingToAskAbout,
  aClaimedRequest,
  act,
  aRequest,
  atTheDesk,
  type Request,
} from '../../../test/change-requests.ts'
import { recordAttendance } from '../../../test/hospital-words.ts'
import { appointmentEvents } from '../appointment-events.ts'
import { appointments } from '../main.ts'

const amal = patient('amal')
const peter = atTheDesk('Peter')
type Kind = keyof typeof appointmentEvents.subscribers

describe.each(engines)('a request that the hospital overtakes, on %s', (engine) => {
  let hospital: Behind
  beforeAll(async () => {
    hospital = await behind(appointments, { engine })
  })
  beforeEach(async () => {
    hospital.clock.set('2026-11-23T10:00:00Z')
    await hospital.sql('delete from outbox_event')
  })
  afterAll(() => hospital.stop())

  const asSeenBy = async (viewer: typeof peter, id: string) => {
    const query =
      'query ($id: ID!) { changeRequest(id: $id) { status answeredAt history { kind } appointment { status } } }'
    return (await hospital.ask(viewer, query, { id })).data?.changeRequest as unknown as Request | null
  }
  const overtakenEvents = () => hospital.sql(`select id from outbox_event where kind = 'change-request.overtaken'`)

  it('closes when the hospital cancels the appointment', async () => {
    const { hospitalId, ...booking } = await aBookingToAskAbout(hospital)
    const { id } = await aRequest(hospital, booking)
    hospital.clock.pass(60)
    await recordCancellation(hospital, { hospitalId, patientId: 'amal' })
    expect(await asSeenBy(amal, id)).toEqual({
      status: 'OVERTAKEN',
      answeredAt: null,
      history: [{ kind: 'REQUESTED' }, { kind: 'OVERTAKEN' }],
      appointment: { status: 'CANCELLED' },
    })
    expect(await overtakenEvents()).toHaveLength(1)
  })

  it('closes when the hospital moves the appointment, also while somebody works on it', async () => {
    const { hospitalId, ...booking } = await aBookingToAskAbout(hospital)
    const { id: requestId } = await aClaimedRequest(hospital, booking, peter)
    hospital.clock.pass(60)
    await recordAppointment(hospital, { hospitalId, patientId: 'amal', startsAt: inDays(hospital, 9) })
    const message = 'No.'
    for (const name of ['claimChangeRequest', 'releaseChangeRequest', 'refuseChangeRequest', 'agreeToChangeRequest'])
      expect(
        await act(hospital, peter, name, { requestId, ...(name.startsWith('refuse') && { message }) }),
      ).toMatchObject({
        __typename: 'ChangeRequestClosed',
        message: expect.stringContaining('The hospital changed the appointment'),
        request: { status: 'OVERTAKEN' },
      })
    expect(await act(hospital, amal, 'withdrawChangeRequest', { requestId })).toMatchObject({
      __typename: 'ChangeRequestClosed',
      request: { status: 'OVERTAKEN' },
    })
  })

  it('at the moment when staff agree: the hospital’s word stands, whoever is first', async () => {
    for (let round = 0; round < 6; round++) {
      const { hospitalId, clinic, ...booking } = await aBookingToAskAbout(hospital)
      const { id: requestId } = await aClaimedRequest(hospital, booking, peter)
      const slot = await aSlot(hospital, clinic.code, inDays(hospital, 12 + round))
      const [row] = await hospital.sql<{ id: string }>('select id from slot where hospital_id = ?', slot)
      hospital.clock.pass(60)
      const acts = [
        () => act(hospital, peter, 'agreeToChangeRequest', { requestId, slotId: row?.id }),
        () => recordCancellation(hospital, { hospitalId, patientId: 'amal' }),
      ]
      await Promise.all((round % 2 ? acts : acts.reverse()).map((it) => it()))
      const seen = await asSeenBy(amal, requestId)
      expect(['AGREED', 'OVERTAKEN']).toContain(seen?.status)
      expect(seen?.appointment.status).toBe('CANCELLED')
    }
  })

  it('follows the appointment to another clinic, and is shown to its staff alone', async () => {
    const { hospitalId, clinic, ...booking } = await aBookingToAskAbout(hospital)
    const { id } = await aRequest(hospital, booking)
    const clinicCode = await aClinic(hospital)
    const [here, there] = [atTheDesk('Peter', clinic.code), atTheDesk('Grace', clinicCode)]
    expect([await asSeenBy(here, id), await asSeenBy(there, id)]).toEqual([expect.anything(), null])
    hospital.clock.pass(60)
    await recordAppointment(hospital, { hospitalId, patientId: 'amal', clinicCode, startsAt: inDays(hospital, 9) })
    expect(await asSeenBy(here, id)).toBeNull()
    expect(await asSeenBy(there, id)).toMatchObject({
      status: 'OVERTAKEN',
      history: [{ kind: 'REQUESTED' }, { kind: 'OVERTAKEN' }],
    })
  })

  it.each([
    [
      'the move',
      'appointment.moved',
      (word: object) => recordAppointment(hospital, { ...word, startsAt: inDays(hospital, 9) }),
    ],
    [
      'the move to another clinic at the same time',
      'appointment.moved',
      async (word: object) => recordAppointment(hospital, { ...word, clinicCode: await aClinic(hospital) }),
    ],
    ['the cancellation', 'appointment.cancelled', (word: object) => recordCancellation(hospital, { ...word })],
    [
      'nothing: the patient came before',
      undefined,
      (word: object) => recordAttendance(hospital, { ...word, attendance: 'COMPLETED' }),
    ],
  ])('is told of once, with the text of %s', async (_, kind, happens) => {
    const { hospitalId, ...booking } = await aBookingToAskAbout(hospital)
    const { id } = await aRequest(hospital, booking)
    await hospital.sql('delete from outbox_event')
    hospital.clock.pass(60)
    await happens({ hospitalId, patientId: 'amal' })
    expect((await asSeenBy(amal, id))?.status).toBe('OVERTAKEN')
    const events = await hospital.sql<{ kind: Kind }>('select kind from outbox_event')
    const texts = events.filter((it) => appointmentEvents.subscribers[it.kind].includes('messages'))
    expect(texts).toEqual(kind ? [{ kind }] : [])
  })

  it('stays open when the hospital only repeats what it said', async () => {
    const { hospitalId, startsAt, ...booking } = await aBookingToAskAbout(hospital)
    const { id } = await aRequest(hospital, booking)
    hospital.clock.pass(60)
    await recordAppointment(hospital, { hospitalId, patientId: 'amal', startsAt })
    expect((await asSeenBy(amal, id))?.status).toBe('OPEN')
    expect(await overtakenEvents()).toEqual([])
  })

  it('leaves alone what was answered before', async () => {
    const { hospitalId, ...booking } = await aBookingToAskAbout(hospital)
    const { id } = await aRequest(hospital, booking)
    await act(hospital, amal, 'withdrawChangeRequest', { requestId: id })
    hospital.clock.pass(60)
    await recordCancellation(hospital, { hospitalId, patientId: 'amal' })
    expect((await asSeenBy(amal, id))?.status).toBe('WITHDRAWN')
  })
})
