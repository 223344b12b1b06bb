import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { engines, patient } from '../../../test/alone.ts'
import type { Behind } from '../../../test/behind.ts'
import { documentsAlone } from '../../../test/documents-alone.ts'
import { aBloodCount, act, clinician, haemoglobin, record, recorded, type SentValue } from '../../../test/laboratory.ts'
import type { Viewer } from '../../runtime/viewer.ts'
import { ObservationFlag } from './observation-words.ts'
import { TestResultStatus } from './test-result-status.ts'
import { trendAmong, type ValueOfResult } from './trend.ts'

interface Point {
  resultId: string
  measuredAt: string
  value: string
  number: number
  comparator: string | null
  range: { text: string } | null
}

describe('values of a partner', () => {
  const one: ValueOfResult = {
    ...{ id: '1', resultId: 'r1', ownerId: 'amal', name: 'Haemoglobin', code: '718-7', codeSystem: 'LOINC' },
    ...{ laboratory: 'Barnet', value: '135', number: 135, comparator: null, unit: 'g/L', range: null, comments: [] },
    ...{ flag: ObservationFlag.NONE, status: TestResultStatus.FINAL, measuredAt: new Date('2026-11-20T08:00:00Z') },
  }
  const earlier = {
    ...one,
    id: '2',
    resultId: 'r2',
    value: '120',
    number: 120,
    measuredAt: new Date('2026-10-20T08:00:00Z'),
  }

  it('are compared with their like alone', () => {
    const unlike: ValueOfResult[] = [
      { ...earlier, id: '3', laboratory: 'Enfield' },
      { ...earlier, id: '4', unit: 'g/dL' },
      { ...earlier, id: '5', code: '777-3' },
      { ...earlier, id: '6', codeSystem: 'SNOMED-CT' },
      { ...earlier, id: '7', number: null },
      { ...earlier, id: '8', measuredAt: null },
      { ...earlier, id: '9', status: TestResultStatus.WITHDRAWN },
    ]
    const trend = trendAmong(one, [one, ...unlike, earlier])
    expect(trend.map(({ resultId, value }) => [resultId, value])).toEqual([
      ['r2', '120'],
      ['r1', '135'],
    ])
  })

  it('are none when it is no number', () => {
    expect(trendAmong({ ...one, number: null }, [earlier])).toEqual([])
  })
})

