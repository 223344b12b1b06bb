import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Alone } from '../../test/alone.ts'
import { type Behind, behind } from '../../test/behind.ts'
import { inDays } from '../../test/bookings.ts'
import { type Booked, cancel, type Outcome, reschedule, slotOn, somebodyBooked } from '../../test/changes.ts'
import { londonInstant, plusDays } from '../runtime/london.ts'
import { appointments } from './main.ts'

interface Page {
  __typename: string
  reason?: string
  message?: string
  contact?: { team: string; phone: string }
  link?: string | null
}

/** What the page about the appointment says before anything is tried. */
async function pageOf({ ask }: Alone, { viewer, id }: Booked): Promise<{ canReschedule: Page; canCancel: Page }> {
  const refused = 'reason message link contact { team phone }'
  const query = `query ($id: ID!) { appointment(id: $id) {
    canReschedule { __typename ... on RescheduleClosed { ${refused} } }
    canCancel { __typename ... on CancelClosed { ${refused} } }
  } }`
  const { data, errors } = await ask(viewer, query, { id })
  if (errors) throw new Error(JSON.stringify(errors))
  return data?.appointment as never
}

const clinicTeam = { team: 'Dermatology bookings', phone: '+442079460120' }
const trustTeam = { team: 'Appointments team', phone: '+442079460100' }

