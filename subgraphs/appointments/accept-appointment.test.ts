import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { alone, engines, partner, patient, staff, system } from '../../test/alone.ts'
import { type Behind, behind } from '../../test/behind.ts'
import {
  aClinic,
  anAppointment,
  inDays,
  recordAppointment,
  recordCancellation,
  type RecordedAppointment,
} from '../../test/bookings.ts'
import { cancel, reschedule, shown, slotOn, somebodyBooked, undo } from '../../test/changes.ts'
import { appointments } from './main.ts'

interface Acceptance {
  __typename: string
  message: string
  reason: string
  contact: { team: string; phone: string; hours: string }
  appointment: RecordedAppointment
  until: string
  acceptedAt: string
}

const amal = patient('amal')

describe.each(engines)('accepting an appointment, on %s', (engine) => {
  let hospital: Behind
  beforeAll(async () => {
    hospital = await behind(appointments, { engine })
  })
  beforeEach(async () => {
    hospital.clock.set('2026-11-23T10:00:00Z')
    await hospital.sql('delete from outbox_event')
  })
  afterAll(() => hospital.stop())

  const accepting = (appointmentId: string, idempotencyKey: string = randomUUID(), viewer = amal) =>
    hospital.ask(
      viewer,
      `mutation AcceptAppointment($input: AcceptAppointmentInput!) {
        acceptAppointment(input: $input) {
          __typename
          ... on AppointmentAccepted { appointment { id version acceptedAt } }
          ... on CannotAccept { reason contact { team phone hours } }
          ... on Problem { message }
        }
      }`,
      { input: { idempotencyKey, appointmentId } },
    )
  const accept = async (...given: Parameters<typeof accepting>) =>
    (await accepting(...given)).data?.acceptAppointment as unknown as Acceptance
  const acceptance = async (id: string) => {
    const query = `query ($id: ID!) {
      appointment(id: $id) {
        acceptance {
          __typename
          ... on AcceptanceOpen { until }
          ... on AlreadyAccepted { acceptedAt }
          ... on AcceptanceClosed { reason message contact { team phone hours } }
        }
      }
    }`
    const { data } = await hospital.ask(amal, query, { id })
    return (data?.appointment as unknown as { acceptance: Acceptance } | null)?.acceptance
  }
  const eventsOf = (kind: string) => hospital.sql('select id from outbox_event where kind = ?', kind)

  it('can be done until it starts, and is remembered with its time', async () => {
    const { id, startsAt } = await anAppointment(hospital)
    expect(await acceptance(id)).toEqual({ __typename: 'AcceptanceOpen', until: startsAt })
    const accepted = await accept(id)
    const now = hospital.clock.now().toISOString()
    expect(accepted.appointment).toEqual({ id, version: 2, acceptedAt: now })
    expect(await acceptance(id)).toEqual({ __typename: 'AlreadyAccepted', acceptedAt: now })
    expect(await eventsOf('appointment.accepted')).toHaveLength(1)
  })

  it('is harmless twice: the first time stands, and nothing else happens', async () => {
    const { id } = await anAppointment(hospital)
    const first = await accept(id)
    hospital.clock.pass(3600)
    const second = await accept(id)
    expect(second.appointment).toEqual(first.appointment)
    expect(await eventsOf('appointment.accepted')).toHaveLength(1)
  })

  it('is still harmless when it has started meanwhile', async () => {
    const { id } = await anAppointment(hospital)
    await accept(id)
    hospital.clock.set(inDays(hospital, 7, 5))
    expect((await accept(id)).__typename).toBe('AppointmentAccepted')
  })

  it('happens once when it is asked ten times at once', async () => {
    const { id } = await anAppointment(hospital)
    const answers = await Promise.all(Array.from({ length: 10 }, () => accept(id)))
    expect(answers.map((it) => it.appointment.version)).toEqual(Array(10).fill(2))
    expect(await eventsOf('appointment.accepted')).toHaveLength(1)
  })

  it('answers a double click, the same key twice at once, alike', async () => {
    const { id } = await anAppointment(hospital)
    const key = randomUUID()
    const answers = await Promise.all([accept(id, key), accept(id, key)])
    expect(answers[0]).toEqual(answers[1])
    expect(await eventsOf('appointment.accepted')).toHaveLength(1)
  })

  it('refuses a key that was used for another appointment', async () => {
    const [one, another] = [await anAppointment(hospital), await anAppointment(hospital)]
    const key = randomUUID()
    await accept(one.id, key)
    const { errors } = await accepting(another.id, key)
    expect(errors?.[0]?.extensions?.code).toBe('BAD_USER_INPUT')
    expect((await acceptance(another.id))?.__typename).toBe('AcceptanceOpen')
  })

  it('says why not and whom to phone when it was cancelled', async () => {
    const { id, hospitalId } = await anAppointment(hospital)
    await recordCancellation(hospital, { hospitalId, patientId: 'amal' })
    const refusal = {
      reason: 'ALREADY_CANCELLED',
      message:
        'This appointment was cancelled, so you cannot accept it. If you still need to be seen, contact us (Dermatology bookings).',
      contact: { team: 'Dermatology bookings', phone: '+442079460120', hours: 'Monday to Friday, 9am to 4pm' },
    }
    expect(await accept(id)).toEqual({ __typename: 'CannotAccept', ...refusal })
    expect(await acceptance(id)).toEqual({ __typename: 'AcceptanceClosed', ...refusal })
  })

  it('is open at the last moment before the start, and closed at the start', async () => {
    const { id, startsAt } = await anAppointment(hospital)
    hospital.clock.set(new Date(new Date(startsAt).getTime() - 1))
    expect((await acceptance(id))?.__typename).toBe('AcceptanceOpen')
    hospital.clock.set(startsAt)
    expect(await accept(id)).toMatchObject({ reason: 'IN_THE_PAST', contact: { team: 'Dermatology bookings' } })
    expect((await accept(id)).message).toContain('you can no longer accept it')
  })

  it('is refused when the hospital says that it was missed', async () => {
    const { id } = await anAppointment(hospital)
    await hospital.sql(`update appointment set status = 'DID_NOT_ATTEND' where id = ?`, id)
    expect(await accept(id)).toMatchObject({ __typename: 'CannotAccept', reason: 'NOT_BOOKED' })
    expect(await acceptance(id)).toMatchObject({ __typename: 'AcceptanceClosed', reason: 'NOT_BOOKED' })
  })

  it('never finds an appointment that is not there, or somebody else’s, and answers both alike', async () => {
    const { id } = await anAppointment(hospital, { patientId: 'ben' })
    const foreign = await accept(id)
    expect(foreign.__typename).toBe('AppointmentNotFound')
    expect(await accept(randomUUID())).toEqual(foreign)
    expect(await acceptance(id)).toBeUndefined()
  })

  it.each([
    ['systems', system],
    ['staff', staff],
    ['partners', partner(['appointments'])],
  ])('is not for %s', async (_, viewer) => {
    const { id } = await anAppointment(hospital)
    const { errors } = await accepting(id, randomUUID(), viewer)
    expect(errors?.[0]?.extensions?.code).toBe('FORBIDDEN')
    expect((await acceptance(id))?.__typename).toBe('AcceptanceOpen')
  })

  it('must be done anew after the hospital moved the appointment, but not after a smaller change', async () => {
    const { id, hospitalId } = await anAppointment(hospital)
    await accept(id)
    await recordAppointment(hospital, { hospitalId, patientId: 'amal', clinician: 'Dr Priya Shah' })
    expect((await acceptance(id))?.__typename).toBe('AlreadyAccepted')
    await recordAppointment(hospital, { hospitalId, patientId: 'amal', startsAt: inDays(hospital, 9) })
    expect((await acceptance(id))?.__typename).toBe('AcceptanceOpen')
  })

  it('is refused after the patient cancelled, and open again when they undid that', async () => {
    const booked = await somebodyBooked(hospital)
    await cancel(hospital, booked)
    expect(await accept(booked.id, randomUUID(), booked.viewer)).toMatchObject({ reason: 'ALREADY_CANCELLED' })
    await undo(hospital, booked)
    expect((await accept(booked.id, randomUUID(), booked.viewer)).__typename).toBe('AppointmentAccepted')
  })

  it('is either of the old time and undone by the change, or of the new time, when another tab changes it', async () => {
    for (let round = 0; round < 5; round++) {
      const booked = await somebodyBooked(hospital)
      const slotId = await slotOn(hospital, booked, 8)
      const both = [accept(booked.id, randomUUID(), booked.viewer), reschedule(hospital, booked, slotId)] as const
      const [accepted, changed] = await Promise.all(both)
      expect(accepted.__typename).toBe('AppointmentAccepted')
      const now = await shown(hospital, booked)
      // Accepted first, the page of the other tab was no longer true.
      if (changed.__typename === 'AppointmentHasChanged')
        expect(now).toMatchObject({ startsAt: booked.appointment.startsAt, version: 2 })
      else expect(now).toMatchObject({ startsAt: inDays(hospital, 8), version: 3 })
      expect(now?.acceptedAt).not.toBeNull()
    }
  })

  it('is of a stay before it begins, and not when the patient is in hospital already', async () => {
    const [before, during] = await Promise.all([
      anAppointment(hospital, { kind: 'ADMISSION' }),
      anAppointment(hospital, { kind: 'ADMISSION' }),
    ])
    expect((await accept(before.id)).__typename).toBe('AppointmentAccepted')
    await hospital.sql(`update appointment set status = 'ADMITTED' where id = ?`, during.id)
    expect(await accept(during.id)).toMatchObject({ __typename: 'CannotAccept', reason: 'ADMITTED' })
    expect(await acceptance(during.id)).toMatchObject({
      reason: 'ADMITTED',
      message:
        'You are in hospital for this, so you can no longer accept it. Speak to the staff on your ward, or contact us (Dermatology bookings).',
    })
  })

  it.each(['BEING_CONFIRMED', 'REFUSED'])(
    'is of the time that is shown, while the hospital’s word on it is %s',
    async (word) => {
      const { id } = await anAppointment(hospital)
      await hospital.sql('update appointment set hospital_confirmation = ? where id = ?', word, id)
      expect((await accept(id)).__typename).toBe('AppointmentAccepted')
      expect(await hospital.sql('select hospital_confirmation from appointment where id = ?', id)).toEqual([
        { hospital_confirmation: word },
      ])
    },
  )

  it('is closed after all when a cancellation and an acceptance meet', async () => {
    const { id, hospitalId } = await anAppointment(hospital)
    await Promise.all([accept(id), recordCancellation(hospital, { hospitalId, patientId: 'amal' })])
    expect(await acceptance(id)).toMatchObject({ reason: 'ALREADY_CANCELLED' })
  })
})

it.each([
  ['west-herts', 'Appointments team', '+442079460100'],
  ['southampton', 'Outpatient booking team', '+441632960110'],
])(
  'sends people of %s to the trust’s own team when the clinic names nobody who can be reached',
  async (profile, team, phone) => {
    const hospital = await alone(appointments, { profile })
    const named = await aClinic(hospital, { contact: null })
    const unreachable = await aClinic(hospital, { contact: { team: 'Nobody', hours: 'Never' } })
    for (const clinicCode of [named, unreachable]) {
      const { id } = await anAppointment(hospital, { clinicCode })
      const query = `query ($id: ID!) { appointment(id: $id) { clinic { contact { team phone } } } }`
      const { data } = await hospital.ask(amal, query, { id })
      expect(data?.appointment).toEqual({ clinic: { contact: { team, phone } } })
    }
    await hospital.stop()
  },
)
