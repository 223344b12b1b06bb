import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Alone, alone, engines, patient, system } from '../../../test/alone.ts'
import { FakeClock } from '../../../test/clock.ts'
import { anNhsNumber } from '../../../test/nhs-numbers.ts'
import { aHospitalNumber, aPatient } from '../../../test/people.ts'
import { aPartner, chooseSharing, grantedNow, recordSharing, sharingOf } from '../../../test/sharing.ts'
import { patients, patientsExtra } from '../main.ts'

const extra = patientsExtra({ key: Buffer.alloc(32, 7).toString('base64url'), demonstration: false })

describe.each(engines)('what two records share that turn out to be of one person, on %s', (engine) => {
  let portal: Alone
  const clock = new FakeClock('2026-11-23T10:00:00Z')
  let nhsNumbers = 0
  beforeAll(async () => {
    portal = await alone(patients, { engine, clock, extra })
    await aPartner(portal)
  })
  afterAll(() => portal.stop())

  const aRecord = async () => {
    const [hospitalNumber, nhsNumber] = [
      aHospitalNumber(),
      anNhsNumber((engine === 'sqlite' ? 2400 : 2500) + (nhsNumbers += 1)),
    ]
    return { ...(await aPatient(portal, { hospitalNumber, nhsNumber })), hospitalNumber, nhsNumber }
  }
  type Known = Awaited<ReturnType<typeof aRecord>>
  const say = async (what: 'merge' | 'unmerge', retired: Known, surviving: Known) => {
    clock.pass(1)
    const name = what === 'merge' ? 'MergePatients' : 'UnmergePatients'
    const input = {
      idempotencyKey: randomUUID(),
      eventAt: clock.now().toISOString(),
      retiredHospitalNumber: retired.hospitalNumber,
      survivingHospitalNumber: surviving.hospitalNumber,
    }
    const text = `mutation M($input: ${name}Input!) { ${what}Patients(input: $input) { __typename } }`
    const { data } = await portal.ask(system, text, { input })
    expect(data?.[`${what}Patients`]).toEqual({ __typename: what === 'merge' ? 'PatientsMerged' : 'PatientsUnmerged' })
    clock.pass(1)
  }
  const merge = (retired: Known, surviving: Known) => say('merge', retired, surviving)
  const unmerge = (retired: Known, surviving: Known) => say('unmerge', retired, surviving)
  const as = (current: Known, ...former: Known[]) =>
    patient(current.id, { patientIds: [current.id, ...former.map((it) => it.id)] })
  const granted = async (who: Known) => (await grantedNow(portal, who))?.categories ?? []

  it('is of both while they are one, and of each again when they are not', async () => {
    const [old, current] = [await aRecord(), await aRecord()]
    await chooseSharing(portal, old.id, ['LETTERS'])
    await merge(old, current)
    expect(await grantedNow(portal, current)).toMatchObject({
      patientIds: [current.id, old.id],
      categories: ['LETTERS'],
    })
    expect((await sharingOf(portal, as(current, old)))[0]?.categories[1]).toMatchObject({ shared: true })
    await unmerge(old, current)
    expect(await grantedNow(portal, current)).toBeUndefined()
    expect(await grantedNow(portal, old)).toMatchObject({ patientIds: [old.id], categories: ['LETTERS'] })
  })

  it('is not found by the number of the retired record', async () => {
    const [old, current] = [await aRecord(), await aRecord()]
    await chooseSharing(portal, old.id, ['LETTERS'])
    await chooseSharing(portal, current.id, ['LETTERS'])
    await merge(old, current)
    expect(await grantedNow(portal, old)).toBeUndefined()
    await unmerge(old, current)
    expect(await granted(old)).toEqual(['LETTERS'])
  })

  it.each(['retired', 'surviving'] as const)('is what was said last, when that was under the %s one', async (newer) => {
    const [old, current] = [await aRecord(), await aRecord()]
    const [first, last] = newer === 'retired' ? [current, old] : [old, current]
    await chooseSharing(portal, first.id, ['RESULTS'])
    clock.pass(1)
    await chooseSharing(portal, last.id, ['APPOINTMENTS'])
    await merge(old, current)
    expect(await granted(current)).toEqual(['APPOINTMENTS'])
    await unmerge(old, current)
    expect([await granted(first), await granted(last)]).toEqual([['RESULTS'], ['APPOINTMENTS']])
  })

  it('is what was said again last, also when it was said first', async () => {
    const [old, current] = [await aRecord(), await aRecord()]
    await chooseSharing(portal, old.id, [])
    clock.pass(1)
    await chooseSharing(portal, current.id, ['RESULTS'])
    clock.pass(1)
    await chooseSharing(portal, old.id, [])
    await merge(old, current)
    expect(await granted(current)).toEqual([])
  })

  it('began when it was said last, under whichever of them', async () => {
    const [old, current] = [await aRecord(), await aRecord()]
    await chooseSharing(portal, current.id, ['RESULTS'])
    clock.pass(60)
    await chooseSharing(portal, old.id, [])
    await merge(old, current)
    await chooseSharing(portal, as(current, old), ['RESULTS'])
    const [shown] = await sharingOf(portal, as(current, old))
    expect(shown?.categories[2]).toMatchObject({ shared: true, since: clock.now().toISOString() })
  })

  it('stays closed by an objection under either, whatever the hospital said later of the other', async () => {
    const [old, current] = [await aRecord(), await aRecord()]
    await chooseSharing(portal, old.id, [])
    clock.pass(1)
    await recordSharing(portal, current.id, ['RESULTS'])
    expect(await granted(current)).toEqual(['RESULTS'])
    await merge(old, current)
    expect(await granted(current)).toEqual([])
    for (const { id } of [old, current])
      expect(await recordSharing(portal, id, ['RESULTS'])).toMatchObject({ __typename: 'SharingNotRecorded' })
    await unmerge(old, current)
    expect([await granted(old), await granted(current)]).toEqual([[], ['RESULTS']])
  })

  it('is chosen for both at once while they are one: the choice stays with the surviving one', async () => {
    const [old, current] = [await aRecord(), await aRecord()]
    await chooseSharing(portal, old.id, ['LETTERS', 'RESULTS'])
    await merge(old, current)
    await chooseSharing(portal, as(current, old), ['LETTERS'])
    expect(await granted(current)).toEqual(['LETTERS'])
    await chooseSharing(portal, as(current, old), [])
    expect(await granted(current)).toEqual([])
    await unmerge(old, current)
    expect([await granted(old), await granted(current)]).toEqual([['LETTERS', 'RESULTS'], []])
  })

  it('is kept under the number the hospital named, and answered with the person', async () => {
    const [older, old, current] = [await aRecord(), await aRecord(), await aRecord()]
    await merge(older, old)
    await merge(old, current)
    expect(await recordSharing(portal, older.id, ['APPOINTMENTS'])).toMatchObject({ patient: { id: current.id } })
    expect((await grantedNow(portal, current))?.patientIds).toEqual([current.id, old.id, older.id])
    clock.pass(1)
    await recordSharing(portal, current.id, [])
    expect(await granted(current)).toEqual([])
    await unmerge(old, current)
    expect([await granted(old), await granted(current)]).toEqual([['APPOINTMENTS'], []])
  })
})
