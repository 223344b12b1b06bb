import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Alone, alone, anonymous, engines, gateway, patient, staff, system } from '../../test/alone.ts'
import { FakeClock } from '../../test/clock.ts'
import { anNhsNumber } from '../../test/nhs-numbers.ts'
import { aHospitalNumber, aPatient } from '../../test/people.ts'
import {
  aPartner,
  askingFor,
  bartsHealth,
  chooseSharing,
  everyCategory,
  recordSharing,
  royalFree,
} from '../../test/sharing.ts'
import { patients, patientsExtra } from './main.ts'

const extra = patientsExtra({ key: Buffer.alloc(32, 7).toString('base64url'), demonstration: false })
const bornOn = '1984-03-09'

describe.each(engines)('the one person a partner asks for, on %s', (engine) => {
  let portal: Alone
  const clock = new FakeClock('2026-11-23T10:00:00Z')
  let nhsNumbers = 0
  beforeAll(async () => {
    portal = await alone(patients, { engine, clock, extra })
    await aPartner(portal)
    await aPartner(portal, bartsHealth)
  })
  afterAll(() => portal.stop())

  const aFreeNhsNumber = () => anNhsNumber((engine === 'sqlite' ? 2600 : 2700) + (nhsNumbers += 1))
  const someone = async (facts: object = {}) => {
    const hospitalNumber = aHospitalNumber()
    const nhsNumber = aFreeNhsNumber()
    const { id } = await aPatient(portal, { hospitalNumber, nhsNumber, ...facts })
    return { id, hospitalNumber, nhsNumber, bornOn, ...facts }
  }
  const sharer = async (facts: object = {}) => {
    const who = await someone(facts)
    await recordSharing(portal, who.id, ['LETTERS'])
    return who
  }
  type Asked = { nhsNumber: string; bornOn: string }
  const find = (fields: string) =>
    `query P($nhsNumber: String!, $bornOn: LocalDate!) { patientByNhsNumber(nhsNumber: $nhsNumber, bornOn: $bornOn) ${fields} }`
  const ask = ({ nhsNumber, bornOn }: Asked, viewer = askingFor(), fields = '{ id name { full } }') =>
    portal.ask(viewer, find(fields), { nhsNumber, bornOn })

  it('is shown by who they are and what they need', async () => {
    const amal = await someone({
      name: { title: 'Dr', given: ['Amal'], family: 'Haddad' },
      preferredLanguage: 'Arabic',
      interpreterLanguage: 'Arabic',
      letterFormat: 'LARGE_PRINT',
      transport: true,
    })
    await chooseSharing(portal, amal.id, ['RESULTS'])
    const fields = `{ id hospitalNumber nhsNumber bornOn name { title given family full }
      needs { preferredLanguage interpreterLanguage letterFormat transport } }`
    expect(await ask(amal, askingFor(), fields)).toEqual({
      data: {
        patientByNhsNumber: {
          id: amal.id,
          hospitalNumber: amal.hospitalNumber,
          nhsNumber: amal.nhsNumber,
          bornOn,
          name: { title: 'Dr', given: ['Amal'], family: 'Haddad', full: 'Dr Amal Haddad' },
          needs: {
            preferredLanguage: 'Arabic',
            interpreterLanguage: 'Arabic',
            letterFormat: 'LARGE_PRINT',
            transport: true,
          },
        },
      },
    })
  })

  it.each([
    'mobile',
    'homePhone',
    'email',
    'address { lines }',
    'paperless',
    'deceased',
    'messageable',
    'formerIds',
    'sharing { organisationCode }',
    'sessions { id }',
  ])('is not shown with their %s', async (field) => {
    const { data, errors } = await ask(await sharer(), askingFor(), `{ ${field} }`)
    expect(Object.values(data?.patientByNhsNumber ?? { hidden: null })).toEqual([null])
    expect(errors?.map((it) => it.extensions?.code)).toEqual(['FORBIDDEN'])
  })

  it('is found by the number with spaces or dashes as well', async () => {
    const { id, nhsNumber } = await sharer()
    const [a, b, c] = [nhsNumber.slice(0, 3), nhsNumber.slice(3, 6), nhsNumber.slice(6)]
    for (const written of [`${a} ${b} ${c}`, `${a}-${b}-${c}`, ` ${nhsNumber} `])
      expect((await ask({ nhsNumber: written, bornOn })).data).toMatchObject({ patientByNhsNumber: { id } })
  })

  it.each([
    '',
    '943 476 591',
    '9434765918',
    '9434765919x',
    'NHS 9434765919',
    '1111111111',
    '94347659190',
    '٩٤٣٤٧٦٥٩١٩',
  ])('has an NHS number: %j is refused in words', async (nhsNumber) => {
    const { errors } = await ask({ nhsNumber, bornOn })
    expect(errors?.[0]).toMatchObject({
      message:
        'nhsNumber: this is not an NHS number. Write its 10 digits, with or without spaces, and look for a slip.',
      extensions: { code: 'BAD_USER_INPUT' },
    })
  })

  it.each([
    ['1984-02-30', 'Write a date as 2026-11-23'],
    ['09/03/1984', 'Write a date as 2026-11-23'],
    ['1984-3-9', 'Write a date as 2026-11-23'],
    ['', 'Write a date as 2026-11-23'],
    ['2026-11-24', 'not in the future'],
    ['1895-12-31', 'not more than 130 years ago'],
  ])('was born on a day: %j is refused in words that do not repeat it', async (day, words) => {
    const { nhsNumber } = await sharer()
    const literal = `{ patientByNhsNumber(nhsNumber: "${nhsNumber}", bornOn: ${JSON.stringify(day)}) { id } }`
    for (const { errors } of [await ask({ nhsNumber, bornOn: day }), await portal.ask(askingFor(), literal)]) {
      expect(errors?.[0]).toMatchObject({
        message: expect.stringContaining(words) as string,
        extensions: { code: 'BAD_USER_INPUT' },
      })
      if (day) expect(JSON.stringify(errors)).not.toContain(day)
    }
  })

  it('is one person in a request, so that dates of birth cannot be tried out by the dozen', async () => {
    const { id, nhsNumber } = await sharer()
    const tries = ['1984-03-09', '1984-03-10', '1984-03-11'].map(
      (day, index) => `try${index}: patientByNhsNumber(nhsNumber: "${nhsNumber}", bornOn: "${day}") { id }`,
    )
    const { data, errors } = await portal.ask(askingFor(), `{ ${tries.join(' ')} }`)
    expect(data).toEqual({ try0: { id }, try1: null, try2: null })
    expect(errors?.map((it) => [it.message, it.extensions?.code])).toEqual(
      ['try1', 'try2'].map(() => ['patientByNhsNumber: ask for one person in a request.', 'BAD_USER_INPUT']),
    )
  })

  it('is looked for by partners alone, and by those who may read who people are', async () => {
    const who = await sharer()
    const others = [patient(who.id), staff, system, gateway, anonymous()]
    for (const viewer of [...others, askingFor(undefined, { scopes: ['appointments.read', 'documents.read'] })]) {
      const { data, errors } = await ask(who, viewer, '{ __typename }')
      expect([data?.patientByNhsNumber, errors?.length]).toEqual([null, 1])
      expect(['FORBIDDEN', 'UNAUTHENTICATED']).toContain(errors?.[0]?.extensions?.code)
    }
    expect((await ask(who, askingFor(bartsHealth))).data?.patientByNhsNumber).toBeNull()
    const nobodys = askingFor()
    delete nobodys.organisation
    expect((await ask(who, nobodys)).data?.patientByNhsNumber).toBeNull()
  })

  it('is met in no other way: not by an id, and not in the next request', async () => {
    const { id, ...who } = await sharer()
    const byId = `query E($r: [_Any!]!) { _entities(representations: $r) { ... on Patient { id name { full } grant } } }`
    const r = [{ __typename: 'Patient', id }]
    const viewer = askingFor()
    const nobody = { data: { _entities: [null] } }
    expect(await portal.ask(viewer, byId, { r })).toEqual(nobody)
    expect((await ask(who, viewer)).data).toMatchObject({ patientByNhsNumber: { id } })
    expect(await portal.ask(viewer, byId, { r })).toEqual(nobody)
    // Grants that somebody else made up are not taken.
    const forged = askingFor(royalFree, { grants: [{ patientIds: [id], categories: everyCategory }] })
    expect(await portal.ask(forged, byId, { r })).toEqual(nobody)
  })

  it('has a grant for nobody but a partner', async () => {
    const { id } = await sharer()
    const query = `query E($r: [_Any!]!) { _entities(representations: $r) { ... on Patient { grant } } }`
    for (const viewer of [patient(id), staff, system])
      expect((await portal.ask(viewer, query, { r: [{ __typename: 'Patient', id }] })).data).toEqual({
        _entities: [{ grant: null }],
      })
  })

  describe('in the audit', () => {
    const looksAt = async (id: string) => {
      const query = `{ me { detailsAccesses(first: 50) { nodes { organisation person personRole things } } } }`
      const { data, errors } = await portal.ask(patient(id), query)
      expect(errors).toBeUndefined()
      return (data?.me as unknown as { detailsAccesses: { nodes: object[] } }).detailsAccesses.nodes
    }
    const look = { organisation: royalFree.name, person: 'a.osei', personRole: 'Consultant' }

    it.each([
      ['one field', '{ id }'],
      ['nothing of them', '{ __typename }'],
      ['everything', '{ id bornOn name { full family } needs { transport } grant }'],
    ])('is one row for each request, when it asks for %s', async (_, fields) => {
      const who = await sharer()
      await ask(who, askingFor(), fields)
      expect(await looksAt(who.id)).toEqual([{ ...look, things: ['Patient'] }])
      await ask(who, askingFor(), fields)
      expect(await looksAt(who.id)).toHaveLength(2)
    })

    it('has none of a look in vain', async () => {
      const who = await someone()
      await ask(who)
      await ask({ ...who, bornOn: '1984-03-10' })
      expect(await looksAt(who.id)).toEqual([])
    })
  })
})