describe.each(engines)('a value over time, on %s', (engine) => {
  let hospital: Behind
  let patientId: string
  beforeAll(async () => {
    hospital = await documentsAlone({ engine })
  })
  beforeEach(() => {
    hospital.clock.set('2026-11-23T10:00:00Z')
    patientId = randomUUID()
  })
  afterAll(() => hospital.stop())

  const measured = (day: string, value: string, more: Record<string, unknown> = {}, one: Partial<SentValue> = {}) =>
    recorded(
      hospital,
      aBloodCount({ patientId, collectedAt: `${day}T08:00:00Z`, observations: [haemoglobin(value, one)], ...more }),
    )
  const trendsOf = async (id: string, viewer: Viewer = patient(patientId)): Promise<Point[][]> => {
    const field = viewer.role === 'STAFF' ? 'testResult' : 'document'
    const { data, errors } = await hospital.ask(
      viewer,
      `query ($id: ID!) { ${field}(id: $id) { ... on TestResult { observations {
        trend { resultId measuredAt value number comparator range { text } } } } } }`,
      { id },
    )
    if (errors) throw new Error(JSON.stringify(errors))
    const { observations } = data?.[field] as unknown as { observations: { trend: Point[] }[] }
    return observations.map(({ trend }) => trend)
  }
  const valuesOf = async (id: string, viewer?: Viewer) => (await trendsOf(id, viewer))[0]?.map(({ value }) => value)

  it('is shown oldest first, each with its own range and sign', async () => {
    const later = await measured('2026-11-20', '140', {}, { range: '120-170' })
    const first = await measured('2026-09-20', '<100')
    const [trend] = await trendsOf(later)
    expect(trend).toEqual([
      {
        resultId: first,
        measuredAt: '2026-09-20T08:00:00.000Z',
        value: '<100',
        number: 100,
        comparator: 'LESS_THAN',
        range: { text: '130-180' },
      },
      {
        resultId: later,
        measuredAt: '2026-11-20T08:00:00.000Z',
        value: '140',
        number: 140,
        comparator: null,
        range: { text: '120-170' },
      },
    ])
    // From the older one it looks the same.
    expect((await trendsOf(first))[0]).toEqual(trend)
  })

  it('never mixes laboratories, units, codes or patients', async () => {
    const id = await measured('2026-11-20', '135')
    await measured('2026-11-01', '1', { laboratory: 'Barnet Pathology' })
    await measured('2026-11-02', '2', {}, { unit: 'g/dL' })
    await measured('2026-11-03', '3', {}, { test: { code: '777-3', system: 'LN', name: 'Haemoglobin' } })
    await measured('2026-11-04', '4', {}, { test: { code: '718-7', system: 'SCT', name: 'Haemoglobin' } })
    await measured('2026-11-05', '5', { patientId: randomUUID() })
    expect(await valuesOf(id)).toEqual(['135'])
  })

  it('shows nothing of what waits, was withdrawn or is kept out', async () => {
    const id = await measured('2026-11-20', '135')
    await measured('2026-11-01', '61', {}, { flag: 'LL' })
    const withdrawn = aBloodCount({ patientId, collectedAt: '2026-11-02T08:00:00Z' })
    await recorded(hospital, withdrawn)
    await record(hospital, { ...withdrawn, status: 'X', eventAt: '2026-11-23T09:59:00Z' })
    const keptOut = await measured('2026-11-03', '3')
    await hospital.sql('update document set excluded = true where id = ?', keptOut)
    await measured('2026-11-04', '', {}, { status: 'W' })
    expect(await valuesOf(id)).toEqual(['135'])
    expect(await valuesOf(id, clinician('Peter'))).toEqual(['135'])
  })

  it('shows a clinician what waits beside what the patient can read', async () => {
    await measured('2026-10-20', '135')
    const waiting = await measured('2026-11-01', '61', {}, { flag: 'LL' })
    expect(await valuesOf(waiting, clinician('Peter'))).toEqual(['135', '61'])
    await act(hospital, clinician('Peter'), 'release', waiting)
    expect(await valuesOf(waiting)).toEqual(['135', '61'])
  })

  it('holds the newest version alone of what was corrected', async () => {
    const sent = aBloodCount({ patientId })
    const id = await recorded(hospital, sent)
    await record(hospital, {
      ...sent,
      status: 'C',
      eventAt: '2026-11-23T09:59:00Z',
      observations: [haemoglobin('128')],
    })
    expect(await valuesOf(id)).toEqual(['128'])
  })

  it('goes on through a merge of records, for the patient', async () => {
    const before = randomUUID()
    await measured('2026-10-01', '120', { patientId: before })
    const id = await measured('2026-11-01', '130')
    expect(await valuesOf(id)).toEqual(['130'])
    expect(await valuesOf(id, patient(patientId, { patientIds: [patientId, before] }))).toEqual(['120', '130'])
  })

  it('loses nothing beside a test that is done many times a day', async () => {
    const platelets = (value: string) =>
      haemoglobin(value, { key: 'b', test: { code: '777-3', system: 'LN', name: 'Platelets' } })
    await measured('2025-01-01', '1', { observations: [platelets('200')] })
    const id = await measured('2025-06-01', '1', { observations: [haemoglobin('130'), platelets('210')] })
    const often = Array.from({ length: 401 }, (_, n) =>
      haemoglobin(`${n}`, { key: `k${n}`, measuredAt: new Date(Date.UTC(2026, 0, 1, n)).toISOString() }),
    )
    await measured('2026-01-20', '1', { observations: often })
    expect((await trendsOf(id))[1]?.map(({ value }) => value)).toEqual(['200', '210'])
  })

  it('is none for words, and for a value without a code or a time', async () => {
    const id = await recorded(
      hospital,
      aBloodCount({
        patientId,
        collectedAt: null,
        observations: [
          haemoglobin('Haemolysed', { key: '1' }),
          haemoglobin('5', { key: '2', test: { name: 'Haemoglobin' } }),
          haemoglobin('6', { key: '3' }),
        ],
      }),
    )
    expect(await trendsOf(id, clinician('Peter'))).toEqual([[], [], []])
  })

  it('is the newest 50, and the one that was asked about, of each value of a panel', async () => {
    const values = [
      haemoglobin('1', { key: 'a' }),
      haemoglobin('2', { key: 'b', test: { code: '777-3', system: 'LN', name: 'Platelets' } }),
    ]
    const ids: string[] = []
    for (let n = 0; n < 52; n++) {
      const collectedAt = new Date(Date.UTC(2026, 0, 1 + n)).toISOString()
      const observations = values.map((it) => ({ ...it, value: `${n}` }))
      ids.push(await recorded(hospital, aBloodCount({ patientId, collectedAt, observations })))
    }
    const newest = Array.from({ length: 50 }, (_, n) => `${n + 2}`)
    for (const trend of await trendsOf(ids[51] ?? '')) expect(trend.map(({ value }) => value)).toEqual(newest)
    for (const trend of await trendsOf(ids[0] ?? ''))
      expect(trend.map(({ value }) => value)).toEqual(['0', ...newest.slice(1)])
  })
})
