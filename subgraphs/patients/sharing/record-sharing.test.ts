import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Alone, alone, anonymous, engines, gateway, patient, staff } from '../../../test/alone.ts'
import { FakeClock } from '../../../test/clock.ts'
import { anNhsNumber } from '../../../test/nhs-numbers.ts'
import { aPatient } from '../../../test/people.ts'
import {
  aPartner,
  askingFor,
  chooseSharing,
  everyCategory,
  grantedNow,
  recordSharing,
  sharingOf,
  versionOf,
} from '../../../test/sharing.ts'
import { patients, patientsExtra } from '../main.ts'

const extra = patientsExtra({ key: Buffer.alloc(32, 7).toString('base64url'), demonstration: false })

describe.each(engines)('what the hospital shares for direct care, on %s', (engine) => {
  let portal: Alone
  const clock = new FakeClock('2026-11-23T10:00:00Z')
  let nhsNumbers = 0
  beforeAll(async () => {
    portal = await alone(patients, { engine, clock, extra })
    await aPartner(portal)
  })
  afterAll(() => portal.stop())

  const someone = () =>
    aPatient(portal, { nhsNumber: anNhsNumber((engine === 'sqlite' ? 2200 : 2300) + (nhsNumbers += 1)) })
  const at = (seconds: number) => new Date(clock.now().getTime() + seconds * 1000).toISOString()
  const categoriesOf = async (id: string) => (await sharingOf(portal, id))[0]?.categories ?? []
  const granted = async (who: { nhsNumber: string | null }) => (await grantedNow(portal, who))?.categories ?? []

  it('can be seen at once, and the patient reads why and since when', async () => {
    const amal = await someone()
    expect(await recordSharing(portal, amal.id, ['LETTERS'], { eventAt: at(-3600) })).toEqual({
      __typename: 'SharingRecorded',
      patient: { id: amal.id },
    })
    expect(await granted(amal)).toEqual(['LETTERS'])
    const nothing = { shared: false, basis: null, chosen: false, since: null, until: null }
    expect(await categoriesOf(amal.id)).toEqual([
      { category: 'APPOINTMENTS', ...nothing },
      { category: 'LETTERS', shared: true, basis: 'DIRECT_CARE', chosen: false, since: at(-3600), until: null },
      { category: 'RESULTS', ...nothing },
    ])
  })

  it('ends by itself at the time that was said, to the millisecond', async () => {
    const amal = await someone()
    const until = at(60)
    await recordSharing(portal, amal.id, ['RESULTS'], { until })
    expect((await categoriesOf(amal.id))[2]).toMatchObject({ shared: true, until })
    clock.pass(59.999)
    expect(await granted(amal)).toEqual(['RESULTS'])
    clock.pass(0.001)
    expect(await grantedNow(portal, amal)).toBeUndefined()
    expect((await categoriesOf(amal.id))[2]).toEqual({
      category: 'RESULTS',
      shared: false,
      basis: null,
      chosen: false,
      since: until,
      until: null,
    })
    await recordSharing(portal, amal.id, ['RESULTS'], { until: at(60) })
    expect(await granted(amal)).toEqual(['RESULTS'])
  })

  it('ends when the hospital leaves it out of its next word', async () => {
    const amal = await someone()
    await recordSharing(portal, amal.id, ['LETTERS', 'RESULTS'])
    clock.pass(10)
    await recordSharing(portal, amal.id, ['RESULTS'])
    expect(await granted(amal)).toEqual(['RESULTS'])
    expect((await categoriesOf(amal.id))[1]).toMatchObject({ shared: false, since: at(0) })
    await recordSharing(portal, amal.id, [])
    expect(await granted(amal)).toEqual([])
  })

  it('goes by when the hospital decided it: something older changes nothing', async () => {
    const amal = await someone()
    await recordSharing(portal, amal.id, ['LETTERS'], { eventAt: at(-30) })
    await recordSharing(portal, amal.id, ['LETTERS'], { eventAt: at(-10) })
    expect((await categoriesOf(amal.id))[1]?.since).toBe(at(-30))
    expect(await recordSharing(portal, amal.id, [], { eventAt: at(-20) })).toMatchObject({
      __typename: 'SharingRecorded',
    })
    expect(await granted(amal)).toEqual(['LETTERS'])
    await recordSharing(portal, amal.id, [], { eventAt: at(-5) })
    await recordSharing(portal, amal.id, everyCategory, { eventAt: at(-7) })
    expect(await granted(amal)).toEqual(['APPOINTMENTS', 'RESULTS'])
  })

  it('never opens what the patient objected to, not even later', async () => {
    const amal = await someone()
    await recordSharing(portal, amal.id, everyCategory)
    await chooseSharing(portal, amal.id, ['APPOINTMENTS'])
    expect(await granted(amal)).toEqual(['APPOINTMENTS'])
    clock.pass(3600)
    for (const categories of [everyCategory, ['LETTERS'] as const, ['RESULTS'] as const])
      expect(await recordSharing(portal, amal.id, [...categories])).toEqual({
        __typename: 'SharingNotRecorded',
        message: expect.stringContaining('The patient objected') as string,
      })
    expect(await granted(amal)).toEqual(['APPOINTMENTS'])
    await chooseSharing(portal, amal.id, ['LETTERS'])
    expect(await granted(amal)).toEqual(['LETTERS'])
  })

  it('never opens what the hospital had ended itself, once the patient objected too', async () => {
    const amal = await someone()
    await recordSharing(portal, amal.id, everyCategory)
    await recordSharing(portal, amal.id, [])
    await chooseSharing(portal, amal.id, [])
    clock.pass(1)
    expect(await recordSharing(portal, amal.id, everyCategory)).toMatchObject({ __typename: 'SharingNotRecorded' })
    expect(await granted(amal)).toEqual([])
  })

  it('leaves what the patient consented to as they said it', async () => {
    const amal = await someone()
    await chooseSharing(portal, amal.id, everyCategory)
    const before = await categoriesOf(amal.id)
    clock.pass(60)
    for (const [categories, until] of [[['LETTERS'], at(60)] as const, [[], null] as const])
      expect((await recordSharing(portal, amal.id, [...categories], { until })).__typename).toBe('SharingRecorded')
    expect(await categoriesOf(amal.id)).toEqual(before)
  })

  it('cannot be dated ahead of what the patient says next', async () => {
    const amal = await someone()
    await recordSharing(portal, amal.id, ['LETTERS'], { eventAt: at(86_400) })
    expect((await categoriesOf(amal.id))[1]?.since).toBe(at(0))
    clock.pass(1)
    await recordSharing(portal, amal.id, [])
    expect(await granted(amal)).toEqual([])
  })

  it('is not kept of nobody, and for no organisation', async () => {
    const amal = await someone()
    expect(await recordSharing(portal, randomUUID(), everyCategory)).toEqual({
      __typename: 'SharingNotRecorded',
      message: 'There is nobody with this id. Record the person first.',
    })
    expect(await recordSharing(portal, amal.id, everyCategory, { organisationCode: 'XXX' })).toEqual({
      __typename: 'SharingNotRecorded',
      message: 'No system of an organisation with this code was ever registered. Register it first.',
    })
    for (const until of [at(0), at(-1)])
      await expect(recordSharing(portal, amal.id, everyCategory, { until })).rejects.toThrow(
        'must be later than eventAt',
      )
    expect(await granted(amal)).toEqual([])
  })

  it('is said once however often the message comes', async () => {
    const amal = await someone()
    const facts = { idempotencyKey: randomUUID(), eventAt: at(0) }
    const first = await recordSharing(portal, amal.id, ['LETTERS'], facts)
    await chooseSharing(portal, amal.id, [])
    expect(await recordSharing(portal, amal.id, ['LETTERS'], facts)).toEqual(first)
    expect(await granted(amal)).toEqual([])
  })

  it('never wins a race with the objection of the patient, who is told when it came before', async () => {
    for (let round = 0; round < 10; round += 1) {
      const amal = await someone()
      const version = await versionOf(portal, amal.id)
      const object = () => chooseSharing(portal, amal.id, [], { version })
      const both = [() => recordSharing(portal, amal.id, everyCategory), object]
      if (round % 2) both.reverse()
      const outcomes = (await Promise.all(both.map((it) => it()))).map(({ __typename }) => __typename)
      if (outcomes.includes('SharingHasChanged')) await chooseSharing(portal, amal.id, [])
      else expect(outcomes.sort()).toEqual(['SharingChosen', 'SharingNotRecorded'])
      expect(await granted(amal)).toEqual([])
    }
  })

  it('is said by our systems alone', async () => {
    const amal = await someone()
    const text = `mutation S($input: RecordSharingInput!) { recordSharing(input: $input) { __typename } }`
    const input = {
      idempotencyKey: randomUUID(),
      eventAt: at(0),
      patientId: amal.id,
      organisationCode: 'RAL',
      categories: everyCategory,
    }
    for (const viewer of [patient(amal.id), askingFor(), staff, gateway, anonymous()])
      expect((await portal.ask(viewer, text, { input })).data).toBeNull()
    expect(await granted(amal)).toEqual([])
  })
})
