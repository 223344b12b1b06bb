import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Fault } from '../hl7/fault.ts'
import { parseMessage } from '../hl7/message.ts'
import { readAppointment } from '../reading/appointment.ts'
import { readEventTime } from '../reading/event-time.ts'
import { readPerson } from '../reading/person.ts'
import { bookAppointment, cancelAppointment, moveAppointment, registerPatient, updatePatient } from './messages.ts'

const at = new Date('2026-11-22T10:30:00Z')
const elin = { hospitalNumber: 'W100007', given: ['Elin'], family: 'Ferch-Rhys', bornOn: '1992-02-29' }

/** What the portal reads in a message, and what it finds wrong with it. */
function understood(message: string) {
  const faults: Fault[] = []
  const parsed = parseMessage(message)
  const person = readPerson(parsed, faults)
  const eventAt = readEventTime(parsed, at, faults)
  const appointment = parsed.segment('SCH') && readAppointment(parsed, faults)
  return { person, appointment, eventAt, faults, type: parsed.header.text(9, 2) }
}

describe('a message of the hospital in a box', () => {
  it('registers a person with everything that is known', () => {
    const message = registerPatient(
      {
        ...elin,
        nhsNumber: '9990332568',
        title: 'Ms',
        given: ['Elin', 'Mair'],
        sex: '2',
        address: { lines: ['Tŷ Gwyn', '9 The Ridgeway', 'Radlett'], postcode: 'WD7 8LB' },
        mobile: '07700900007',
        homePhone: '020 7946 0207',
        email: 'elin@example.com',
        language: 'cy',
        generalPractice: 'E82001',
        deceased: false,
        sensitive: false,
      },
      { at },
    )
    expect(understood(message)).toMatchObject({
      type: 'A28',
      faults: [],
      eventAt: at,
      person: {
        hospitalNumber: 'W100007',
        nhsNumber: '9990332568',
        name: { title: 'Ms', given: ['Elin', 'Mair'], family: 'Ferch-Rhys' },
        bornOn: '1992-02-29',
        sex: '2',
        address: { lines: ['Tŷ Gwyn', '9 The Ridgeway', 'Radlett'], postcode: 'WD7 8LB' },
        mobile: '+447700900007',
        homePhone: '+442079460207',
        email: 'elin@example.com',
        preferredLanguage: 'cy',
        generalPractice: 'E82001',
        deceased: false,
        sensitive: false,
      },
    })
  })

  it('leaves empty what is not known', () => {
    expect(understood(updatePatient({ hospitalNumber: 'W100007' }, { at }))).toEqual({
      type: 'A31',
      faults: [],
      eventAt: at,
      person: { hospitalNumber: 'W100007' },
      appointment: undefined,
    })
  })

  it('books an appointment in London time, also in summer', () => {
    const startsAt = new Date('2027-07-15T09:30:00Z')
    const message = bookAppointment(
      elin,
      {
        id: 'HB-1',
        clinicCode: 'EYE1',
        startsAt,
        minutes: 40,
        clinician: 'Dr Priya Shah',
        medium: 'VIDEO',
        kind: 'OUTPATIENT',
      },
      { at, facility: 'RWG', controlId: 'C-1' },
    )
    expect(message).toContain('20270715103000+0100')
    expect(understood(message)).toMatchObject({
      type: 'S12',
      faults: [],
      eventAt: at,
      appointment: {
        hospitalId: 'HB-1',
        clinicCodes: [{ where: 'AIS-3', code: 'EYE1' }],
        details: {
          startsAt: '2027-07-15T09:30:00.000Z',
          endsAt: '2027-07-15T10:10:00.000Z',
          kind: 'OUTPATIENT',
          medium: 'VIDEO',
          clinician: 'Dr Priya Shah',
        },
      },
    })
  })

  it('books an admission', () => {
    const stay = { id: 'HB-2', clinicCode: 'SUR1', startsAt: at, minutes: 2880, kind: 'ADMISSION' as const }
    expect(understood(bookAppointment(elin, stay, { at })).appointment?.details).toMatchObject({
      kind: 'ADMISSION',
      endsAt: '2026-11-24T10:30:00.000Z',
    })
  })

  it('moves and cancels without a word on what stays', () => {
    const moved = understood(moveAppointment(elin, { id: 'HB-1', startsAt: at }, { at }))
    expect(moved).toMatchObject({
      type: 'S13',
      faults: [],
      appointment: { clinicCodes: [], details: { startsAt: at.toISOString() } },
    })
    expect(Object.keys(moved.appointment?.details ?? {})).toEqual(['startsAt'])
    const cancelled = understood(cancelAppointment(elin, { id: 'HB-1' }, 'The clinic is closed', { at }))
    expect(cancelled).toMatchObject({
      type: 'S15',
      appointment: { hospitalId: 'HB-1', details: {}, reason: 'The clinic is closed' },
    })
  })

  it.each(['Sam Whitfield', 'Dr Mei Tan', 'Miss Ruth van der Berg', 'Cher'])(
    'names %s as the patient will read it',
    (clinician) => {
      const message = bookAppointment(elin, { id: 'HB-1', clinicCode: 'EYE1', startsAt: at, clinician }, { at })
      expect(understood(message).appointment?.details.clinician).toBe(clinician)
    },
  )

  it('says any name so that the portal reads the same one', () => {
    const word = fc
      .string({ unit: fc.constantFrom(..."aÉßŁ|^~\\&'-z0"), minLength: 1, maxLength: 12 })
      .filter((it) => it.trim() === it && it !== '""')
    fc.assert(
      fc.property(word, word, word, (family, given, line) => {
        const person = { ...elin, family, given: [given], address: { lines: [line] } }
        const read = understood(registerPatient(person, { at }))
        expect(read).toMatchObject({
          faults: [],
          person: { name: { family, given: [given] }, address: { lines: [line] } },
        })
      }),
      { numRuns: 1000 },
    )
  })
})
