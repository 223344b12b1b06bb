import { createHash, randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Alone, alone, engines, gateway, patient, system } from '../../../test/alone.ts'
import { FakeClock } from '../../../test/clock.ts'
import { anNhsNumber } from '../../../test/nhs-numbers.ts'
import { aHospitalNumber, aPatient, codeOf, finishLogin, recordPerson, startLogin } from '../../../test/people.ts'
import type { Viewer } from '../../runtime/viewer.ts'
import { PatientKeys } from '../keys.ts'
import { patients } from '../main.ts'

const extra = { keys: new PatientKeys(Buffer.alloc(32, 7)), demonstration: false }
const bornOn = '1984-03-09'

interface Outcome {
  __typename: string
  changed: boolean
  message: string
  patient: { id: string; hospitalNumber: string; nhsNumber: string | null; deceased: boolean; formerIds: string[] }
}

describe.each(engines)('two records of one person, on %s', (engine) => {
  let portal: Alone
  const clock = new FakeClock('2026-11-23T10:00:00Z')
  let nhsNumbers = 0
  beforeAll(async () => {
    portal = await alone(patients, { engine, clock, extra })
  })
  afterAll(() => portal.stop())

  const fields = `__typename ... on Problem { message }`
  const person = `patient { id hospitalNumber nhsNumber deceased formerIds }`
  const say = async (name: 'merge' | 'unmerge', type: string, retired: string, surviving: string, eventAt?: string) => {
    const input = {
      idempotencyKey: randomUUID(),
      eventAt: eventAt ?? clock.now().toISOString(),
      retiredHospitalNumber: retired,
      survivingHospitalNumber: surviving,
    }
    const capital = name === 'merge' ? 'Merge' : 'Unmerge'
    const text = `mutation M($input: ${capital}PatientsInput!) { ${name}Patients(input: $input) { ${fields} ... on ${type} } }`
    const { data, errors } = await portal.ask(system, text, { input })
    if (errors) throw new Error(JSON.stringify(errors))
    return data?.[`${name}Patients`] as unknown as Outcome
  }
  const merge = (retired: string, surviving: string, eventAt?: string) =>
    say('merge', `PatientsMerged { changed ${person} }`, retired, surviving, eventAt)
  const unmerge = (retired: string, surviving: string, eventAt?: string) =>
    say('unmerge', `PatientsUnmerged { ${person} }`, retired, surviving, eventAt)

  const someone = async (facts = {}) => {
    const hospitalNumber = aHospitalNumber()
    return { ...(await aPatient(portal, { hospitalNumber, ...facts })), hospitalNumber }
  }
  const aFreeNhsNumber = () => anNhsNumber((engine === 'sqlite' ? 500 : 600) + (nhsNumbers += 1))
  const byNumber = async (hospitalNumber: string) => {
    const query = `query P($n: String!) { patientByHospitalNumber(hospitalNumber: $n) { id nhsNumber deceased messageable formerIds name { full } } }`
    const { data } = await portal.ask(system, query, { n: hospitalNumber })
    return data?.patientByHospitalNumber as unknown as Outcome['patient'] & {
      messageable: boolean
      name: { full: string }
    }
  }
  const loggedIn = async (contact: string) => {
    const { challengeId } = await startLogin(portal, { contact, bornOn })
    const code = await codeOf(portal, challengeId)
    return code === undefined ? undefined : (await finishLogin(portal, { challengeId, code })).token
  }
  const viewerOf = async (token = '') => {
    const h = createHash('sha256').update(token).digest('base64url')
    const { data } = await portal.ask(gateway, `query V($h: ID!) { viewerOf(tokenHash: $h) { patientIds } }`, { h })
    return data?.viewerOf as unknown as Viewer | null
  }
  const later = (seconds: number) => new Date(clock.now().getTime() + seconds * 1000).toISOString()

  it('makes the retired record the surviving one wherever it is named', async () => {
    const [old, current] = [await someone({ name: { given: ['Amie'], family: 'Hadad' } }), await someone()]
    expect(await merge(old.hospitalNumber, current.hospitalNumber)).toMatchObject({
      __typename: 'PatientsMerged',
      changed: true,
      patient: { id: current.id, formerIds: [old.id] },
    })
    expect(await byNumber(old.hospitalNumber)).toMatchObject({ id: current.id, name: { full: 'Amal Haddad' } })
    const query = `query E($r: [_Any!]!, $id: ID!) { patient(id: $id) { id } _entities(representations: $r) { ... on Patient { name { full } } } }`
    const r = [old.id, current.id].map((id) => ({ __typename: 'Patient', id }))
    const { data } = await portal.ask(system, query, { r, id: old.id })
    expect(data).toEqual({
      patient: { id: current.id },
      _entities: [{ name: { full: 'Amal Haddad' } }, { name: { full: 'Amal Haddad' } }],
    })
  })

  it('lets the person in by the surviving record alone, as every id their record has had', async () => {
    const [old, current] = [await someone(), await someone()]
    await merge(old.hospitalNumber, current.hospitalNumber)
    expect(await loggedIn(old.mobile ?? '')).toBeUndefined()
    const token = await loggedIn(current.mobile ?? '')
    expect((await viewerOf(token))?.patientIds).toEqual([current.id, old.id])
    const me = patient(current.id, { patientIds: [current.id, old.id] })
    expect((await portal.ask(me, '{ me { id } }')).data?.me).toEqual({ id: current.id })
  })

  it('asks nobody for an NHS number who only has two records', async () => {
    const mobile = '+447700908811'
    const [old, current] = [await someone({ mobile }), await someone({ mobile })]
    await merge(old.hospitalNumber, current.hospitalNumber)
    expect((await viewerOf(await loggedIn(mobile)))?.patientIds).toEqual([current.id, old.id])
    await recordPerson(portal, { hospitalNumber: current.hospitalNumber, mobile: null, eventAt: later(1) })
  })

  it('logs out whoever is logged in to the retired record, a code on its way included', async () => {
    const [old, current] = [await someone(), await someone()]
    const token = await loggedIn(old.mobile ?? '')
    const { challengeId } = await startLogin(portal, { contact: old.mobile ?? '', bornOn })
    const code = (await codeOf(portal, challengeId)) ?? ''
    expect(await viewerOf(token)).not.toBeNull()
    await merge(old.hospitalNumber, current.hospitalNumber)
    expect(await viewerOf(token)).toBeNull()
    const { token: late } = await finishLogin(portal, { challengeId, code })
    expect(await viewerOf(late)).toBeNull()
  })

  it('follows chains, and refuses circles', async () => {
    const [a, b, c] = [await someone(), await someone(), await someone()]
    await merge(a.hospitalNumber, b.hospitalNumber)
    expect((await merge(b.hospitalNumber, c.hospitalNumber)).patient).toMatchObject({ id: c.id })
    expect(await byNumber(a.hospitalNumber)).toMatchObject({ id: c.id })
    expect((await byNumber(c.hospitalNumber)).formerIds).toEqual(expect.arrayContaining([a.id, b.id]))
    for (const [retired, surviving] of [
      [c, a],
      [b, a],
      [a, a],
    ] as const)
      expect(await merge(retired.hospitalNumber, surviving.hospitalNumber)).toMatchObject({
        __typename: 'PatientsNotMerged',
        message: expect.stringContaining('merged into the retired one') as string,
      })
    const d = await someone()
    expect((await merge(d.hospitalNumber, b.hospitalNumber)).patient.id).toBe(c.id)
    expect((await viewerOf(await loggedIn(c.mobile ?? '')))?.patientIds).toHaveLength(4)
    await unmerge(b.hospitalNumber, c.hospitalNumber)
    expect((await byNumber(c.hospitalNumber)).formerIds).toEqual([])
    expect((await byNumber(a.hospitalNumber)).id).toBe(b.id)
  })

  it('goes by when it happened at the hospital: an older word that comes late changes nothing', async () => {
    const [old, current] = [await someone(), await someone()]
    await merge(old.hospitalNumber, current.hospitalNumber, later(10))
    await unmerge(old.hospitalNumber, current.hospitalNumber, later(20))
    expect(await merge(old.hospitalNumber, current.hospitalNumber, later(15))).toMatchObject({ changed: false })
    expect((await byNumber(old.hospitalNumber)).id).toBe(old.id)
    expect(await merge(old.hospitalNumber, current.hospitalNumber, later(30))).toMatchObject({ changed: true })
    expect((await unmerge(old.hospitalNumber, current.hospitalNumber, later(25))).patient.id).toBe(current.id)
    expect((await byNumber(old.hospitalNumber)).id).toBe(current.id)
    expect(await merge(old.hospitalNumber, current.hospitalNumber, later(31))).toMatchObject({ changed: false })
  })

  it('hears of a mistake before it hears of the merge', async () => {
    const [old, current] = [await someone(), await someone()]
    expect(await unmerge(old.hospitalNumber, current.hospitalNumber, later(20))).toMatchObject({
      __typename: 'PatientsNotMerged',
      message: expect.stringContaining('were not one') as string,
    })
    await merge(old.hospitalNumber, current.hospitalNumber, later(10))
    expect((await byNumber(old.hospitalNumber)).id).toBe(old.id)
  })

  it('moves a record that was merged into the wrong one', async () => {
    const [old, wrong, right] = [await someone(), await someone({ deceased: true }), await someone()]
    await merge(old.hospitalNumber, wrong.hospitalNumber)
    expect(await unmerge(old.hospitalNumber, right.hospitalNumber)).toMatchObject({ __typename: 'PatientsNotMerged' })
    await merge(old.hospitalNumber, right.hospitalNumber)
    expect((await byNumber(right.hospitalNumber)).formerIds).toEqual([old.id])
    expect((await byNumber(wrong.hospitalNumber)).formerIds).toEqual([])
  })

  it('remembers a number that was merged before it was ever seen here', async () => {
    const current = await someone()
    const unseen = aHospitalNumber()
    expect(await merge(unseen, current.hospitalNumber)).toMatchObject({ changed: true, patient: { formerIds: [] } })
    const facts = { hospitalNumber: unseen, name: { given: ['Somebody'], family: 'Else' }, eventAt: later(60) }
    const recorded = await recordPerson(portal, facts)
    expect(recorded).toMatchObject({ created: true, flags: [], patient: { id: current.id } })
    expect(recorded.recordId).not.toBe(current.id)
    expect(await byNumber(current.hospitalNumber)).toMatchObject({
      name: { full: 'Amal Haddad' },
      formerIds: [recorded.recordId],
    })
    expect((await unmerge(unseen, current.hospitalNumber)).patient.id).toBe(recorded.recordId)
    expect(await byNumber(unseen)).toMatchObject({ id: recorded.recordId, name: { full: 'Somebody Else' } })
    expect((await byNumber(current.hospitalNumber)).formerIds).toEqual([])
  })

  it('needs a name and a date of birth for a record it sees first when it is merged already', async () => {
    const current = await someone()
    const unseen = aHospitalNumber()
    await merge(unseen, current.hospitalNumber)
    const nameless: object = { hospitalNumber: unseen, name: null }
    expect(await recordPerson(portal, { ...nameless })).toMatchObject({
      __typename: 'PatientIncomplete',
      field: 'name',
    })
  })

  it('keeps what is said under the retired number for that record, and shows nothing of it while they are one', async () => {
    const [old, current] = [
      await someone({ nhsNumber: aFreeNhsNumber() }),
      await someone({ nhsNumber: aFreeNhsNumber() }),
    ]
    await merge(old.hospitalNumber, current.hospitalNumber)
    const facts = { name: { given: ['Not'], family: 'Shown' }, email: `not-${engine}@example.com` }
    const whoAndWhen = [
      { hospitalNumber: old.hospitalNumber, eventAt: later(60) },
      { hospitalNumber: null, nhsNumber: old.nhsNumber, eventAt: later(61) },
    ]
    for (const it of whoAndWhen)
      expect(await recordPerson(portal, { ...it, ...facts })).toMatchObject({
        created: false,
        flags: [],
        recordId: old.id,
        patient: { id: current.id, email: null, name: { family: 'Haddad' } },
      })
    expect(await recordPerson(portal, { hospitalNumber: old.hospitalNumber, eventAt: later(30) })).toMatchObject({
      flags: ['OLDER_THAN_RECORD'],
      recordId: old.id,
    })
    const { challengeId } = await startLogin(portal, { channel: 'EMAIL', contact: facts.email, bornOn })
    expect(await codeOf(portal, challengeId)).toBeUndefined()
    expect(await loggedIn(old.mobile ?? '')).toBeUndefined()
    await unmerge(old.hospitalNumber, current.hospitalNumber)
    expect(await byNumber(old.hospitalNumber)).toMatchObject({ id: old.id, name: { full: 'Not Shown' } })
    expect((await byNumber(current.hospitalNumber)).name.full).toBe('Amal Haddad')
  })

  it('answers the id of the record itself while nothing is merged into another', async () => {
    const current = await someone()
    const again = { hospitalNumber: current.hospitalNumber, eventAt: later(1) }
    expect(await recordPerson(portal, again)).toMatchObject({ recordId: current.id, patient: { id: current.id } })
  })

  it('heeds at once that somebody has died, or not, when it is said under the retired number', async () => {
    const [old, current] = [await someone(), await someone()]
    await merge(old.hospitalNumber, current.hospitalNumber)
    const token = await loggedIn(current.mobile ?? '')
    await recordPerson(portal, { hospitalNumber: old.hospitalNumber, deceased: true, eventAt: later(1) })
    expect(await byNumber(current.hospitalNumber)).toMatchObject({ deceased: true, messageable: false })
    expect(await viewerOf(token)).toBeNull()
    await recordPerson(portal, { hospitalNumber: old.hospitalNumber, deceased: false, eventAt: later(2) })
    expect(await byNumber(current.hospitalNumber)).toMatchObject({ deceased: false, messageable: true })
  })

  it('leaves the NHS number with the surviving record when the retired one is said to have it', async () => {
    const nhsNumber = aFreeNhsNumber()
    const [old, current, other] = [await someone({ nhsNumber }), await someone(), await someone()]
    await merge(old.hospitalNumber, current.hospitalNumber)
    const again = { hospitalNumber: old.hospitalNumber, nhsNumber, eventAt: later(1) }
    expect(await recordPerson(portal, again)).toMatchObject({ flags: [], patient: { nhsNumber } })
    const clash = { hospitalNumber: other.hospitalNumber, nhsNumber, eventAt: later(1) }
    expect((await recordPerson(portal, clash)).flags).toEqual(['NHS_NUMBER_DROPPED'])
    expect((await unmerge(old.hospitalNumber, current.hospitalNumber)).patient).toMatchObject({ id: old.id, nhsNumber })
    expect((await byNumber(current.hospitalNumber)).nhsNumber).toBeNull()
  })

  it('undoes nothing of two who were never one, and says so', async () => {
    const [one, another] = [await someone(), await someone()]
    expect(await unmerge(one.hospitalNumber, another.hospitalNumber)).toMatchObject({
      __typename: 'PatientsNotMerged',
      message: expect.stringContaining('were not one') as string,
    })
    await merge(one.hospitalNumber, another.hospitalNumber, later(1))
    for (const eventAt of [later(2), later(3)])
      expect(await unmerge(one.hospitalNumber, another.hospitalNumber, eventAt)).toMatchObject({
        __typename: 'PatientsUnmerged',
        patient: { id: one.id },
      })
  })

  it('says which number is unknown', async () => {
    const known = await someone()
    for (const [retired, surviving, words] of [
      [known.hospitalNumber, aHospitalNumber(), 'surviving hospital number is not known'],
      [' ', known.hospitalNumber, 'retired hospital number is missing'],
    ] as const)
      expect(await merge(retired, surviving)).toMatchObject({
        __typename: 'PatientsNotMerged',
        message: expect.stringContaining(words) as string,
      })
    expect(await unmerge(aHospitalNumber(), aHospitalNumber())).toMatchObject({
      __typename: 'PatientsNotMerged',
      message: expect.stringContaining('Neither') as string,
    })
  })

  it('gives the NHS number to the surviving record that has none, and back when it was a mistake', async () => {
    const nhsNumber = aFreeNhsNumber()
    const [old, current, last] = [await someone({ nhsNumber }), await someone(), await someone()]
    expect((await merge(old.hospitalNumber, current.hospitalNumber)).patient.nhsNumber).toBe(nhsNumber)
    expect((await merge(current.hospitalNumber, last.hospitalNumber)).patient.nhsNumber).toBe(nhsNumber)
    const { patient: own } = await unmerge(old.hospitalNumber, current.hospitalNumber)
    expect(own).toMatchObject({ id: old.id, nhsNumber })
    expect((await byNumber(last.hospitalNumber)).nhsNumber).toBeNull()
  })

  it('lets the surviving record have the NHS number of the retired one once the hospital says so', async () => {
    const [first, second] = [aFreeNhsNumber(), aFreeNhsNumber()]
    const [old, current] = [await someone({ nhsNumber: first }), await someone({ nhsNumber: second })]
    expect((await merge(old.hospitalNumber, current.hospitalNumber)).patient.nhsNumber).toBe(second)
    const said = { hospitalNumber: current.hospitalNumber, nhsNumber: first, eventAt: later(5) }
    expect(await recordPerson(portal, said)).toMatchObject({ flags: [], patient: { id: current.id, nhsNumber: first } })
    const other = await someone()
    const clash = { hospitalNumber: other.hospitalNumber, nhsNumber: first, eventAt: later(5) }
    expect((await recordPerson(portal, clash)).flags).toEqual(['NHS_NUMBER_DROPPED'])
  })

  it.each([
    ['has died', { deceased: true }, true],
    ['is kept out', { sensitive: true }, false],
  ])('heeds that somebody %s on either of the two records', async (_, facts, deceased) => {
    for (const [oldFacts, currentFacts] of [
      [facts, {}],
      [{}, facts],
    ]) {
      const [old, current, last] = [await someone(oldFacts), await someone(currentFacts), await someone()]
      const token = await loggedIn(last.mobile ?? '')
      await merge(old.hospitalNumber, current.hospitalNumber)
      await merge(current.hospitalNumber, last.hospitalNumber)
      expect(await byNumber(last.hospitalNumber)).toMatchObject({ deceased, messageable: false })
      expect(await viewerOf(token)).toBeNull()
      expect(await loggedIn(last.mobile ?? '')).toBeUndefined()
      await unmerge(current.hospitalNumber, last.hospitalNumber)
      expect(await byNumber(last.hospitalNumber)).toMatchObject({ deceased: false, messageable: true })
    }
  })

  it('does once what it is told twice, and two merges at once that would be a circle are one', async () => {
    const [a, b] = [await someone(), await someone()]
    const outcomes = await Promise.all([
      merge(a.hospitalNumber, b.hospitalNumber),
      merge(b.hospitalNumber, a.hospitalNumber),
      merge(a.hospitalNumber, b.hospitalNumber),
      merge(b.hospitalNumber, a.hospitalNumber),
    ])
    expect(outcomes.filter((it) => it.changed)).toHaveLength(1)
    expect(outcomes.filter((it) => it.__typename === 'PatientsNotMerged')).toHaveLength(2)
    expect((await byNumber(a.hospitalNumber)).id).toBe((await byNumber(b.hospitalNumber)).id)
  })
})
