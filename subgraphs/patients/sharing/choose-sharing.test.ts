import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Alone, alone, anonymous, engines, gateway, patient, staff, system } from '../../../test/alone.ts'
import { FakeClock } from '../../../test/clock.ts'
import { anNhsNumber } from '../../../test/nhs-numbers.ts'
import { tell } from '../../../test/partner-clients.ts'
import { aPatient } from '../../../test/people.ts'
import {
  aPartner,
  askingFor,
  bartsHealth,
  type Category,
  chooseSharing,
  everyCategory,
  grantedNow,
  recordSharing,
  sharingOf,
  stopSharing,
  versionOf,
} from '../../../test/sharing.ts'
import { patients, patientsExtra } from '../main.ts'

const extra = patientsExtra({ key: Buffer.alloc(32, 7).toString('base64url'), demonstration: false })

describe.each(engines)('what patients choose to share, on %s', (engine) => {
  let portal: Alone
  const clock = new FakeClock('2026-11-23T10:00:00Z')
  let nhsNumbers = 0
  const version = expect.stringMatching(/^[\w-]{43}$/) as string
  beforeAll(async () => {
    portal = await alone(patients, { engine, clock, extra })
    await aPartner(portal)
  })
  afterAll(() => portal.stop())

  const someone = () =>
    aPatient(portal, { nhsNumber: anNhsNumber((engine === 'sqlite' ? 2000 : 2100) + (nhsNumbers += 1)) })
  const shared = async (id: string) =>
    (await sharingOf(portal, id)).map(({ organisationCode, categories }) => [
      organisationCode,
      ...categories.filter((it) => it.shared).map((it) => it.category),
    ])

  it('is nothing at first, and every organisation that could ask is named', async () => {
    const amal = await someone()
    const nothing = { shared: false, basis: null, chosen: false, since: null, until: null }
    expect(await sharingOf(portal, amal.id)).toEqual([
      {
        organisationCode: 'RAL',
        organisationName: 'Royal Free London NHS Foundation Trust',
        version,
        categories: everyCategory.map((category) => ({ category, ...nothing })),
      },
    ])
    expect(await grantedNow(portal, amal)).toBeUndefined()
  })

  it('can be seen from the next request on, and not any more from the one after it was taken back', async () => {
    const amal = await someone()
    const chosen = await chooseSharing(portal, amal.id, ['RESULTS', 'APPOINTMENTS'])
    const at = '2026-11-23T10:00:00.000Z'
    const consent = { shared: true, basis: 'CONSENT', chosen: true, since: at, until: null }
    expect(chosen).toEqual({
      __typename: 'SharingChosen',
      patient: { id: amal.id },
      organisation: {
        organisationCode: 'RAL',
        organisationName: 'Royal Free London NHS Foundation Trust',
        version,
        categories: [
          { category: 'APPOINTMENTS', ...consent },
          { category: 'LETTERS', shared: false, basis: null, chosen: true, since: at, until: null },
          { category: 'RESULTS', ...consent },
        ],
      },
    })
    expect(await sharingOf(portal, amal.id)).toEqual([chosen.organisation])
    expect(await grantedNow(portal, amal)).toMatchObject({
      patientIds: [amal.id],
      categories: ['APPOINTMENTS', 'RESULTS'],
    })
    await chooseSharing(portal, amal.id, ['RESULTS'])
    expect(await grantedNow(portal, amal)).toMatchObject({ categories: ['RESULTS'] })
    await chooseSharing(portal, amal.id, [])
    expect(await grantedNow(portal, amal)).toBeUndefined()
  })

  it('stays as it is when it is chosen again, with the date on which it began', async () => {
    const amal = await someone()
    await chooseSharing(portal, amal.id, ['LETTERS'])
    const before = await sharingOf(portal, amal.id)
    clock.pass(60)
    const again = await chooseSharing(portal, amal.id, ['LETTERS', 'LETTERS'])
    expect([again.organisation]).toEqual(before)
    clock.pass(60)
    const { organisation } = await chooseSharing(portal, amal.id, ['LETTERS', 'RESULTS'])
    const [appointments, letters, results] = organisation?.categories ?? []
    expect([appointments?.since, letters?.since]).toEqual([
      before[0]?.categories[0]?.since,
      before[0]?.categories[1]?.since,
    ])
    expect(results).toMatchObject({ shared: true, since: clock.now().toISOString() })
  })

  it('is of one organisation, and of one person', async () => {
    await aPartner(portal, bartsHealth)
    const [amal, bea] = [await someone(), await someone()]
    await chooseSharing(portal, amal.id, everyCategory)
    expect(await shared(amal.id)).toEqual([['R1H'], ['RAL', ...everyCategory]])
    expect(await shared(bea.id)).toEqual([['R1H'], ['RAL']])
    expect(await grantedNow(portal, amal, askingFor(bartsHealth))).toBeUndefined()
    expect(await grantedNow(portal, bea)).toBeUndefined()
    await chooseSharing(portal, amal.id, ['LETTERS'], { organisationCode: 'R1H' })
    expect(await shared(amal.id)).toEqual([
      ['R1H', 'LETTERS'],
      ['RAL', ...everyCategory],
    ])
  })

  it('is not possible with an organisation nobody knows, and then nothing is changed', async () => {
    const amal = await someone()
    await chooseSharing(portal, amal.id, ['RESULTS'])
    for (const organisationCode of ['RWG', 'ral', '', '*', "'; drop table sharing_agreement --"])
      expect(await chooseSharing(portal, amal.id, everyCategory, { organisationCode })).toEqual({
        __typename: 'SharingNotPossible',
        message: expect.stringContaining('choose again') as string,
      })
    expect(await shared(amal.id)).toEqual([['R1H'], ['RAL', 'RESULTS']])
  })

  it('goes on being shown, and can be taken back, when the last system of the organisation is revoked', async () => {
    const leeds = { code: 'RR8', name: 'Leeds Teaching Hospitals NHS Trust' }
    const clientId = await aPartner(portal, leeds)
    const [amal, bea] = [await someone(), await someone()]
    await chooseSharing(portal, amal.id, ['LETTERS'], { organisationCode: 'RR8' })
    expect(await tell(portal, 'revokePartnerClient', { id: clientId })).toMatchObject({
      __typename: 'PartnerClientRevoked',
    })
    expect(await shared(bea.id)).toEqual([['R1H'], ['RAL']])
    expect(await shared(amal.id)).toEqual([['R1H'], ['RR8', 'LETTERS'], ['RAL']])
    await chooseSharing(portal, amal.id, [], { organisationCode: 'RR8' })
    expect(await shared(amal.id)).toEqual([['R1H'], ['RAL']])
  })

  it('names an organisation as it is called now', async () => {
    const oldName = await aPartner(portal, { code: 'RQM', name: 'Chelsea and Westminster Hospital NHS Trust' })
    expect(await tell(portal, 'revokePartnerClient', { id: oldName })).toMatchObject({
      __typename: 'PartnerClientRevoked',
    })
    const name = 'Chelsea and Westminster NHS Foundation Trust'
    await aPartner(portal, { code: 'RQM', name })
    const amal = await someone()
    const names = async () =>
      (await sharingOf(portal, amal.id)).flatMap((it) => (it.organisationCode === 'RQM' ? it.organisationName : []))
    expect(await names()).toEqual([name])
    const { organisation } = await chooseSharing(portal, amal.id, ['LETTERS'], { organisationCode: 'RQM' })
    expect(organisation?.organisationName).toBe(name)
  })

  it('is kept once however often the same request is sent, and each answer says what holds now', async () => {
    const amal = await someone()
    const request = { idempotencyKey: randomUUID(), version: await versionOf(portal, amal.id) }
    const first = await chooseSharing(portal, amal.id, ['LETTERS'], request)
    expect(await chooseSharing(portal, amal.id, ['LETTERS'], request)).toEqual(first)
    await chooseSharing(portal, amal.id, [])
    const late = await chooseSharing(portal, amal.id, ['LETTERS'], request)
    expect(late.organisation?.categories.map((it) => it.shared)).toEqual([false, false, false])
    expect(await grantedNow(portal, amal)).toBeUndefined()
    const otherBody = chooseSharing(portal, amal.id, everyCategory, request)
    await expect(otherBody).rejects.toThrow('already used for another request')
  })

  it('is what one of two tabs said, and the other is told that it has changed', async () => {
    const amal = await someone()
    // Each leaves open what the other closes, so that they change no row in common.
    const two: Category[][] = [
      ['APPOINTMENTS', 'LETTERS'],
      ['APPOINTMENTS', 'RESULTS'],
    ]
    for (let round = 0; round < 10; round += 1) {
      await chooseSharing(portal, amal.id, everyCategory)
      const version = await versionOf(portal, amal.id)
      const answers = await Promise.all(two.map((it) => chooseSharing(portal, amal.id, it, { version })))
      const kept = answers.findIndex(({ __typename }) => __typename === 'SharingChosen')
      expect(answers[1 - kept]).toMatchObject({
        __typename: 'SharingHasChanged',
        organisation: answers[kept]?.organisation,
      })
      expect((await grantedNow(portal, amal))?.categories).toEqual(two[kept])
    }
  })

  it('is not kept when what was shown is not what holds any more, and shows what does', async () => {
    const amal = await someone()
    await recordSharing(portal, amal.id, ['LETTERS'], { until: new Date(clock.now().getTime() + 60_000).toISOString() })
    const changes = {
      'the hospital shared more': () => recordSharing(portal, amal.id, ['LETTERS', 'RESULTS']),
      'the hospital ended it': () => recordSharing(portal, amal.id, []),
      'the patient chose in another tab': () => chooseSharing(portal, amal.id, ['RESULTS']),
      'the patient stopped all sharing': () => stopSharing(portal, amal.id),
    }
    for (const [what, change] of Object.entries({ 'time ran out': () => clock.pass(60), ...changes })) {
      const version = await versionOf(portal, amal.id)
      await change()
      const [now] = (await sharingOf(portal, amal.id)).filter((it) => it.organisationCode === 'RAL')
      expect([what, await chooseSharing(portal, amal.id, ['APPOINTMENTS'], { version })]).toEqual([
        what,
        {
          __typename: 'SharingHasChanged',
          message: expect.stringContaining('has changed since you opened') as string,
          organisation: now,
        },
      ])
      expect([what, (await sharingOf(portal, amal.id)).find((it) => it.organisationCode === 'RAL')]).toEqual([
        what,
        now,
      ])
      clock.pass(1)
    }
    expect(await chooseSharing(portal, amal.id, ['APPOINTMENTS'])).toMatchObject({ __typename: 'SharingChosen' })
  })

  it('may be sent from an older page when it holds already; not when the hospital shares just that', async () => {
    const [amal, bea] = [await someone(), await someone()]
    const version = await versionOf(portal, amal.id)
    const first = await chooseSharing(portal, amal.id, ['RESULTS'], { version })
    expect(first.__typename).toBe('SharingChosen')
    expect(await chooseSharing(portal, amal.id, ['RESULTS'], { version })).toEqual(first)
    expect((await chooseSharing(portal, amal.id, [], { version })).__typename).toBe('SharingHasChanged')
    const before = await versionOf(portal, bea.id)
    await recordSharing(portal, bea.id, ['RESULTS'])
    expect((await chooseSharing(portal, bea.id, ['RESULTS'], { version: before })).__typename).toBe('SharingHasChanged')
  })

  it('has a version that stays as long as nothing changes, whatever is said again or of others', async () => {
    const [amal, bea] = [await someone(), await someone()]
    await chooseSharing(portal, amal.id, ['RESULTS'])
    const version = await versionOf(portal, amal.id)
    await chooseSharing(portal, amal.id, ['RESULTS'])
    await chooseSharing(portal, amal.id, ['LETTERS'], { organisationCode: 'R1H' })
    await recordSharing(portal, amal.id, ['RESULTS'])
    await chooseSharing(portal, bea.id, ['LETTERS'])
    expect(await versionOf(portal, amal.id)).toBe(version)
    await chooseSharing(portal, amal.id, [])
    await chooseSharing(portal, amal.id, ['RESULTS'])
    expect(await versionOf(portal, amal.id)).not.toBe(version)
  })

  it('is read and said by nobody else', async () => {
    const [amal, bea] = [await someone(), await someone()]
    await chooseSharing(portal, amal.id, everyCategory)
    const text = `mutation C($input: ChooseSharingInput!) { chooseSharing(input: $input) { __typename } }`
    const version = await versionOf(portal, amal.id)
    const input = { idempotencyKey: randomUUID(), organisationCode: 'RAL', version, categories: [] }
    for (const viewer of [askingFor(), system, staff, anonymous(), gateway]) {
      const { data, errors } = await portal.ask(viewer, text, { input })
      expect([data, errors?.[0]?.extensions?.code]).toEqual([
        null,
        viewer.role === 'ANONYMOUS' ? 'UNAUTHENTICATED' : 'FORBIDDEN',
      ])
    }
    const query = `query E($r: [_Any!]!) { _entities(representations: $r) { ... on Patient { sharing { organisationCode } } } }`
    const r = [{ __typename: 'Patient', id: amal.id }]
    expect((await portal.ask(patient(bea.id), query, { r })).data).toEqual({ _entities: [null] })
    for (const viewer of [askingFor(), system, staff])
      expect((await portal.ask(viewer, query, { r })).data).toEqual({ _entities: [null] })
    expect(await grantedNow(portal, amal)).toMatchObject({ categories: everyCategory })
  })
})
