import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { engines, patient, system } from '../../test/alone.ts'
import { type Behind, behind } from '../../test/behind.ts'
import { aClinic, anAppointment, clinicFacts, inDays, recordAppointment } from '../../test/bookings.ts'
import { appointments } from './main.ts'

describe.each(engines)('publishing a clinic, on %s', (engine) => {
  let hospital: Behind
  beforeAll(async () => {
    hospital = await behind(appointments, { engine })
  })
  afterAll(() => hospital.stop())

  const shown = async (id: string) => {
    const query = `query ($id: ID!) { appointment(id: $id) { clinic { name specialty mode } place { site } whatToBring preparation } }`
    const { data, errors } = await hospital.ask(patient('amal'), query, { id })
    expect(errors).toBeUndefined()
    return data?.appointment as unknown
  }
  const told = async () => {
    await hospital.subgraph.settle()
    return hospital.told.splice(0).filter((it) => it.kind.startsWith('clinic.'))
  }

  it('shows its appointments what holds for all of them', async () => {
    const { id } = await anAppointment(hospital)
    expect(await shown(id)).toEqual({
      clinic: { name: 'Dermatology clinic', specialty: 'Dermatology', mode: 'DIRECT' },
      place: { site: 'Watford General Hospital' },
      whatToBring: ['A list of your medicines'],
      preparation: ['Do not wear make-up'],
    })
  })

  it('replaces what was published before, also for appointments that are booked', async () => {
    const code = await aClinic(hospital)
    const { id } = await anAppointment(hospital, { clinicCode: code })
    await aClinic(hospital, { code, name: 'Skin clinic', mode: 'REQUEST', whatToBring: [], place: null })
    expect(await shown(id)).toMatchObject({
      clinic: { name: 'Skin clinic', mode: 'REQUEST' },
      whatToBring: [],
      place: null,
    })
  })

  it('hides the appointments of a clinic that the trust keeps out from now on, and shows them again later', async () => {
    await told()
    const code = await aClinic(hospital)
    expect(await told()).toEqual([{ subscriber: 'documents', kind: 'clinic.included', ids: { clinicCode: code } }])
    const { id } = await anAppointment(hospital, { clinicCode: code })
    await aClinic(hospital, { code, excluded: true })
    expect(await shown(id)).toBeNull()
    expect(await told()).toEqual([{ subscriber: 'documents', kind: 'clinic.excluded', ids: { clinicCode: code } }])
    await aClinic(hospital, { code, excluded: true })
    expect(await told()).toEqual([])
    await aClinic(hospital, { code })
    expect(await shown(id)).not.toBeNull()
    expect(await told()).toEqual([{ subscriber: 'documents', kind: 'clinic.included', ids: { clinicCode: code } }])
  })

  it('tells of a clinic that is kept out from the first', async () => {
    await told()
    const code = await aClinic(hospital, { excluded: true })
    expect(await told()).toEqual([{ subscriber: 'documents', kind: 'clinic.excluded', ids: { clinicCode: code } }])
  })

  it('hides a booking too that arrives while its clinic is being kept out', async () => {
    for (let round = 0; round < 10; round++) {
      const code = await aClinic(hospital)
      const booking = recordAppointment(hospital, {
        patientId: 'amal',
        clinicCode: code,
        startsAt: inDays(hospital, 7),
      })
      await Promise.all([booking, aClinic(hospital, { code, excluded: true })])
    }
    const left = `select a.id from appointment a join clinic c on c.code = a.clinic_code where a.excluded <> c.excluded`
    expect(await hospital.sql(left)).toEqual([])
  })

  it('keeps the words of letters from patients', async () => {
    const code = await aClinic(hospital, { letterIntroduction: 'Welcome', ifYouDoNotAttend: 'We may discharge you.' })
    const { id } = await anAppointment(hospital, { clinicCode: code })
    const query = `query ($id: ID!) { appointment(id: $id) { clinic { letterIntroduction ifYouDoNotAttend } } }`
    const forPatient = await hospital.ask(patient('amal'), query, { id })
    expect(forPatient.errors?.[0]?.extensions?.code).toBe('FORBIDDEN')
    const { data } = await hospital.ask(system, query, { id })
    const words = { letterIntroduction: 'Welcome', ifYouDoNotAttend: 'We may discharge you.' }
    expect(data?.appointment).toEqual({ clinic: words })
  })

  it('is published once by twenty that do so at once', async () => {
    const code = `RACE-${engine}`
    await Promise.all(Array.from({ length: 20 }, () => aClinic(hospital, { code })))
    expect(await hospital.sql('select code from clinic where code = ?', code)).toHaveLength(1)
  })

  it.each([
    ['an empty code', { code: ' ' }, 'code: must not be empty.'],
    ['an empty name', { name: '' }, 'name: must not be empty.'],
    ['appointments of no length', { appointmentMinutes: 0 }, 'appointmentMinutes: must be 1 to 1440 minutes.'],
    [
      'a phone number as people write it',
      { contact: { ...clinicFacts.contact, phone: '020 7946 0120' } },
      'contact.phone: write phone numbers as +442079460100.',
    ],
    [
      'no e-mail address',
      { contact: { ...clinicFacts.contact, email: 'dermatology' } },
      'contact.email: must be an e-mail address.',
    ],
  ])('refuses %s', async (_, facts, message) => {
    await expect(aClinic(hospital, facts)).rejects.toThrow(message)
  })
})
