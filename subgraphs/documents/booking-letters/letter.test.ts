import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { engines, patient, system } from '../../../test/alone.ts'
import { type Behind, behind } from '../../../test/behind.ts'
import { aBooking } from '../../../test/letter-facts.ts'
import type { Graph } from '../../runtime/reaction.ts'
import type { LetterFacts } from './letter-facts.ts'
import { clinicOfRecord } from '../clinic-of-record.ts'
import { documents } from '../main.ts'

interface Letter {
  id: string
  title: string
  writtenOn: string
  startsAt: string
  trustName: string
  appointment: { id: string }
  addressee: { name: string }
  sections: { heading: string }[]
}

describe.each(engines)('letters about appointments, on %s', (engine) => {
  let hospital: Behind
  let booked: LetterFacts
  /** What the rest of the graph says of the appointment by now. */
  let now: LetterFacts | null
  const graph = { ask: () => Promise.resolve({ appointment: now, patient: now?.patient }) } as unknown as Graph
  beforeAll(async () => {
    hospital = await behind(documents, { engine, graph })
  })
  beforeEach(() => {
    hospital.clock.set('2026-11-23T10:00:00Z')
    const clinic = { ...aBooking.clinic, code: randomUUID() }
    booked = { ...aBooking, id: randomUUID(), clinic, patient: { ...aBooking.patient, id: randomUUID() } }
    now = booked
  })
  afterAll(() => hospital.stop())

  const hear = async (kind: string, event = { id: randomUUID() }, ids = [{ name: 'appointmentId', id: booked.id }]) => {
    const document = `mutation ($input: ReceiveEventInput!) { receiveEvent(input: $input) { __typename } }`
    const { errors } = await hospital.ask(system, document, { input: { ...event, kind, ids } })
    if (errors) throw new Error(JSON.stringify(errors))
  }
  const letterFields = `id title writtenOn startsAt trustName appointment { id } addressee { name } sections { heading }`
  const letterOf = async (appointmentId: string, viewer = patient(booked.patient.id)) => {
    const query = `query ($it: [_Any!]!) { _entities(representations: $it) { ... on Appointment { letter { ${letterFields} } } } }`
    const { data, errors } = await hospital.ask(viewer, query, {
      it: [{ __typename: 'Appointment', id: appointmentId }],
    })
    if (errors) throw new Error(JSON.stringify(errors))
    return (data?._entities as unknown as [{ letter: Letter } | null])[0]?.letter
  }
  const documentOf = async (id: string, viewer = patient(booked.patient.id)) => {
    const query = `query ($id: ID!) { document(id: $id) { __typename id title writtenOn trustName ... on AppointmentLetter { startsAt } } }`
    const { data, errors } = await hospital.ask(viewer, query, { id })
    if (errors) throw new Error(JSON.stringify(errors))
    return data?.document as unknown
  }
  const showsOldTime = async (id: string, startsAtNow: string, viewer = patient(booked.patient.id)) => {
    const query = `query ($it: [_Any!]!) { _entities(representations: $it) { ... on AppointmentLetter { showsOldTime } } }`
    const representation = { __typename: 'AppointmentLetter', id, appointment: { startsAt: startsAtNow } }
    const { data } = await hospital.ask(viewer, query, { it: [representation] })
    return data?._entities as unknown
  }
  const lettersWritten = () => hospital.sql('select id from document where appointment_id = ?', booked.id)

  it('are written when an appointment is booked, on that day in London', async () => {
    hospital.clock.set('2026-06-30T23:30:00Z')
    await hear('appointment.booked')
    const letter = await letterOf(booked.id)
    expect(letter).toMatchObject({
      title: 'Your appointment on Tuesday 1 December 2026',
      writtenOn: '2026-07-01',
      trustName: 'West Hertfordshire Teaching Hospitals NHS Trust',
      startsAt: booked.startsAt,
      appointment: { id: booked.id },
      addressee: { name: 'Ms Amal Haddad' },
    })
    expect(letter?.sections.length).toBeGreaterThan(5)
    const { id, title, writtenOn, trustName, startsAt } = letter as Letter
    const document = { __typename: 'AppointmentLetter', id, title, writtenOn, trustName, startsAt }
    expect(await documentOf(id)).toEqual(document)
  })

  it('keep what they said when the clinic says something else later', async () => {
    await hear('appointment.booked')
    const before = await letterOf(booked.id)
    now = { ...booked, clinic: { ...booked.clinic, name: 'Skin clinic' } }
    expect(await letterOf(booked.id)).toEqual(before)
  })

  it('are written once, however often the event comes', async () => {
    const event = { id: randomUUID() }
    await hear('appointment.booked', event)
    await hear('appointment.booked', event)
    await Promise.all([hear('appointment.booked', event), hear('appointment.booked', event)])
    expect(await lettersWritten()).toHaveLength(1)
  })

  it('are written anew when the hospital moves the appointment; the old one stays', async () => {
    await hear('appointment.booked')
    const old = (await letterOf(booked.id)) as Letter
    now = { ...booked, startsAt: '2026-12-03T09:00:00.000Z', endsAt: '2026-12-03T09:30:00.000Z' }
    await hear('appointment.moved')
    expect(await letterOf(booked.id)).toMatchObject({ title: 'Your appointment on Thursday 3 December 2026' })
    expect(await documentOf(old.id)).toMatchObject({ title: 'Your appointment on Tuesday 1 December 2026' })
  })

  it('are not written anew when the patient changes, cancels or books the appointment again; the old one stays', async () => {
    await hear('appointment.booked')
    const written = (await letterOf(booked.id)) as Letter
    now = { ...booked, startsAt: '2026-12-03T09:00:00.000Z', endsAt: '2026-12-03T09:30:00.000Z' }
    await hear('appointment.rescheduled')
    await hear('appointment.cancelled')
    now = { ...now, status: 'CANCELLED' }
    expect(await letterOf(booked.id)).toEqual(written)
    expect(await documentOf(written.id)).toMatchObject({ title: 'Your appointment on Tuesday 1 December 2026' })
    await hear('appointment.cancellation-undone')
    expect(await lettersWritten()).toHaveLength(1)
  })

  it('say the new time when the hospital moves what the patient had changed', async () => {
    await hear('appointment.booked')
    now = { ...booked, startsAt: '2026-12-03T09:00:00.000Z', endsAt: '2026-12-03T09:30:00.000Z' }
    await hear('appointment.rescheduled')
    now = { ...booked, startsAt: '2026-12-04T09:00:00.000Z', endsAt: '2026-12-04T09:30:00.000Z' }
    await hear('appointment.moved')
    const { id, title } = (await letterOf(booked.id)) as Letter
    expect(title).toBe('Your appointment on Friday 4 December 2026')
    expect(await showsOldTime(id, now.startsAt)).toEqual([{ showsOldTime: false }])
  })

  it('stand for whose record it is now, after two records were made one, and for nobody else after that was undone', async () => {
    await hear('appointment.booked')
    const { id } = (await letterOf(booked.id)) as Letter
    const survivor = patient('the-survivor', { patientIds: ['the-survivor', booked.patient.id] })
    expect(await letterOf(booked.id, survivor)).toMatchObject({ id, appointment: { id: booked.id } })
    expect(await documentOf(id, survivor)).toMatchObject({ id })
    expect(await showsOldTime(id, booked.startsAt, survivor)).toEqual([{ showsOldTime: false }])
    expect(await documentOf(id, patient('the-survivor'))).toBeNull()
  })

  it('are not written twice alike when booked and moved are heard late', async () => {
    await hear('appointment.booked')
    await hear('appointment.moved')
    expect(await lettersWritten()).toHaveLength(1)
  })

  it('are not written for what was cancelled meanwhile, or cannot be found', async () => {
    now = { ...booked, status: 'CANCELLED' }
    await hear('appointment.booked')
    now = null
    await hear('appointment.booked')
    expect(await lettersWritten()).toHaveLength(0)
    expect(await letterOf(booked.id)).toBeUndefined()
  })

  it('are hidden with their clinic, and shown with it again', async () => {
    await hear('appointment.booked')
    const { id } = (await letterOf(booked.id)) as Letter
    const clinic = [{ name: 'clinicCode', id: booked.clinic.code }]
    await hear('clinic.excluded', { id: randomUUID() }, clinic)
    expect(await documentOf(id)).toBeNull()
    expect(await letterOf(booked.id)).toBeUndefined()
    await hear('clinic.included', { id: randomUUID() }, clinic)
    expect(await documentOf(id)).not.toBeNull()
  })

  it('are hidden from the first when the clinic is kept out by the time they are written', async () => {
    now = { ...booked, clinic: { ...booked.clinic, excluded: true } }
    await hear('appointment.booked')
    expect(await letterOf(booked.id)).toBeUndefined()
    expect(await lettersWritten()).toHaveLength(1)
  })

  it('go by what was last heard of the clinic, not by what the graph had said of it before', async () => {
    const clinic = [{ name: 'clinicCode', id: booked.clinic.code }]
    await hear('clinic.excluded', { id: randomUUID() }, clinic)
    // What was read a moment ago: it was shown then.
    now = { ...booked, clinic: { ...booked.clinic, excluded: false } }
    await hear('appointment.booked')
    expect(await lettersWritten()).toHaveLength(1)
    expect(await letterOf(booked.id)).toBeUndefined()
    await hear('clinic.included', { id: randomUUID() }, clinic)
    expect(await letterOf(booked.id)).toBeDefined()
  })

  it('are hidden also when the clinic is being kept out at the moment in which they are written', async () => {
    for (let round = 0; round < 20; round++) {
      const code = `${engine}-${round}`
      now = { ...booked, id: randomUUID(), clinic: { ...booked.clinic, code } }
      const clinic = [{ name: 'clinicCode', id: code }]
      const written = hear('appointment.booked', { id: randomUUID() }, [{ name: 'appointmentId', id: now.id }])
      await Promise.all([written, hear('clinic.excluded', { id: randomUUID() }, clinic)])
      const shown = engine === 'sqlite' ? '0' : 'false'
      expect(await hospital.sql(`select id from document where clinic_code = ? and excluded = ${shown}`, code)).toEqual(
        [],
      )
    }
  })

  it.each([true, false])('make their clinic known when nobody had heard of it (kept out: %s)', async (excluded) => {
    const { code } = booked.clinic
    now = { ...booked, clinic: { ...booked.clinic, excluded } }
    await hear('appointment.booked')
    const known = await hospital.fork().transactional((em) => clinicOfRecord(em, ['NONE', code]))
    expect(known).toEqual({ clinicCode: code, known: true, excluded })
  })

  it('are nobody else’s, through every door', async () => {
    await hear('appointment.booked')
    const { id } = (await letterOf(booked.id)) as Letter
    const stranger = patient('a-stranger')
    expect(await documentOf(id, stranger)).toBeNull()
    expect(await documentOf(randomUUID(), stranger)).toBeNull()
    const query = `query ($it: [_Any!]!) { _entities(representations: $it) { ... on Appointment { id letter { id } } ... on AppointmentLetter { id title } } }`
    for (const representation of [
      { __typename: 'Appointment', id: booked.id },
      { __typename: 'AppointmentLetter', id },
    ])
      expect(await hospital.ask(stranger, query, { it: [representation] })).toEqual({ data: { _entities: [null] } })
  })

  it('say so when they show an old time, and only then', async () => {
    await hear('appointment.booked')
    const { id } = (await letterOf(booked.id)) as Letter
    expect(await showsOldTime(id, booked.startsAt)).toEqual([{ showsOldTime: false }])
    expect(await showsOldTime(id, '2026-12-03T09:00:00.000Z')).toEqual([{ showsOldTime: true }])
  })

  it('have migrations that say all that the entities say', async () => {
    expect(await hospital.subgraph.pendingChanges()).toBe('')
  })
})
