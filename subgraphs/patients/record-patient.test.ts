import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Alone, alone, engines, patient, system } from '../../test/alone.ts'
import { FakeClock } from '../../test/clock.ts'
import { aHospitalNumber, recordPerson } from '../../test/people.ts'
import { parseMobile } from './contact.ts'
import { PatientKeys } from './keys.ts'
import { patients } from './main.ts'
import { parseNhsNumber } from './nhs-number.ts'

const extra = { keys: new PatientKeys(Buffer.alloc(32, 7)), demonstration: false }

describe.each(engines)("the hospital's word on a person, on %s", (engine) => {
  let portal: Alone
  const clock = new FakeClock('2026-11-23T10:00:00Z')
  beforeAll(async () => {
    portal = await alone(patients, { engine, clock, extra })
  })
  afterAll(() => portal.stop())

  const at = (time: string) => `2026-11-20T${time}:00Z`

  it('creates a person, and refreshes them by the hospital number', async () => {
    const hospitalNumber = aHospitalNumber()
    const first = await recordPerson(portal, {
      hospitalNumber,
      name: { title: 'Mrs', given: ['Amal', 'Jane'], family: "O'Neil-Núñez" },
    })
    expect(first).toMatchObject({ created: true, patient: { name: { full: "Mrs Amal Jane O'Neil-Núñez" } } })
    const second = await recordPerson(portal, { hospitalNumber, email: 'Amal@Example.com' })
    expect(second).toMatchObject({ created: false, patient: { id: first.patient.id, email: 'amal@example.com' } })
  })

  it('changes nothing for what is left out, and clears what is null', async () => {
    const hospitalNumber = aHospitalNumber()
    await recordPerson(portal, {
      hospitalNumber,
      mobile: '07700 900 555',
      email: 'a@example.com',
      address: { lines: ['1 The Row'], postcode: 'WD1 1AA' },
    })
    const input = { idempotencyKey: randomUUID(), eventAt: clock.now().toISOString(), hospitalNumber, email: null }
    const { data } = await portal.ask(
      system,
      `mutation R($input: RecordPatientInput!) { recordPatient(input: $input) { ... on PatientRecorded { patient { mobile email address { lines } } } } }`,
      { input },
    )
    expect(data?.recordPatient).toEqual({
      patient: { mobile: '+447700900555', email: null, address: { lines: ['1 The Row'] } },
    })
  })

  it('goes by the time of the event and not of its arrival', async () => {
    const hospitalNumber = aHospitalNumber()
    await recordPerson(portal, { hospitalNumber, eventAt: at('12:00'), mobile: '07700 900 600' })
    const late = await recordPerson(portal, { hospitalNumber, eventAt: at('11:59'), mobile: '07700 900 601' })
    expect(late).toMatchObject({ flags: ['OLDER_THAN_RECORD'], patient: { mobile: '+447700900600' } })
    const next = await recordPerson(portal, { hospitalNumber, eventAt: at('12:01'), mobile: '07700 900 602' })
    expect(next).toMatchObject({ flags: [], patient: { mobile: '+447700900602' } })
  })

  it('takes a person with an NHS number alone, and gives them a hospital number when it comes', async () => {
    const nhsNumber = '999 058 1983'
    const first = await recordPerson(portal, { hospitalNumber: null, nhsNumber })
    expect(first).toMatchObject({ created: true, patient: { hospitalNumber: null, nhsNumber: '9990581983' } })
    const hospitalNumber = aHospitalNumber()
    expect(await recordPerson(portal, { hospitalNumber, nhsNumber })).toMatchObject({
      created: false,
      patient: { id: first.patient.id, hospitalNumber },
    })
  })

  it.each(['9991234567', '3333333333', '0000000000', '999004157', '99900415711', 'ABCDEFGHIJ', '9990041572'])(
    'drops and flags the NHS number %s',
    async (nhsNumber) => {
      expect(await recordPerson(portal, { nhsNumber })).toMatchObject({
        created: true,
        flags: ['NHS_NUMBER_DROPPED'],
        patient: { nhsNumber: null },
      })
    },
  )

  it("does not take another person's NHS number", async () => {
    const owner = await recordPerson(portal, { nhsNumber: '9990623554' })
    const other = await recordPerson(portal, { nhsNumber: '9990623554' })
    expect(other).toMatchObject({ created: true, flags: ['NHS_NUMBER_DROPPED'], patient: { nhsNumber: null } })
    expect(other.patient.id).not.toBe(owner.patient.id)
  })

  it('drops and flags contacts that cannot be, and keeps the ones it had', async () => {
    const hospitalNumber = aHospitalNumber()
    await recordPerson(portal, { hospitalNumber, mobile: '07700 900 700', email: 'good@example.com' })
    const bad = await recordPerson(portal, { hospitalNumber, mobile: '020 7946 0000', email: 'not an address' })
    expect(bad).toMatchObject({
      flags: ['MOBILE_DROPPED', 'EMAIL_DROPPED'],
      patient: { mobile: '+447700900700', email: 'good@example.com' },
    })
  })

  it('says what is missing', async () => {
    expect(await recordPerson(portal, { hospitalNumber: null, nhsNumber: '3333333333' })).toMatchObject({
      __typename: 'PatientNotIdentified',
    })
    expect(await recordPerson(portal, { hospitalNumber: ' ' })).toMatchObject({ __typename: 'PatientNotIdentified' })
    expect(await recordPerson(portal, { bornOn: '2026-11-24' })).toMatchObject({
      __typename: 'PatientIncomplete',
      field: 'bornOn',
    })
    const input = {
      idempotencyKey: randomUUID(),
      eventAt: clock.now().toISOString(),
      hospitalNumber: aHospitalNumber(),
    }
    const { data } = await portal.ask(
      system,
      `mutation R($input: RecordPatientInput!) { recordPatient(input: $input) { __typename ... on PatientIncomplete { field } } }`,
      { input },
    )
    expect(data?.recordPatient).toEqual({ __typename: 'PatientIncomplete', field: 'name' })
  })

  it('does what it was asked once, however often it is asked', async () => {
    const key = randomUUID()
    const hospitalNumber = aHospitalNumber()
    const facts = { idempotencyKey: key, hospitalNumber, eventAt: at('09:00'), mobile: '07700 900 800' }
    const answers = await Promise.all(Array.from({ length: 20 }, () => recordPerson(portal, facts)))
    expect(new Set(answers.map((it) => JSON.stringify(it))).size).toBe(1)
    expect(answers[0]).toMatchObject({ created: true })
    await expect(recordPerson(portal, { ...facts, mobile: '07700 900 801' })).rejects.toThrow('idempotencyKey')
  })

  it('makes one person of twenty messages about somebody new that arrive at once', async () => {
    const hospitalNumber = aHospitalNumber()
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => recordPerson(portal, { hospitalNumber, eventAt: at('10:00') })),
    )
    expect(answers.filter((it) => it.created)).toHaveLength(1)
    expect(new Set(answers.map((it) => it.patient.id)).size).toBe(1)
  })

  it.each([
    ['the day before turning 18', '2008-11-24', false],
    ['on the 18th birthday', '2008-11-23', true],
    ['born on 29 February, on 28 February', '2008-02-29', true],
  ])('knows who may be written to: %s', async (_, bornOn, messageable) => {
    expect((await recordPerson(portal, { bornOn })).patient.messageable).toBe(messageable)
  })

  it('goes by the clocks of London at midnight in summer', async () => {
    clock.set('2026-06-30T22:59:59Z')
    expect((await recordPerson(portal, { bornOn: '2008-07-01' })).patient.messageable).toBe(false)
    clock.set('2026-06-30T23:00:00Z')
    expect((await recordPerson(portal, { bornOn: '2008-07-01' })).patient.messageable).toBe(true)
    clock.set('2026-02-28T12:00:00Z')
    expect((await recordPerson(portal, { bornOn: '2008-02-29' })).patient.messageable).toBe(false)
    clock.set('2026-03-01T00:00:00Z')
    expect((await recordPerson(portal, { bornOn: '2008-02-29' })).patient.messageable).toBe(true)
    clock.set('2026-11-23T10:00:00Z')
  })

  it('takes two words on one person that arrive together, each by another number', async () => {
    const hospitalNumber = aHospitalNumber()
    await recordPerson(portal, { hospitalNumber, nhsNumber: '9990789835' })
    for (const digit of '12345') {
      clock.pass(1)
      const [mobile, email] = [`0770090032${digit}`, `amal${digit}@example.com`]
      await Promise.all([
        recordPerson(portal, { hospitalNumber, mobile, generalPractice: `E8200${digit}` }),
        recordPerson(portal, { hospitalNumber: null, nhsNumber: '9990789835', mobile, email }),
      ])
      const { patient } = await recordPerson(portal, { hospitalNumber, mobile })
      expect(patient).toMatchObject({ mobile: `+447700900${mobile.slice(-3)}`, email })
    }
  })

  it.each([
    ['a number longer than any', { hospitalNumber: 'T'.repeat(101) }, 'hospitalNumber'],
    ['a name without a letter', { name: { given: [' '], family: '' } }, 'name'],
  ])('says what is wrong with %s', async (_, facts, field) => {
    expect(await recordPerson(portal, facts)).toMatchObject({ __typename: 'PatientIncomplete', field })
  })

  it.each([
    ['a zero byte', String.fromCharCode(0)],
    ['half a character', String.fromCharCode(0xd800)],
  ])('refuses a text that the database cannot hold: %s', async (_, text) => {
    const name = { given: [`A${text}`], family: 'B' }
    await expect(recordPerson(portal, { name })).rejects.toThrow('cannot be stored')
  })

  it('shows a person to themselves alone, by every way in', async () => {
    const mine = (await recordPerson(portal)).patient.id
    const theirs = (await recordPerson(portal)).patient.id
    const entities = `query E($r: [_Any!]!) { _entities(representations: $r) { ... on Patient { id bornOn } } }`
    const both = [mine, theirs, 'nobody'].map((id) => ({ __typename: 'Patient', id }))
    const { data } = await portal.ask(patient(mine), entities, { r: both })
    expect(data?._entities).toEqual([{ id: mine, bornOn: '1984-03-09' }, null, null])
    expect((await portal.ask(patient(mine), `{ me { id } }`)).data?.me).toEqual({ id: mine })
  })
})

