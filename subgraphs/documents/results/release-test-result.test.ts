import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { engines, patient, staff, system } from '../../../test/alone.ts'
import type { Behind } from '../../../test/behind.ts'
import { documentsAlone } from '../../../test/documents-alone.ts'
import {
  aBiopsy,
  aBloodCount,
  act,
  actsOn,
  anXRay,
  asPatient,
  asStaff,
  clinician,
  haemoglobin,
  record,
  recorded,
} from '../../../test/laboratory.ts'
import type { Viewer } from '../../runtime/viewer.ts'

const [peter, grace] = [clinician('Peter'), clinician('Grace')]

describe.each(engines)('a test result in the hands of clinicians, on %s', (engine) => {
  let hospital: Behind
  beforeAll(async () => {
    hospital = await documentsAlone({ engine })
  })
  beforeEach(() => hospital.clock.set('2026-11-23T10:00:00Z'))
  afterAll(() => hospital.stop())

  const aCritical = () => recorded(hospital, aBloodCount({ observations: [haemoglobin('61', { flag: 'LL' })] }))

  it.each([
    ['a report before its day', anXRay],
    ['what only a clinician opens', aBiopsy],
  ])('is opened by one: %s', async (_, sent) => {
    const id = await recorded(hospital, sent())
    expect(await act(hospital, peter, 'release', id)).toMatchObject({
      __typename: 'TestResultReleased',
      result: { id, state: 'READY' },
    })
    expect(await asPatient(hospital, id)).toMatchObject({ state: 'READY', notice: null, unread: true })
    expect((await asStaff(hospital, id))?.release).toMatchObject({
      reason: 'RELEASED',
      steps: [{ act: 'RECEIVED' }, { act: 'RELEASED', by: 'Peter', reason: null, at: '2026-11-23T10:00:00.000Z' }],
    })
  })

  it('tells its patient when it was opened', async () => {
    const id = await aCritical()
    const told = async () => {
      await hospital.subgraph.settle()
      await hospital.subgraph.settle()
      return hospital.told.filter((it) => it.ids.documentId === id).length
    }
    expect(await told()).toBe(0)
    await act(hospital, peter, 'release', id)
    expect(await told()).toBe(1)
    await act(hospital, peter, 'retract', id)
    expect(await told()).toBe(1)
    await act(hospital, peter, 'release', id)
    expect(await told()).toBe(2)
  })

  it.each(['hold', 'retract'] as const)('is not put through %s without a reason, or with a novel', async (what) => {
    const id = await recorded(hospital, what === 'hold' ? anXRay() : aBloodCount())
    for (const reason of ['', '  ', 'x'.repeat(501)]) {
      const asked = act(hospital, peter, what, id, { reason, ...(what === 'hold' && { until: '2026-12-07' }) })
      await expect(asked).rejects.toThrow(/BAD_USER_INPUT reason: use .*500 characters/)
    }
    expect(actsOn(await asStaff(hospital, id))).not.toContain(what === 'hold' ? 'HELD' : 'RETRACTED')
  })

  it('is taken back by one, read or not, and given again', async () => {
    const id = await recorded(hospital, aBloodCount())
    expect(await act(hospital, peter, 'retract', id)).toMatchObject({ __typename: 'TestResultRetracted' })
    const seen = await asPatient(hospital, id)
    expect(seen).toMatchObject({
      state: 'WAITING',
      title: 'Test result',
      opensAt: null,
      unread: false,
      observations: [],
    })
    expect(seen?.notice).toMatch(/again/)
    expect(await act(hospital, grace, 'hold', id, { until: '2026-11-24' })).toMatchObject({
      __typename: 'TestResultHeld',
    })
    await act(hospital, grace, 'release', id)
    expect(await asPatient(hospital, id)).toMatchObject({ state: 'READY', unread: true })
    expect((await asStaff(hospital, id))?.release.steps.map(({ act: done, by }) => [done, by])).toEqual([
      ['RECEIVED', null],
      ['OPENED', null],
      ['RETRACTED', 'Peter'],
      ['HELD', 'Grace'],
      ['RELEASED', 'Grace'],
    ])
  })

  it('stays taken back when the laboratory sends it again', async () => {
    const sent = aBloodCount()
    const id = await recorded(hospital, sent)
    await act(hospital, peter, 'retract', id)
    await record(hospital, {
      ...sent,
      status: 'C',
      eventAt: '2026-11-23T10:00:00Z',
      observations: [haemoglobin('128')],
    })
    expect(await asPatient(hospital, id)).toMatchObject({ state: 'WAITING', opensAt: null })
    expect((await asStaff(hospital, id))?.release.reason).toBe('RETRACTED')
  })

  it.each<[string, 'release' | 'hold' | 'retract', () => Record<string, unknown>, RegExp]>([
    ['open what is open', 'release', aBloodCount, /can read this result already/],
    ['open what is not finished', 'release', () => aBloodCount({ status: 'P' }), /not finished/],
    ['open what was withdrawn', 'release', () => aBloodCount({ status: 'X' }), /taken this result back/],
    ['hold what is open', 'hold', aBloodCount, /Take it back/],
    ['hold what is not finished', 'hold', () => anXRay({ status: 'P' }), /not finished/],
    ['hold what only a clinician opens', 'hold', aBiopsy, /Only a clinician opens/],
    ['take back what nobody can read', 'retract', anXRay, /cannot read/],
    ['take back what was withdrawn', 'retract', () => aBloodCount({ status: 'X' }), /taken this result back/],
  ])('says why it cannot %s', async (_, what, sent, message) => {
    const id = await recorded(hospital, sent())
    const before = actsOn(await asStaff(hospital, id))
    const answer = await act(hospital, peter, what, id, what === 'hold' ? { until: '2026-11-26' } : {})
    expect(answer.__typename).toBe('TestResultNotReleasable')
    expect(answer.message).toMatch(message)
    expect(actsOn(await asStaff(hospital, id))).toEqual(before)
  })

  it('cannot be held when it is critical, also after it was taken back', async () => {
    const id = await aCritical()
    await act(hospital, peter, 'release', id)
    await act(hospital, peter, 'retract', id)
    expect((await act(hospital, peter, 'hold', id, { until: '2026-11-26' })).__typename).toBe('TestResultNotReleasable')
  })

  it('is not acted on from a page that is no longer true', async () => {
    const sent = aBiopsy()
    const id = await recorded(hospital, sent)
    await record(hospital, { ...sent, status: 'C', eventAt: '2026-11-23T09:59:00Z', requestedBy: 'Dr Other' })
    expect(await act(hospital, peter, 'release', id, { steps: 1 })).toMatchObject({
      __typename: 'TestResultHasChanged',
      result: { id, state: 'WAITING' },
    })
    expect((await act(hospital, peter, 'release', id, { steps: 2 })).__typename).toBe('TestResultReleased')
  })

  it('is won by one of ten clinicians who act at once', async () => {
    const id = await recorded(hospital, anXRay())
    const desk = Array.from({ length: 10 }, (_, n) => clinician(`Doctor${n}`))
    const answers = await Promise.all(
      desk.map((who, n) =>
        n % 2
          ? act(hospital, who, 'release', id, { steps: 1 })
          : act(hospital, who, 'hold', id, { steps: 1, until: '2026-12-07' }),
      ),
    )
    const names = answers.map((it) => it.__typename)
    expect(names.filter((it) => it === 'TestResultHasChanged')).toHaveLength(9)
    const winner = names.findIndex((it) => it !== 'TestResultHasChanged')
    expect((await asStaff(hospital, id))?.release.steps).toMatchObject([
      { act: 'RECEIVED' },
      { act: winner % 2 ? 'RELEASED' : 'HELD', by: `Doctor${winner}` },
    ])
  })

  it('is opened, or corrected first, and never opened as what nobody saw', async () => {
    for (let n = 0; n < 10; n++) {
      const sent = aBloodCount({ observations: [haemoglobin('61', { flag: 'LL' })] })
      const id = await recorded(hospital, sent)
      const correction = {
        ...sent,
        status: 'C',
        eventAt: '2026-11-23T09:59:00Z',
        observations: [haemoglobin('41', { flag: 'LL' })],
      }
      const [released] = await Promise.all([
        act(hospital, peter, 'release', id, { steps: 1 }),
        record(hospital, correction),
      ])
      const acts =
        released.__typename === 'TestResultReleased' ? ['RECEIVED', 'RELEASED', 'CORRECTED'] : ['RECEIVED', 'CORRECTED']
      expect(actsOn(await asStaff(hospital, id))).toEqual(acts)
      expect(await asPatient(hospital, id)).toMatchObject({ state: 'WAITING' })
    }
  })

  it('is opened once by a double click', async () => {
    const id = await aCritical()
    const more = { steps: 1, idempotencyKey: randomUUID() }
    const [one, two] = await Promise.all([
      act(hospital, peter, 'release', id, more),
      act(hospital, peter, 'release', id, more),
    ])
    expect(one).toEqual(two)
    expect(actsOn(await asStaff(hospital, id))).toEqual(['RECEIVED', 'RELEASED'])
  })

  it('is found and acted on by clinicians of its clinic alone; to others it is not there', async () => {
    const clinicCode = `C${randomUUID()}`
    const id = await recorded(hospital, anXRay({ clinicCodes: [clinicCode] }))
    const others: [string, Viewer][] = [
      ['of another clinic', clinician('Edith', 'ELSEWHERE')],
      ['who does not release results', staff],
      ['without the right, of its clinic', { ...staff, scopes: [`clinic:${clinicCode}`] }],
    ]
    for (const [who, viewer] of others) {
      expect([who, await asStaff(hospital, id, viewer)]).toEqual([who, null])
      for (const what of ['release', 'hold', 'retract'] as const) {
        const more = what === 'hold' ? { until: '2026-11-26' } : {}
        const answer = await act(hospital, viewer, what, id, { steps: 1, ...more })
        expect(answer).toEqual(await act(hospital, viewer, what, randomUUID(), { steps: 1, ...more }))
        expect(answer.__typename).toBe('TestResultNotFound')
      }
    }
    expect((await act(hospital, clinician('Ada', clinicCode), 'release', id)).__typename).toBe('TestResultReleased')
  })

  it('is for staff and systems alone', async () => {
    const id = await recorded(hospital, anXRay())
    await expect(act(hospital, patient('amal'), 'release', id)).rejects.toThrow('FORBIDDEN')
    expect((await act(hospital, system, 'release', id)).__typename).toBe('TestResultReleased')
    expect((await asStaff(hospital, id))?.release.steps.at(-1)).toMatchObject({ act: 'RELEASED', by: null })
    const { errors } = await hospital.ask(
      patient('amal'),
      `{ document(id: "${id}") { ... on TestResult { release { class } } } }`,
    )
    expect(errors?.[0]?.extensions?.code).toBe('FORBIDDEN')
  })

  it('leaves a line in the audit for who looked, and for who acted', async () => {
    const patientId = randomUUID()
    const id = await recorded(hospital, anXRay({ patientId }))
    await asStaff(hospital, id, grace)
    await act(hospital, peter, 'release', id, { steps: 1 })
    const rows = await hospital.sql(
      `select actor_id from audit_entry where patient_id = ? and role = 'STAFF' order by sequence`,
      patientId,
    )
    expect(rows).toEqual([{ actor_id: 'staff:grace' }, { actor_id: 'staff:peter' }])
  })
})
