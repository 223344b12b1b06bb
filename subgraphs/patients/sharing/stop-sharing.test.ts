import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Alone, alone, anonymous, engines, gateway, patient, staff, system } from '../../../test/alone.ts'
import { FakeClock } from '../../../test/clock.ts'
import { anNhsNumber } from '../../../test/nhs-numbers.ts'
import { aHospitalNumber, aPatient } from '../../../test/people.ts'
import {
  aPartner,
  askingFor,
  bartsHealth,
  chooseSharing,
  everyCategory,
  grantedNow,
  recordSharing,
  royalFree,
  sharingOf,
  stopSharing,
} from '../../../test/sharing.ts'
import { patients, patientsExtra } from '../main.ts'

const extra = patientsExtra({ key: Buffer.alloc(32, 7).toString('base64url'), demonstration: false })

describe.each(engines)('all sharing, once the patient has stopped it, on %s', (engine) => {
  let portal: Alone
  const clock = new FakeClock('2026-11-23T10:00:00Z')
  let numbers = 0
  beforeAll(async () => {
    portal = await alone(patients, { engine, clock, extra })
    await aPartner(portal)
    await aPartner(portal, bartsHealth)
  })
  afterAll(() => portal.stop())

  const someone = async () => {
    const hospitalNumber = aHospitalNumber()
    const nhsNumber = anNhsNumber((engine === 'sqlite' ? 30_000 : 31_000) + (numbers += 1))
    return { ...(await aPatient(portal, { hospitalNumber, nhsNumber })), hospitalNumber }
  }
  type Someone = Awaited<ReturnType<typeof someone>>
  let organisations = 0
  /** An organisation that nobody has heard of so far. */
  const anotherOrganisation = async () => {
    const organisation = { code: `N${engine.length}${(organisations += 1)}`, name: `New hospital ${organisations}` }
    await aPartner(portal, organisation)
    return organisation
  }
  const granted = async (who: Someone, organisation = royalFree) =>
    (await grantedNow(portal, who, askingFor(organisation)))?.categories ?? []
  const shown = async (who: Parameters<typeof sharingOf>[1], code = 'RAL') =>
    (await sharingOf(portal, who)).find((it) => it.organisationCode === code)?.categories ?? expect.fail('not shown')
  const now = () => clock.now().toISOString()
  const closed = (since: string) =>
    everyCategory.map((category) => ({ category, shared: false, basis: null, chosen: true, since, until: null }))
  const stoppedAt = async (who: Parameters<typeof sharingOf>[1]) => {
    const { data } = await portal.ask(typeof who === 'string' ? patient(who) : who, '{ me { sharingStoppedAt } }')
    return (data?.me as unknown as { sharingStoppedAt: string | null }).sharingStoppedAt
  }

  it('is closed to every organisation: what they chose, what the hospital shares, and what nobody spoke of', async () => {
    const amal = await someone()
    await chooseSharing(portal, amal.id, ['LETTERS'])
    await recordSharing(portal, amal.id, everyCategory, { organisationCode: bartsHealth.code })
    const unheardOf = await anotherOrganisation()
    clock.pass(60)
    expect(await stoppedAt(amal.id)).toBeNull()
    await stopSharing(portal, amal.id)
    for (const organisation of [royalFree, bartsHealth, unheardOf])
      expect([await granted(amal, organisation), organisation.code]).toEqual([[], organisation.code])
    expect(await stoppedAt(amal.id)).toBe(now())
  })

  it('is closed to an organisation that comes later, which reads as the choice of the patient, with its day', async () => {
    const amal = await someone()
    await stopSharing(portal, amal.id)
    const stopped = now()
    clock.pass(86_400)
    const later = await anotherOrganisation()
    expect(await shown(amal.id, later.code)).toEqual(closed(stopped))
    for (const { code: organisationCode } of [later, royalFree])
      for (const categories of [everyCategory, ['RESULTS'] as const])
        expect(await recordSharing(portal, amal.id, [...categories], { organisationCode })).toMatchObject({
          __typename: 'SharingNotRecorded',
          message: expect.stringContaining('The patient objected') as string,
        })
    expect(await granted(amal, later)).toEqual([])
  })

  it('opens again to the one organisation of a later choice, at the same moment too', async () => {
    const amal = await someone()
    await stopSharing(portal, amal.id)
    const later = await anotherOrganisation()
    await chooseSharing(portal, amal.id, ['RESULTS'], { organisationCode: later.code })
    expect(await granted(amal, later)).toEqual(['RESULTS'])
    expect(await granted(amal)).toEqual([])
    expect(await recordSharing(portal, amal.id, ['LETTERS'], { organisationCode: later.code })).toMatchObject({
      __typename: 'SharingNotRecorded',
    })
    await stopSharing(portal, amal.id)
    expect(await granted(amal, later)).toEqual([])
  })

  it('says of each organisation since when it has held there', async () => {
    const amal = await someone()
    await chooseSharing(portal, amal.id, ['LETTERS'])
    clock.pass(60)
    await stopSharing(portal, amal.id)
    const first = now()
    clock.pass(60)
    await chooseSharing(portal, amal.id, [])
    expect(await shown(amal.id)).toEqual(
      closed(first).map((it, at) => (at === 1 ? it : { ...it, since: minutesBefore(first) })),
    )
    await chooseSharing(portal, amal.id, ['RESULTS'])
    clock.pass(60)
    await stopSharing(portal, amal.id)
    expect((await shown(amal.id)).map(({ since }) => since)).toEqual([minutesBefore(first), first, now()])
    expect(await shown(amal.id, bartsHealth.code)).toEqual(closed(first))
    clock.pass(60)
    await chooseSharing(portal, amal.id, [], { organisationCode: bartsHealth.code })
    expect(await shown(amal.id, bartsHealth.code)).toEqual(closed(first))
    expect(await stoppedAt(amal.id)).toBe(first)
  })
  const minutesBefore = (at: string) => new Date(Date.parse(at) - 60_000).toISOString()

  it('is what was said last, also by a clock that was set back', async () => {
    const amal = await someone()
    await chooseSharing(portal, amal.id, everyCategory)
    const before = clock.now()
    clock.pass(-3600)
    await stopSharing(portal, amal.id)
    expect(await granted(amal)).toEqual([])
    clock.pass(-3600)
    await chooseSharing(portal, amal.id, ['LETTERS'], { organisationCode: bartsHealth.code })
    expect([await granted(amal), await granted(amal, bartsHealth)]).toEqual([[], ['LETTERS']])
    clock.set(before)
  })

  it('is of the person, with every record they have had, and of each record again when it is one of its own', async () => {
    const [old, current] = [await someone(), await someone()]
    await chooseSharing(portal, current.id, ['LETTERS'])
    await chooseSharing(portal, old.id, ['RESULTS'], { organisationCode: bartsHealth.code })
    clock.pass(1)
    await stopSharing(portal, old.id)
    const say = async (what: 'merge' | 'unmerge') => {
      clock.pass(1)
      const eventAt = now()
      const numbers = { retiredHospitalNumber: old.hospitalNumber, survivingHospitalNumber: current.hospitalNumber }
      const type = `${what === 'merge' ? 'Merge' : 'Unmerge'}PatientsInput`
      const text = `mutation M($input: ${type}!) { ${what}Patients(input: $input) { __typename } }`
      const { errors } = await portal.ask(system, text, {
        input: { idempotencyKey: randomUUID(), eventAt, ...numbers },
      })
      expect(errors).toBeUndefined()
    }
    await say('merge')
    const both = patient(current.id, { patientIds: [current.id, old.id] })
    expect([await granted(current), await granted(current, bartsHealth)]).toEqual([[], []])
    expect((await shown(both)).every((it) => !it.shared && it.chosen)).toBe(true)
    await say('unmerge')
    expect([await granted(current), await granted(old)]).toEqual([['LETTERS'], []])
    expect([await stoppedAt(current.id), await stoppedAt(old.id)]).toEqual([null, expect.any(String)])
    await say('merge')
    await stopSharing(portal, both)
    await say('unmerge')
    expect([await granted(current), await granted(current, bartsHealth)]).toEqual([[], []])
  })

  it('is stopped once however often the same request is sent', async () => {
    const amal = await someone()
    const key = randomUUID()
    await stopSharing(portal, amal.id, key)
    await chooseSharing(portal, amal.id, ['LETTERS'])
    await stopSharing(portal, amal.id, key)
    expect(await granted(amal)).toEqual(['LETTERS'])
  })

  it('stays closed whoever else speaks at the same moment', async () => {
    for (let round = 0; round < 10; round += 1) {
      const amal = await someone()
      const all = [() => recordSharing(portal, amal.id, everyCategory), () => stopSharing(portal, amal.id)]
      if (round % 2) all.reverse()
      await Promise.all(all.map((it) => it()))
      expect(await granted(amal)).toEqual([])
    }
  })

  it('is stopped, and known to be, by nobody else', async () => {
    const amal = await someone()
    await chooseSharing(portal, amal.id, ['LETTERS'])
    const text = `mutation S($input: StopSharingInput!) { stopSharing(input: $input) { __typename } }`
    for (const viewer of [askingFor(), system, staff, anonymous(), gateway]) {
      const { data, errors } = await portal.ask(viewer, text, { input: { idempotencyKey: randomUUID() } })
      expect([data, errors?.length]).toEqual([null, 1])
    }
    expect(await granted(amal)).toEqual(['LETTERS'])
    await stopSharing(portal, amal.id)
    const query = `query E($r: [_Any!]!) { _entities(representations: $r) { ... on Patient { stopped: sharingStoppedAt } } }`
    const r = [{ __typename: 'Patient', id: amal.id }]
    expect((await portal.ask(patient(amal.id), query, { r })).data).toEqual({ _entities: [{ stopped: now() }] })
    for (const viewer of [patient(randomUUID()), askingFor(), system, staff])
      expect(JSON.stringify((await portal.ask(viewer, query, { r })).data)).not.toMatch(/\d/)
  })
})
