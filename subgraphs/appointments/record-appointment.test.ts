import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { engines, patient } from '../../test/alone.ts'
import { type Behind, behind } from '../../test/behind.ts'
import {
  aClinic,
  anAppointment,
  anIdentifier,
  clinicFacts,
  inDays,
  recordAppointment,
  recordCancellation,
} from '../../test/bookings.ts'
import { appointments } from './main.ts'

const london = {
  site: 'St Albans City Hospital',
  department: null,
  addressLines: ['Waverley Road'],
  postcode: 'AL3 5PN',
}

describe.each(engines)("taking the hospital's word, on %s", (engine) => {
  let hospital: Behind
  let patientId: string
  beforeAll(async () => {
    hospital = await behind(appointments, { engine })
  })
  beforeEach(async () => {
    hospital.clock.set('2026-11-23T10:00:00Z')
    patientId = randomUUID()
    await hospital.subgraph.settle()
    hospital.told.length = 0
  })
  afterAll(() => hospital.stop())

  const told = async () => {
    await hospital.subgraph.settle()
    const ofAppointments = hospital.told.splice(0).filter((it) => it.kind.startsWith('appointment.'))
    return ofAppointments.map((it) => `${it.kind} to ${it.subscriber}`)
  }
  const shown = async (id: string) => {
    const { data } = await hospital.ask(patient(patientId), `query ($id: ID!) { appointment(id: $id) { id } }`, { id })
    return data?.appointment != null
  }
  const seatOf = async (hospitalId: string) => {
    const query = `select a.seat, s.hospital_id as slot from appointment a left join slot s on s.id = a.slot_id where a.hospital_id = ?`
    return (await hospital.sql<{ seat: number | null; slot: string | null }>(query, hospitalId))[0]
  }

  it('books an appointment as its clinic does it, and tells of it', async () => {
    const clinicCode = await aClinic(hospital)
    const word = await recordAppointment(hospital, { patientId, clinicCode, startsAt: '2026-12-01T09:00:00Z' })
    expect(word).toMatchObject({
      __typename: 'AppointmentRecorded',
      created: true,
      flags: ['SLOT_CREATED'],
      appointment: {
        status: 'BOOKED',
        kind: 'OUTPATIENT',
        endsAt: '2026-12-01T09:30:00.000Z',
        medium: 'FACE_TO_FACE',
        place: { site: 'Watford General Hospital' },
        version: 1,
      },
    })
    expect(await told()).toEqual(['appointment.booked to documents', 'appointment.booked to messages'])
  })

  it('takes what a booking says before what its clinic says', async () => {
    const arrangements = [
      { kind: 'INTERPRETER', detail: 'Polish' },
      { kind: 'TRANSPORT', detail: null },
    ]
    const special = { place: london, clinician: 'Dr Priya Shah', arrangements, endsAt: inDays(hospital, 7, 45) }
    const booked = await anAppointment(hospital, { patientId, ...special })
    const { site, department } = london
    expect(booked).toMatchObject({ place: { site, department }, clinician: 'Dr Priya Shah', arrangements })
    expect(booked.endsAt).toBe(special.endsAt)
    const byPhone = await anAppointment(hospital, { patientId, medium: 'PHONE' })
    expect(byPhone).toMatchObject({ medium: 'PHONE', place: null })
  })

  it('keeps an admission over several days, without a slot', async () => {
    const stay = { kind: 'ADMISSION', startsAt: '2026-12-01T07:30:00Z', endsAt: '2026-12-04T15:00:00Z' }
    const clinicCode = await aClinic(hospital, { mode: 'VIEW_ONLY' })
    const word = await recordAppointment(hospital, { patientId, clinicCode, ...stay })
    expect(word.flags).toEqual([])
    expect(word.appointment).toMatchObject({ kind: 'ADMISSION', endsAt: '2026-12-04T15:00:00.000Z' })
    expect(await seatOf(word.appointment.hospitalId)).toEqual({ seat: null, slot: null })
  })

  it('moves an appointment to another time, and tells of it', async () => {
    const { hospitalId, id } = await anAppointment(hospital, { patientId })
    await told()
    const moved = await recordAppointment(hospital, { hospitalId, patientId, startsAt: inDays(hospital, 9) })
    expect(moved).toMatchObject({ created: false, appointment: { id, startsAt: inDays(hospital, 9), version: 2 } })
    expect(moved.appointment.endsAt).toBe(inDays(hospital, 9, 30))
    expect(await told()).toEqual(['appointment.moved to documents', 'appointment.moved to messages'])
  })

  it.each([
    ['place', { place: london }],
    ['medium', { medium: 'VIDEO' }],
  ])('calls another %s a move', async (_, change) => {
    const { hospitalId } = await anAppointment(hospital, { patientId })
    await told()
    await recordAppointment(hospital, { hospitalId, patientId, ...change })
    expect(await told()).toEqual(['appointment.moved to documents', 'appointment.moved to messages'])
  })

  it('changes nothing when it hears the same again', async () => {
    const facts = { patientId, place: london, arrangements: [{ kind: 'INTERPRETER', detail: 'BSL' }] }
    const booked = await anAppointment(hospital, facts)
    await told()
    const { hospitalId, startsAt, version } = booked
    const again = await recordAppointment(hospital, { ...facts, hospitalId, startsAt })
    expect(again.appointment.version).toBe(version)
    expect(await told()).toEqual([])
  })

  it('leaves alone what a message leaves out, and clears what it clears', async () => {
    const { hospitalId } = await anAppointment(hospital, { patientId, clinician: 'Dr Priya Shah', place: london })
    const silent = await recordAppointment(hospital, { hospitalId, patientId })
    expect(silent.appointment).toMatchObject({ clinician: 'Dr Priya Shah', place: { site: london.site } })
    const cleared = await recordAppointment(hospital, { hospitalId, patientId, clinician: null, place: null })
    expect(cleared.appointment).toMatchObject({ clinician: null, place: { site: clinicFacts.place.site } })
  })

  it('goes by when things happened, not by when it heard of them', async () => {
    const at = (hour: number) => ({ eventAt: `2026-11-23T0${hour}:00:00Z` })
    const { hospitalId } = await anAppointment(hospital, { patientId, ...at(5) })
    await told()
    const late = await recordAppointment(hospital, { hospitalId, patientId, startsAt: inDays(hospital, 1), ...at(4) })
    expect(late).toMatchObject({
      flags: ['OLDER_THAN_RECORD'],
      appointment: { startsAt: inDays(hospital, 7), version: 1 },
    })
    const lateEnd = await recordCancellation(hospital, { hospitalId, patientId, ...at(3) })
    expect(lateEnd).toMatchObject({ flags: ['OLDER_THAN_RECORD'], appointment: { status: 'BOOKED', version: 1 } })
    expect(await told()).toEqual([])
    await recordCancellation(hospital, { hospitalId, patientId, ...at(7) })
    const between = await recordAppointment(hospital, {
      hospitalId,
      patientId,
      startsAt: inDays(hospital, 2),
      ...at(6),
    })
    expect(between).toMatchObject({ flags: ['OLDER_THAN_RECORD'], appointment: { status: 'CANCELLED' } })
  })

  it('books again what was cancelled, when the hospital says so', async () => {
    const { hospitalId, id } = await anAppointment(hospital, { patientId })
    await recordCancellation(hospital, { hospitalId, patientId, reason: 'Dr Shah is ill.' })
    await told()
    hospital.clock.pass(60)
    const again = await recordAppointment(hospital, { hospitalId, patientId, startsAt: inDays(hospital, 9) })
    expect(again).toMatchObject({
      created: false,
      appointment: { id, status: 'BOOKED', cancellation: null, version: 3 },
    })
    expect(await told()).toEqual(['appointment.booked to documents', 'appointment.booked to messages'])
    expect((await seatOf(hospitalId))?.seat).toBe(1)
  })

  it('does one message once, and refuses its key for another', async () => {
    const clinicCode = await aClinic(hospital)
    const message = {
      idempotencyKey: randomUUID(),
      hospitalId: anIdentifier('APPT'),
      patientId,
      clinicCode,
      startsAt: inDays(hospital, 7),
    }
    const [first, second] = [await recordAppointment(hospital, message), await recordAppointment(hospital, message)]
    expect(second).toEqual(first)
    await expect(recordAppointment(hospital, { ...message, startsAt: inDays(hospital, 8) })).rejects.toThrow(
      'already used',
    )
  })

  it('never gives an appointment of one patient to another', async () => {
    const { hospitalId } = await anAppointment(hospital, { patientId })
    const other = { hospitalId, patientId: 'ben', startsAt: inDays(hospital, 9) }
    expect((await recordAppointment(hospital, other)).__typename).toBe('PatientDiffers')
    expect((await recordCancellation(hospital, other2(other))).__typename).toBe('PatientDiffers')
    const unchanged = await recordAppointment(hospital, { hospitalId, patientId })
    expect(unchanged.appointment).toMatchObject({ status: 'BOOKED', startsAt: inDays(hospital, 7), version: 1 })
  })
  const other2 = ({ hospitalId, patientId: someone }: { hospitalId: string; patientId: string }) => ({
    hospitalId,
    patientId: someone,
  })

  it.each([
    ['clinicCode', { startsAt: '2026-12-01T09:00:00Z' }, 'clinicCode: say in which clinic the new appointment is.'],
    ['startsAt', { clinicCode: true }, 'startsAt: say when the new appointment starts.'],
    [
      'endsAt',
      { clinicCode: true, startsAt: '2026-12-01T09:00:00Z', endsAt: '2026-12-01T09:00:00Z' },
      'endsAt: must be later than startsAt.',
    ],
  ])('says that %s is missing or wrong', async (field, facts: Record<string, unknown>, message) => {
    const clinicCode = facts.clinicCode ? await aClinic(hospital) : undefined
    const word = await recordAppointment(hospital, { patientId, ...facts, clinicCode })
    expect(word).toEqual({ __typename: 'AppointmentIncomplete', field, message })
  })

  it('asks for the clinic first when it does not know it', async () => {
    const word = await recordAppointment(hospital, { patientId, clinicCode: 'NOPE', startsAt: inDays(hospital, 7) })
    expect(word).toEqual({
      __typename: 'ClinicNotFound',
      message: 'There is no clinic with the code "NOPE". Publish the clinic first, then send this again.',
    })
  })

  it.each(['', ' ', 'x'.repeat(101)])('refuses the identifier "%s"', async (hospitalId) => {
    const clinicCode = await aClinic(hospital)
    const facts = { patientId, clinicCode, startsAt: inDays(hospital, 7) }
    await expect(recordAppointment(hospital, { ...facts, hospitalId })).rejects.toThrow(
      'hospitalId: use 1 to 100 characters.',
    )
    await expect(recordAppointment(hospital, { ...facts, patientId: hospitalId })).rejects.toThrow(
      'patientId: use 1 to 100',
    )
    await expect(recordCancellation(hospital, { patientId, hospitalId })).rejects.toThrow(
      'hospitalId: use 1 to 100 characters.',
    )
  })

  it('keeps out what the trust keeps out, and says so', async () => {
    const clinicCode = await aClinic(hospital, { excluded: true })
    const word = await recordAppointment(hospital, { patientId, clinicCode, startsAt: inDays(hospital, 7) })
    expect(word.__typename).toBe('AppointmentKeptOut')
    expect(await hospital.sql('select id from appointment where patient_id = ?', patientId)).toEqual([])
    expect(await told()).toEqual([])
  })

  it('follows an appointment into a clinic that is kept out, and out of it again, and shows it only outside', async () => {
    const { hospitalId, id, clinic } = await anAppointment(hospital, { patientId })
    const excluded = await aClinic(hospital, { excluded: true })
    await told()
    await recordAppointment(hospital, { hospitalId, patientId, clinicCode: excluded })
    expect([await shown(id), await told()]).toEqual([false, []])
    hospital.clock.pass(1)
    await recordAppointment(hospital, { hospitalId, patientId, clinicCode: clinic.code })
    expect(await shown(id)).toBe(true)
    expect(await told()).toEqual(['appointment.booked to documents', 'appointment.booked to messages'])
  })

  it('makes one appointment of twenty messages about it that arrive at once', async () => {
    const clinicCode = await aClinic(hospital)
    const facts = { hospitalId: anIdentifier('APPT'), patientId, clinicCode, startsAt: inDays(hospital, 7) }
    const words = await Promise.all(Array.from({ length: 20 }, () => recordAppointment(hospital, facts)))
    expect(new Set(words.map((it) => it.appointment.id)).size).toBe(1)
    expect(words.filter((it) => it.created)).toHaveLength(1)
    expect(words.map((it) => it.appointment.version)).toEqual(Array(20).fill(1))
    expect(await told()).toHaveLength(2)
  })

  it('has migrations that say all that the entities say', async () => {
    expect(await hospital.subgraph.pendingChanges()).toBe('')
  })
})