describe('why an appointment cannot be changed or cancelled', () => {
  let hospital: Behind
  beforeAll(async () => {
    hospital = await behind(appointments)
  })
  afterAll(() => hospital.stop())

  const status = (status: string) => (it: Booked) =>
    hospital.sql('update appointment set status = ? where id = ?', status, it.id)
  const arranged = (kind: string) => ({ appointment: { arrangements: [{ kind, detail: null }] } })
  const asked = (it: Booked) =>
    hospital.sql(
      `insert into change_request (id, reference, appointment_id, patient_id, clinic_code, kind, status, reason, preferred_days, preferred_times, requested_at, answer_by)
       select id, substr(id, 1, 8), id, patient_id, clinic_code, 'CHANGE', 'OPEN', 'Why', '[]', '[]', starts_at, '2026-11-25' from appointment where id = ?`,
      it.id,
    )

  it.each([
    ['ALREADY_CANCELLED', 'was cancelled', {}, status('CANCELLED'), clinicTeam],
    ['ADMITTED', 'You are in hospital', {}, status('ADMITTED'), clinicTeam],
    ['NOT_BOOKED', 'is over', {}, status('COMPLETED'), clinicTeam],
    ['NOT_BOOKED', 'is over', {}, status('DID_NOT_ATTEND'), clinicTeam],
    ['IN_THE_PAST', 'has started', { appointment: { startsAt: '2026-11-23T10:00:00Z' } }, undefined, clinicTeam],
    [
      'NOT_AN_OUTPATIENT_APPOINTMENT',
      'a stay in hospital',
      { appointment: { kind: 'ADMISSION' } },
      undefined,
      clinicTeam,
    ],
    ['CLINIC_VIEW_ONLY', 'You can see', { clinic: { mode: 'VIEW_ONLY' } }, undefined, clinicTeam],
    ['MANAGED_IN_E_RS', 'e-Referral Service', { clinic: { mode: 'E_RS' } }, undefined, clinicTeam],
    ['TRANSPORT_BOOKED', 'arranged transport', arranged('TRANSPORT'), undefined, trustTeam],
    ['INTERPRETER_BOOKED', 'an interpreter', arranged('INTERPRETER'), undefined, trustTeam],
    ['REQUEST_PENDING', 'have already asked', {}, asked, clinicTeam],
    ['REQUEST_PENDING', 'have already asked', { clinic: { mode: 'REQUEST' } }, asked, clinicTeam],
  ] as [
    string,
    string,
    Parameters<typeof somebodyBooked>[1],
    ((it: Booked) => Promise<unknown>) | undefined,
    object,
  ][])(
    'is %s: "%s", said on the page and again when it is tried, with whom to phone',
    async (reason, words, circumstances, then, contact) => {
      const booked = await somebodyBooked(hospital, circumstances)
      await then?.(booked)
      const link = reason === 'MANAGED_IN_E_RS' ? 'https://refer.nhs.uk/login' : null
      const { canReschedule, canCancel } = await pageOf(hospital, booked)
      const refusal = { reason, message: expect.stringContaining(words), contact, link }
      expect(canReschedule).toEqual({ __typename: 'RescheduleClosed', ...refusal })
      expect(canCancel).toEqual({ __typename: 'CancelClosed', ...refusal })
      expect(await reschedule(hospital, booked, 'any')).toEqual({ ...canReschedule, __typename: 'CannotReschedule' })
      expect(await cancel(hospital, booked)).toEqual({ ...canCancel, __typename: 'CannotCancel' })
    },
  )

  it('says each time what cannot be done, and tells whom to contact in words too', async () => {
    const booked = await somebodyBooked(hospital, arranged('TRANSPORT'))
    const { canReschedule, canCancel } = await pageOf(hospital, booked)
    expect([canReschedule.message, canCancel.message]).toEqual([
      'We have arranged transport for this appointment, so you cannot change it here. To change it, contact us (Appointments team).',
      'We have arranged transport for this appointment, so you cannot cancel it here. To cancel it, contact us (Appointments team).',
    ])
  })

  it('is that the clinic wants to be asked, only when it is done all the same', async () => {
    const booked = await somebodyBooked(hospital, { clinic: { mode: 'REQUEST' } })
    const { canReschedule, canCancel } = await pageOf(hospital, booked)
    expect([canReschedule.__typename, canCancel.__typename]).toEqual(['RescheduleByRequest', 'CancelByRequest'])
    const refusal = {
      reason: 'CLINIC_ANSWERS_REQUESTS',
      message: expect.stringContaining('ask us to'),
      contact: clinicTeam,
    }
    expect(await reschedule(hospital, booked, 'any')).toMatchObject({ __typename: 'CannotReschedule', ...refusal })
    expect(await cancel(hospital, booked)).toMatchObject({ __typename: 'CannotCancel', ...refusal })
  })

  it('is the limit, of changes and not of cancelling', async () => {
    const booked = await somebodyBooked(hospital)
    await hospital.sql('update appointment set times_rescheduled = 2 where id = ?', booked.id)
    const { canReschedule, canCancel } = await pageOf(hospital, booked)
    expect([canReschedule.reason, canCancel.__typename]).toEqual(['LIMIT_REACHED', 'CancelOpen'])
    expect((await cancel(hospital, booked)).__typename).toBe('AppointmentCancelled')
  })

  it('does not count where staff make the changes', async () => {
    const booked = await somebodyBooked(hospital, { clinic: { mode: 'REQUEST' } })
    await hospital.sql('update appointment set times_rescheduled = 2 where id = ?', booked.id)
    expect((await pageOf(hospital, booked)).canReschedule.__typename).toBe('RescheduleByRequest')
  })

  it('is nothing while the hospital has not confirmed the last change, or has refused it', async () => {
    const booked = await somebodyBooked(hospital, { free: [8, 9] })
    await reschedule(hospital, booked, await slotOn(hospital, booked, 8))
    expect((await pageOf(hospital, booked)).canReschedule.__typename).toBe('RescheduleOpen')
    await hospital.sql(`update appointment set hospital_confirmation = 'REFUSED' where id = ?`, booked.id)
    const again: Outcome = await reschedule(hospital, booked, await slotOn(hospital, booked, 9), { version: 2 })
    expect(again.appointment.hospitalConfirmation).toBe('BEING_CONFIRMED')
  })
})

