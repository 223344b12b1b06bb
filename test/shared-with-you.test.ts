import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { engines, patient, staff, system } from './alone.ts'
import { behindTheDoor } from './crowd.ts'
import { aBloodCount } from './laboratory.ts'
import { anNhsNumber } from './nhs-numbers.ts'
import { aPartnerSystem, type PartnerSystem } from './partner-systems.ts'
import { type Category, chooseSharing, everyCategory, recordSharing } from './sharing.ts'
import { anAppointment, aPerson, logIn, world, type World } from './world.ts'

const person = (within: string) => `query P($nhsNumber: String!, $bornOn: LocalDate!) {
  patientByNhsNumber(nhsNumber: $nhsNumber, bornOn: $bornOn) { ${within} } }`
const lists = `sharedWithYou
  APPOINTMENTS: appointments(period: UPCOMING) { totalCount nodes { id } }
  LETTERS: documents(filter: { kinds: [APPOINTMENT_LETTER] }) { totalCount nodes { id } }
  RESULTS: documents(filter: { kinds: [TEST_RESULT] }) { totalCount nodes { id } }`
const empty = { totalCount: 0, nodes: [] }
const one = { totalCount: 1, nodes: [{ id: expect.any(String) as string }] }

describe.each(engines)('what is shared with a partner, on %s', (engine) => {
  let portal: World
  let partner: PartnerSystem
  let withoutResults: PartnerSystem
  let numbers = 0
  beforeAll(async () => {
    portal = await world({ engine })
    partner = await aPartnerSystem(portal)
    const scopes = ['patients.read', 'appointments.read', 'documents.read']
    withoutResults = await aPartnerSystem(portal, { scopes })
  })
  afterAll(() => portal.stop())

  /** Somebody with one of everything. */
  async function someone() {
    const nhsNumber = anNhsNumber((engine === 'sqlite' ? 3000 : 4000) + (numbers += 1))
    const who = { ...(await aPerson(portal, { nhsNumber })), nhsNumber }
    await anAppointment(portal, who)
    const observations = (aBloodCount({}).observations as object[]).map((it, at) => ({
      key: `${at}`,
      status: 'F',
      ...it,
    }))
    const input = { idempotencyKey: randomUUID(), ...aBloodCount({ patientId: who.id, observations }) }
    const text = `mutation R($input: RecordTestResultInput!) { recordTestResult(input: $input) { __typename } }`
    expect(await portal.system(text, { input })).toEqual({ recordTestResult: { __typename: 'TestResultRecorded' } })
    await portal.graph.settle()
    return who
  }
  type Someone = Awaited<ReturnType<typeof someone>>
  const choose = async ({ id }: Someone, categories: Category[]) =>
    expect(await chooseSharing(behindTheDoor(portal), id, categories)).toMatchObject({ __typename: 'SharingChosen' })
  const seen = async ({ nhsNumber, bornOn }: Someone, { ask } = partner, within = lists) => {
    const { data, errors } = await ask(person(within), { nhsNumber, bornOn })
    expect(errors).toEqual([])
    return data?.patientByNhsNumber
  }

  const everyChoice = Array.from({ length: 8 }, (_, bits) => everyCategory.filter((_, index) => bits & (1 << index)))
  it('is named, and what is not named looks empty: each of the 8 choices, from the next request on', async () => {
    const who = await someone()
    for (const shared of [...everyChoice, ...everyChoice.toReversed()]) {
      await choose(who, shared)
      const part = (it: Category) => (shared.includes(it) ? one : empty)
      const [APPOINTMENTS, LETTERS, RESULTS] = everyCategory.map(part)
      expect(await seen(who)).toEqual(shared.length ? { sharedWithYou: shared, APPOINTMENTS, LETTERS, RESULTS } : null)
    }
  })

  it('is named though a scope is missing, and then the list is empty all the same', async () => {
    const who = await someone()
    await choose(who, ['RESULTS'])
    expect(await seen(who, withoutResults)).toEqual({
      sharedWithYou: ['RESULTS'],
      APPOINTMENTS: empty,
      LETTERS: empty,
      RESULTS: empty,
    })
    const nobodys = await aPartnerSystem(portal, { scopes: ['appointments.read', 'documents.read'] })
    const { nhsNumber, bornOn } = who
    const { data, errors } = await nobodys.ask(person('sharedWithYou'), { nhsNumber, bornOn })
    expect([data?.patientByNhsNumber ?? null, errors[0]?.extensions.code]).toEqual([null, 'FORBIDDEN'])
  })

  it('is named whoever shares it, the hospital too, as long as it does', async () => {
    const who = await someone()
    const until = new Date(portal.clock.now().getTime() + 60_000).toISOString()
    await recordSharing(behindTheDoor(portal), who.id, ['RESULTS', 'APPOINTMENTS'], { until })
    expect(await seen(who)).toMatchObject({ sharedWithYou: ['APPOINTMENTS', 'RESULTS'], LETTERS: empty })
    portal.clock.pass(60)
    expect(await seen(who)).toBeNull()
  })

  it('is one row in the audit when nothing else is asked', async () => {
    const who = await someone()
    await choose(who, ['LETTERS'])
    expect(await seen(who, partner, 'sharedWithYou')).toEqual({ sharedWithYou: ['LETTERS'] })
    const query = '{ me { detailsAccesses { nodes { organisation things } } } }'
    const { data } = await portal.ask(await logIn(portal, who), query)
    expect(data).toEqual({
      me: { detailsAccesses: { nodes: [{ organisation: partner.viewer.organisation?.name, things: ['Patient'] }] } },
    })
  })

  it('is of partners alone: patients have their own words for it, and staff and systems none', async () => {
    const who = await someone()
    await choose(who, everyCategory)
    const { ask } = behindTheDoor(portal)
    const query = `query E($r: [_Any!]!) { _entities(representations: $r) { ... on Patient { sharedWithYou } } }`
    for (const viewer of [patient(who.id), staff, system]) {
      const { data, errors } = await ask(viewer, query, { r: [{ __typename: 'Patient', id: who.id }] })
      expect([data?._entities, errors?.map((it) => it.extensions?.code)]).toEqual([[null], ['FORBIDDEN']])
    }
    const { errors } = await portal.ask(await logIn(portal, who), '{ me { sharedWithYou } }')
    expect(errors.map((it) => it.extensions.code)).toEqual(['FORBIDDEN'])
  })
})
