import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { anonymous, engines, partner, patient, system } from '../../test/alone.ts'
import { type Behind, behind } from '../../test/behind.ts'
import { aClinic, anAppointment, aSlot, inDays, recordAppointment } from '../../test/bookings.ts'
import { asking, type Booked, cancel, reschedule, shown, slotOn, somebodyBooked, startsOf } from '../../test/changes.ts'
import { appointments } from './main.ts'

describe.each(engines)('changing the time of an appointment, on %s', (engine) => {
  let hospital: Behind
  beforeAll(async () => {
    hospital = await behind(appointments, { engine })
  })
  beforeEach(() => {
    hospital.clock.set('2026-11-23T10:00:00Z')
  })
  afterAll(() => hospital.stop())

  const eventsOf = async ({ id }: Booked) =>
    (await hospital.sql<{ kind: string; ids: unknown }>('select kind, ids from outbox_event order by at, kind'))
      .map(({ kind, ids }) => ({
        kind,
        ids: (typeof ids === 'string' ? JSON.parse(ids) : ids) as Record<string, string>,
      }))
      .filter(({ kind, ids }) => ids.appointmentId === id && kind !== 'appointment.booked')
  const noticesOf = ({ id }: Booked) =>
    hospital.sql('select kind, reason, slot_hospital_id, status from hospital_notice where appointment_id = ?', id)
  const slotOf = async ({ id }: Booked) =>
    (await hospital.sql<{ slot_id: string; seat: number }>('select slot_id, seat from appointment where id = ?', id))[0]
  /** The portal's own id of a published slot. */
  const idOf = async (hospitalId: string) =>
    (await hospital.sql<{ id: string }>('select id from slot where hospital_id = ?', hospitalId))[0]?.id

  it('swaps the time and nothing else, counts once, and tells the hospital and the patient', async () => {
    const booked = await somebodyBooked(hospital, { appointment: { clinician: 'Dr Priya Shah' } })
    const before = booked.appointment
    const slotId = await slotOn(hospital, booked, 8)
    const { __typename, appointment } = await reschedule(hospital, booked, slotId, {
      detail: ' No bus \r\n before 10 ',
    })
    expect(__typename).toBe('AppointmentRescheduled')
    expect(appointment).toEqual({
      id: booked.id,
      status: 'BOOKED',
      startsAt: inDays(hospital, 8),
      endsAt: inDays(hospital, 8, 30),
      clinician: 'Dr Priya Shah',
      acceptedAt: null,
      version: before.version + 1,
      hospitalConfirmation: 'BEING_CONFIRMED',
      lastMove: { at: hospital.clock.now().toISOString(), by: 'PATIENT', from: before.startsAt },
      cancellation: null,
    })
    expect(await slotOf(booked)).toEqual({ slot_id: slotId, seat: 1 })
    expect(await eventsOf(booked)).toEqual([
      {
        kind: 'appointment.rescheduled',
        ids: { appointmentId: booked.id, patientId: booked.patientId, version: '2', by: 'PATIENT' },
      },
    ])
    const [slot] = await hospital.sql<{ hospital_id: string }>('select hospital_id from slot where id = ?', slotId)
    expect(await noticesOf(booked)).toEqual([
      {
        kind: 'RESCHEDULED',
        reason: 'I cannot get there at that time: No bus \n before 10',
        slot_hospital_id: slot?.hospital_id,
        status: 'WAITING',
      },
    ])
  })

  it('must be accepted anew', async () => {
    const booked = await somebodyBooked(hospital)
    const accept = `mutation ($input: AcceptAppointmentInput!) { acceptAppointment(input: $input) { __typename } }`
    await hospital.ask(booked.viewer, accept, { input: { idempotencyKey: randomUUID(), appointmentId: booked.id } })
    expect((await shown(hospital, booked))?.acceptedAt).not.toBeNull()
    await reschedule(hospital, booked, await slotOn(hospital, booked, 8), { version: 2 })
    expect((await shown(hospital, booked))?.acceptedAt).toBeNull()
  })

  it('gives the old time to the next who looks, and takes it back into the list of the one who left', async () => {
    const booked = await somebodyBooked(hospital)
    const { clinicCode } = booked
    const ben = await somebodyBooked(hospital, { appointment: { clinicCode, startsAt: inDays(hospital, 20) } })
    expect(await startsOf(hospital, ben)).not.toContain(inDays(hospital, 7))
    await reschedule(hospital, booked, await slotOn(hospital, booked, 8))
    expect(await startsOf(hospital, ben)).toEqual([inDays(hospital, 7), inDays(hospital, 9)])
    expect(await startsOf(hospital, booked)).toEqual([inDays(hospital, 7), inDays(hospital, 9)])
  })

  it('hands the seat that was left to somebody booked over the capacity, without showing them to anybody', async () => {
    const booked = await somebodyBooked(hospital)
    const { clinicCode, appointment } = booked
    const over = await anAppointment(hospital, { patientId: 'ben', clinicCode, startsAt: appointment.startsAt })
    const old = await slotOf(booked)
    expect((await reschedule(hospital, booked, await slotOn(hospital, booked, 8))).__typename).toBe(
      'AppointmentRescheduled',
    )
    const [seated] = await hospital.sql('select slot_id, seat, version from appointment where id = ?', over.id)
    expect(seated).toEqual({ ...old, version: 1 })
    expect(await startsOf(hospital, booked)).toEqual([inDays(hospital, 9)])
  })

  it('leaves everything as it was when the new time has just been taken, and offers others', async () => {
    const booked = await somebodyBooked(hospital)
    const { clinicCode } = booked
    const slotId = await slotOn(hospital, booked, 8)
    await anAppointment(hospital, { patientId: 'ben', clinicCode, startsAt: inDays(hospital, 8) })
    const before = [await shown(hospital, booked), await slotOf(booked)]
    const taken = await reschedule(hospital, booked, slotId)
    expect(taken).toEqual({
      __typename: 'SlotTaken',
      message: 'Somebody else has just taken that time. The appointment has not changed. Choose another time.',
      freshSlots: [
        { id: await slotOn(hospital, booked, 9), startsAt: inDays(hospital, 9), endsAt: inDays(hospital, 9, 30) },
      ],
    })
    expect([await shown(hospital, booked), await slotOf(booked)]).toEqual(before)
    expect([await eventsOf(booked), await noticesOf(booked)]).toEqual([[], []])
  })

  it('answers the same key alike, with the same fresh times, and does it once', async () => {
    const booked = await somebodyBooked(hospital)
    const slotId = await slotOn(hospital, booked, 8)
    const idempotencyKey = randomUUID()
    const [one, two] = await Promise.all([1, 2].map(() => reschedule(hospital, booked, slotId, { idempotencyKey })))
    expect(one).toEqual(two)
    expect(one?.appointment.version).toBe(2)
    expect(await eventsOf(booked)).toHaveLength(1)
    expect(await noticesOf(booked)).toHaveLength(1)
    const key = randomUUID()
    const refused = await reschedule(hospital, booked, randomUUID(), { idempotencyKey: key, version: 2 })
    expect(refused.freshSlots).toHaveLength(2)
    expect(await reschedule(hospital, booked, randomUUID(), { version: 2 })).toEqual(refused)
    const other = await asking(hospital, booked.viewer, 'rescheduleAppointment', {
      idempotencyKey: key,
      appointmentId: booked.id,
      version: 2,
      slotId,
      reason: 'TRAVEL',
    })
    expect(other.errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT')
  })

  it('repeats a refusal with its fresh times, as times and not as text', async () => {
    const booked = await somebodyBooked(hospital)
    const [slotId, idempotencyKey] = [randomUUID(), randomUUID()]
    const first = await reschedule(hospital, booked, slotId, { idempotencyKey })
    expect(first.freshSlots.map((it) => it.startsAt)).toEqual([inDays(hospital, 8), inDays(hospital, 9)])
    expect(await reschedule(hospital, booked, slotId, { idempotencyKey })).toEqual(first)
  })

  it.each([
    ['that is unknown', () => Promise.resolve(randomUUID())],
    ['of another clinic', async () => idOf(await aSlot(hospital, await aClinic(hospital), inDays(hospital, 8)))],
    ['of another clinician', (it: Booked) => aTime(it, inDays(hospital, 10), { clinician: 'Dr Owen Price' })],
    ['in the past', (it: Booked) => aTime(it, inDays(hospital, -1))],
    ['still today', (it: Booked) => aTime(it, inDays(hospital, 0, 60))],
    ['beyond the weeks that are offered', (it: Booked) => aTime(it, inDays(hospital, 92))],
    ['that it has already', async (it: Booked) => (await slotOf(it))?.slot_id],
    [
      'that the hospital never published',
      async ({ clinicCode, appointment: { clinician } }: Booked) => {
        const facts = { clinicCode, clinician, startsAt: inDays(hospital, 11) }
        const leaving = await somebodyBooked(hospital, { appointment: facts })
        const own = await slotOf(leaving)
        await reschedule(hospital, leaving, await slotOn(hospital, leaving, 8))
        return own?.slot_id
      },
    ],
    [
      'while the patient is somewhere else',
      async (it: Booked) => {
        const slotId = await slotOn(hospital, it, 8)
        await anAppointment(hospital, { patientId: it.patientId, startsAt: inDays(hospital, 8, 10) })
        return slotId
      },
    ],
    [
      'while the clinician is somewhere else',
      async (it: Booked) => {
        const slotId = await slotOn(hospital, it, 8)
        await anAppointment(hospital, {
          patientId: 'ben',
          clinician: it.appointment.clinician,
          startsAt: inDays(hospital, 8, 10),
        })
        return slotId
      },
    ],
  ])('does not take a time %s', async (_, choose) => {
    const booked = await somebodyBooked(hospital, { appointment: { clinician: `Dr ${randomUUID()}` } })
    const slotId = await choose(booked)
    const refused = await reschedule(hospital, booked, slotId)
    expect(refused.__typename).toBe('SlotNotOffered')
    expect(refused.freshSlots.map((it) => it.startsAt)).toContain(inDays(hospital, 9))
    expect(await shown(hospital, booked)).toMatchObject({ startsAt: booked.appointment.startsAt, version: 1 })
  })
  async function aTime({ clinicCode }: Booked, startsAt: string, facts: object = {}) {
    return idOf(await aSlot(hospital, clinicCode, startsAt, facts))
  }

  it('does nothing from a page that is no longer true, and shows what is', async () => {
    const booked = await somebodyBooked(hospital)
    const slotId = await slotOn(hospital, booked, 9)
    await reschedule(hospital, booked, await slotOn(hospital, booked, 8))
    for (const version of [0, 1, 3]) {
      const stale = await reschedule(hospital, booked, slotId, { version })
      expect(stale).toMatchObject({
        __typename: 'AppointmentHasChanged',
        message: expect.stringContaining('we have done nothing'),
        appointment: { startsAt: inDays(hospital, 8), version: 2 },
      })
    }
  })

  it('cannot be done more often than the trust allows, also not by ten tries at once', async () => {
    const booked = await somebodyBooked(hospital, { free: Array.from({ length: 12 }, (_, n) => 8 + n) })
    await reschedule(hospital, booked, await slotOn(hospital, booked, 8))
    const ids = await Promise.all(Array.from({ length: 10 }, (_, n) => slotOn(hospital, booked, 9 + n)))
    // Half of them guess the version that the appointment will have.
    const tries = ids.map((slotId, n) => reschedule(hospital, booked, slotId, { version: 2 + (n % 2) }))
    const outcomes = (await Promise.all(tries)).map((it) => it.__typename)
    expect(outcomes.filter((it) => it === 'AppointmentRescheduled')).toHaveLength(1)
    const refused = await reschedule(hospital, booked, ids[0], { version: 3 })
    expect(refused).toMatchObject({
      __typename: 'CannotReschedule',
      reason: 'LIMIT_REACHED',
      message:
        'You have changed this appointment 2 times, which is as often as you can here. If you need to change it, contact us (Dermatology bookings).',
      contact: { team: 'Dermatology bookings', phone: '+442079460120' },
      link: null,
    })
    expect(await eventsOf(booked)).toHaveLength(2)
  })

  it('does not count the moves of the hospital', async () => {
    const booked = await somebodyBooked(hospital, { free: [8, 9, 10, 11, 12] })
    const { hospitalId } = booked.appointment
    await reschedule(hospital, booked, await slotOn(hospital, booked, 8))
    hospital.clock.pass(60)
    const { patientId } = booked
    for (const day of [9, 10, 11])
      await recordAppointment(hospital, { hospitalId, patientId, startsAt: inDays(hospital, day, -1) })
    hospital.clock.pass(-60)
    const { version } = (await shown(hospital, booked)) ?? {}
    const again = await reschedule(hospital, booked, await slotOn(hospital, booked, 12), { version })
    expect(again.__typename).toBe('AppointmentRescheduled')
  })

  it('either changes it or cancels it, when both are asked at once, and never half of each', async () => {
    for (let round = 0; round < 5; round++) {
      const booked = await somebodyBooked(hospital)
      const slotId = await slotOn(hospital, booked, 8)
      const both = await Promise.all([reschedule(hospital, booked, slotId), cancel(hospital, booked)])
      const [done, other] = both.map((it) => it.__typename)
      expect([done, other]).toContain('AppointmentHasChanged')
      const now = await shown(hospital, booked)
      expect(now?.version).toBe(2)
      expect([now?.status, now?.startsAt]).toEqual(
        done === 'AppointmentRescheduled'
          ? ['BOOKED', inDays(hospital, 8)]
          : ['CANCELLED', booked.appointment.startsAt],
      )
      expect(await eventsOf(booked)).toHaveLength(1)
    }
  })

  it('is done for a person whose record was merged, under their former id', async () => {
    const former = await somebodyBooked(hospital)
    const merged = { ...former, viewer: patient('survivor', { patientIds: ['survivor', former.patientId] }) }
    const done = await reschedule(hospital, merged, await slotOn(hospital, merged, 8))
    expect(done.__typename).toBe('AppointmentRescheduled')
  })

  it('never finds an appointment that is not there, somebody else’s, or of a clinic kept out, and answers all alike', async () => {
    const booked = await somebodyBooked(hospital)
    const slotId = await slotOn(hospital, booked, 8)
    const stranger = await reschedule(hospital, { ...booked, viewer: patient('stranger') }, slotId)
    expect(stranger.__typename).toBe('AppointmentNotFound')
    expect(await reschedule(hospital, { ...booked, id: randomUUID() }, slotId)).toEqual(stranger)
    await hospital.sql('update appointment set excluded = true where id = ?', booked.id)
    expect(await reschedule(hospital, booked, slotId)).toEqual(stranger)
    expect(await noticesOf(booked)).toEqual([])
  })

  it('refuses more words than staff can read, before anything is done', async () => {
    const booked = await somebodyBooked(hospital)
    const input = { appointmentId: booked.id, version: 1, slotId: await slotOn(hospital, booked, 8), reason: 'OTHER' }
    const { errors } = await asking(hospital, booked.viewer, 'rescheduleAppointment', {
      ...input,
      detail: 'x'.repeat(501),
    })
    expect(errors?.[0]).toMatchObject({
      message: 'detail: use 500 characters or fewer.',
      extensions: { code: 'BAD_USER_INPUT' },
    })
    expect((await shown(hospital, booked))?.version).toBe(1)
  })

  it.each([
    ['nobody', anonymous(), 'UNAUTHENTICATED'],
    ['partners', partner(['appointments']), 'FORBIDDEN'],
    ['systems', system, 'FORBIDDEN'],
  ])('is not for %s', async (_, viewer, code) => {
    const booked = await somebodyBooked(hospital)
    const input = { appointmentId: booked.id, version: 1, slotId: 'any', reason: 'AWAY' }
    const { errors } = await asking(hospital, viewer, 'rescheduleAppointment', input)
    expect(errors?.[0]?.extensions.code).toBe(code)
  })
})