describe('numbers', () => {
  it('knows every valid NHS number by its check digit, and no other', () => {
    const weights = [10, 9, 8, 7, 6, 5, 4, 3, 2]
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 9, maxLength: 9 }),
        fc.integer({ min: 0, max: 9 }),
        (digits, last) => {
          const remainder = digits.reduce((sum, digit, index) => sum + digit * (weights[index] ?? 0), 0) % 11
          const right = remainder === 0 ? 0 : 11 - remainder
          const written = [...digits, last].join('')
          const isRepeated = new Set(written).size === 1
          expect(parseNhsNumber(`${written.slice(0, 3)} ${written.slice(3, 6)}-${written.slice(6)}`)).toBe(
            right === last && !isRepeated ? written : undefined,
          )
        },
      ),
      { numRuns: 2000 },
    )
  })

  it.each([
    ['07700900123', '+447700900123'],
    ['+44 7700 900123', '+447700900123'],
    ['0044 (0)7700-900-123', '+447700900123'],
    ['07624 123456', '+447624123456'],
    ['07012345678', undefined],
    ['07612345678', undefined],
    ['+33612345678', undefined],
    ['0770090012', undefined],
    ['077009001234', undefined],
  ])('reads %s as a mobile', (written, expected) => {
    expect(parseMobile(written)).toBe(expected)
  })
})