describe.each([
  ['west-herts', true, 'Dermatology bookings'],
  ['southampton', false, 'Dermatology bookings'],
])('what can be done, by the rules of %s', (profile, discharges) => {
  let hospital: Behind
  beforeAll(async () => {
    hospital = await behind(appointments, { profile })
  })
  afterAll(() => hospital.stop())

  const shown = `
    canReschedule { __typename ... on RescheduleOpen { remaining limit } ... on RescheduleByRequest { answerWithinWorkingDays } }
    canCancel { __typename ... on CancelOpen { discharges undoMinutes } ... on CancelByRequest { discharges answerWithinWorkingDays } }`
  const asSeen = async ({ viewer, id }: Booked) =>
    (await hospital.ask(viewer, `query ($id: ID!) { appointment(id: $id) { ${shown} } }`, { id })).data?.appointment

  it('is to change and to cancel at once, so often and with so much time to undo', async () => {
    const booked = await somebodyBooked(hospital, { free: [8] })
    const canCancel = { __typename: 'CancelOpen', discharges, undoMinutes: 30 }
    expect(await asSeen(booked)).toEqual({
      canReschedule: { __typename: 'RescheduleOpen', remaining: 2, limit: 2 },
      canCancel,
    })
    await reschedule(hospital, booked, await slotOn(hospital, booked, 8))
    expect(await asSeen(booked)).toEqual({
      canReschedule: { __typename: 'RescheduleOpen', remaining: 1, limit: 2 },
      canCancel,
    })
  })

  it('is to ask, with the days in which staff answer', async () => {
    const booked = await somebodyBooked(hospital, { clinic: { mode: 'REQUEST' } })
    expect(await asSeen(booked)).toEqual({
      canReschedule: { __typename: 'RescheduleByRequest', answerWithinWorkingDays: 2 },
      canCancel: { __typename: 'CancelByRequest', discharges, answerWithinWorkingDays: 2 },
    })
  })

  it('is nothing that a stranger can see', async () => {
    const booked = await somebodyBooked(hospital)
    const stranger = { ...booked.viewer, patientIds: [randomUUID()] }
    expect(await asSeen({ ...booked, viewer: stranger })).toBeNull()
  })
})

describe('the notice the hospital asks for', () => {
  let hospital: Behind
  beforeAll(async () => {
    hospital = await behind(appointments)
  })
  afterAll(() => hospital.stop())

  it.each([
    ['2026-04-07', '2026-03-31'],
    ['2026-11-26', '2026-11-23'],
    ['2026-12-29', '2026-12-22'],
    ['2027-01-04', '2026-12-29'],
    ['2027-03-30', '2027-03-23'],
    // A leap day, and the days on which the clocks go back and forward.
    ['2028-03-02', '2028-02-28'],
    ['2028-02-29', '2028-02-24'],
    ['2026-10-26', '2026-10-21'],
    ['2027-03-31', '2027-03-24'],
  ])('of an appointment on %s is given until the end of %s in London, and late after it', async (date, lastDay) => {
    hospital.clock.set(`${lastDay}T12:00:00Z`)
    const booked = await somebodyBooked(hospital, { appointment: { startsAt: `${date}T09:00:00Z` }, free: [] })
    const notice = `notice { workingDays lastDay late contact { team } }`
    const query = `query ($id: ID!) { appointment(id: $id) { canReschedule { ... on RescheduleOpen { ${notice} } } canCancel { ... on CancelOpen { ${notice} } } } }`
    const noticeAt = async (now: string) => {
      hospital.clock.set(now)
      const { data } = await hospital.ask(booked.viewer, query, { id: booked.id })
      return data?.appointment
    }
    const asked = (late: boolean) => {
      const notice = { workingDays: 3, lastDay, late, contact: { team: 'Dermatology bookings' } }
      return { canReschedule: { notice }, canCancel: { notice } }
    }
    const endOfDay = londonInstant(plusDays(lastDay, 1), '00:00')
    expect(await noticeAt(new Date(endOfDay.getTime() - 1).toISOString())).toEqual(asked(false))
    expect(await noticeAt(endOfDay.toISOString())).toEqual(asked(true))
    // Late warns, and never blocks.
    expect((await cancel(hospital, booked)).__typename).toBe('AppointmentCancelled')
  })

  it('is that of the day in London, also for an appointment just after midnight there', async () => {
    hospital.clock.set('2026-06-01T10:00:00Z')
    // Half past midnight on Thursday 11 June: in UTC it is still Wednesday.
    const booked = await somebodyBooked(hospital, { appointment: { startsAt: '2026-06-10T23:30:00Z' }, free: [] })
    const query = `query ($id: ID!) { appointment(id: $id) { canCancel { ... on CancelOpen { notice { lastDay } } } } }`
    const { data } = await hospital.ask(booked.viewer, query, { id: booked.id })
    expect(data?.appointment).toEqual({ canCancel: { notice: { lastDay: '2026-06-08' } } })
    expect(inDays(hospital, 0)).toBe('2026-06-01T10:00:00.000Z')
  })
})
