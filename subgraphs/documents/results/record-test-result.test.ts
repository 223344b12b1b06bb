import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { engines, patient, staff } from '../../../test/alone.ts'
import type { Behind } from '../../../test/behind.ts'
import { documentsAlone } from '../../../test/documents-alone.ts'
import {
  aBiopsy,
  aBloodCount,
  actsOn,
  anXRay,
  asPatient,
  asStaff,
  haemoglobin,
  record,
  recorded,
} from '../../../test/laboratory.ts'

describe.each(engines)('a test result that the laboratory sends, on %s', (engine) => {
  let hospital: Behind
  beforeAll(async () => {
    hospital = await documentsAlone({ engine })
  })
  beforeEach(() => hospital.clock.set('2026-11-23T10:00:00Z'))
  afterAll(() => hospital.stop())

  it('can be read at once when its values are numbers and it is final', async () => {
    const id = await recorded(hospital, aBloodCount({ comments: ['Repeat in 3 months.'] }))
    expect(await asPatient(hospital, id)).toEqual({
      id,
      title: 'Full blood count',
      state: 'READY',
      opensAt: null,
      unread: true,
      correctedAt: null,
      notice: null,
      panel: 'Full blood count',
      status: 'FINAL',
      requestedBy: 'Dr Ada Okafor',
      laboratory: 'Watford Pathology',
      specimen: 'Blood',
      collectedAt: '2026-11-22T08:00:00.000Z',
      reportedAt: '2026-11-23T09:45:00.000Z',
      comments: ['Repeat in 3 months.'],
      report: [],
      observations: [
        {
          name: 'Haemoglobin',
          code: '718-7',
          codeSystem: 'LOINC',
          value: '135',
          number: 135,
          comparator: null,
          unit: 'g/L',
          range: { text: '130-180', low: 130, high: 180 },
          flag: 'NORMAL',
          status: 'FINAL',
          comments: [],
          measuredAt: '2026-11-22T08:00:00.000Z',
        },
      ],
    })
    expect(await asStaff(hospital, id)).toMatchObject({
      release: { class: 'NUMERIC', reason: 'AT_ONCE', opensAt: '2026-11-23T10:00:00.000Z', alarm: false },
      patient: { id: 'amal' },
    })
    expect(actsOn(await asStaff(hospital, id))).toEqual(['RECEIVED', 'OPENED'])
  })

  it('waits as a placeholder that says when it opens, and nothing of what it is', async () => {
    const id = await recorded(hospital, anXRay())
    const seen = await asPatient(hospital, id)
    expect(seen).toMatchObject({
      title: 'Test result',
      state: 'WAITING',
      opensAt: '2026-12-07T08:00:00.000Z',
      unread: false,
      panel: null,
      status: null,
      laboratory: null,
      specimen: null,
      collectedAt: null,
      reportedAt: null,
      report: [],
      observations: [],
    })
    expect(seen?.notice).toContain('Monday 7 December 2026')
    expect(JSON.stringify(seen)).not.toMatch(/x-ray|chest|heart|watford|okafor/i)
    expect(await asStaff(hospital, id)).toMatchObject({ title: 'X-ray of the chest', report: [{ heading: 'Report' }] })
  })

  it.each<[string, Record<string, unknown>, string]>([
    ['is critical', aBloodCount({ observations: [haemoglobin('61', { flag: 'LL' })] }), 'CRITICAL_FLAG'],
    [
      'is of a test nobody knows',
      aBloodCount({ panel: { code: 'Z9', system: 'L', name: 'A new test' } }),
      'UNKNOWN_CODE',
    ],
    ['is of a kind that only a clinician opens', aBiopsy(), 'CLINICIAN_ONLY'],
    ['is preliminary', aBloodCount({ status: 'P' }), 'PRELIMINARY'],
  ])('waits without a date when it %s', async (_, sent, reason) => {
    const id = await recorded(hospital, { ...sent, hospitalId: randomUUID() })
    const seen = await asPatient(hospital, id)
    expect(seen).toMatchObject({ title: 'Test result', state: 'WAITING', opensAt: null, observations: [] })
    expect(seen?.notice).toMatch(/\w/)
    expect(await asStaff(hospital, id)).toMatchObject({ release: { reason, opensAt: null } })
  })

  it('says the same of every kind of wait for a clinician', async () => {
    const kinds = [
      aBloodCount({ observations: [haemoglobin('61', { flag: 'LL' })] }),
      aBloodCount({ panel: { code: 'Z9', system: 'L', name: 'A new test' } }),
      aBiopsy(),
    ]
    const notices = new Set<string | null | undefined>()
    for (const sent of kinds) notices.add((await asPatient(hospital, await recorded(hospital, sent)))?.notice)
    expect(notices.size).toBe(1)
  })

  it('opens no sooner than the hospital asks', async () => {
    const notBefore = '2026-11-27T12:00:00Z'
    const id = await recorded(hospital, aBloodCount({ notBefore }))
    expect(await asPatient(hospital, id)).toMatchObject({ state: 'WAITING', opensAt: '2026-11-27T12:00:00.000Z' })
    hospital.clock.set(notBefore)
    expect(await asPatient(hospital, id)).toMatchObject({ state: 'READY' })
  })

  it('is preliminary first, and final later', async () => {
    const sent = aBloodCount({ status: 'P', observations: [] })
    const id = await recorded(hospital, sent)
    await recorded(hospital, { ...sent, status: 'F', observations: [haemoglobin()], eventAt: '2026-11-23T09:55:00Z' })
    expect(await asPatient(hospital, id)).toMatchObject({ state: 'READY', status: 'FINAL', correctedAt: null })
    expect(actsOn(await asStaff(hospital, id))).toEqual(['RECEIVED', 'CORRECTED', 'OPENED'])
  })

  it('is there once when it is sent again, with the same key or another', async () => {
    const sent = aBloodCount({ idempotencyKey: randomUUID() })
    const first = await record(hospital, sent)
    expect(await record(hospital, sent)).toEqual(first)
    expect(await record(hospital, { ...sent, idempotencyKey: randomUUID() })).toMatchObject({
      created: false,
      flags: [],
    })
    const id = (first.result as { id: string }).id
    expect(await asPatient(hospital, id)).toMatchObject({ correctedAt: null, unread: true })
    expect(actsOn(await asStaff(hospital, id))).toEqual(['RECEIVED', 'OPENED'])
  })

  it('is there once when ten messages with it arrive at once', async () => {
    const sent = aBloodCount()
    const answers = await Promise.all(Array.from({ length: 10 }, () => record(hospital, sent)))
    expect(answers.filter((it) => it.created)).toHaveLength(1)
    expect(new Set(answers.map((it) => (it.result as { id: string }).id)).size).toBe(1)
    const [row] = await hospital.sql<{ n: number | string }>(
      'select count(*) as n from test_observation where result_id = ?',
      (answers[0]?.result as { id: string }).id,
    )
    expect(Number(row?.n)).toBe(1)
  })

  it('is refused, with nothing changed, when its id is of another patient', async () => {
    const sent = aBloodCount()
    const id = await recorded(hospital, sent)
    const other = { ...sent, patientId: 'omar', observations: [haemoglobin('1')], eventAt: '2026-11-24T09:00:00Z' }
    expect((await record(hospital, other)).__typename).toBe('DocumentPatientMismatch')
    expect(await asPatient(hospital, id)).toMatchObject({ observations: [{ value: '135' }] })
    expect(await asPatient(hospital, id, 'omar')).toBeNull()
  })

  it('is taken for a record that was merged into theirs', async () => {
    const sent = aBloodCount({ patientId: 'amal-before' })
    const id = await recorded(hospital, sent)
    const merged = { ...sent, patientId: 'amal', formerPatientIds: ['amal-before'], status: 'C' }
    expect(await record(hospital, { ...merged, eventAt: '2026-11-23T09:55:00Z' })).toMatchObject({ created: false })
    const both = patient('amal', { patientIds: ['amal', 'amal-before'] })
    const { data } = await hospital.ask(both, `{ document(id: "${id}") { ... on TestResult { status } } }`)
    expect(data).toMatchObject({ document: { status: 'CORRECTED' } })
  })

  it('shows values as they were sent when they cannot be read, and the others beside them', async () => {
    const unreadable = haemoglobin('1,234', { key: 'odd', test: { code: '777-3', system: 'LN', name: 'Platelets' } })
    const answer = await record(hospital, aBloodCount({ observations: [haemoglobin(), unreadable] }))
    expect(answer).toMatchObject({ flags: ['VALUES_UNREAD'] })
    const seen = await asStaff(hospital, (answer.result as { id: string }).id)
    expect(seen?.observations).toMatchObject([
      { value: '135', number: 135 },
      { value: '1,234', number: null },
    ])
  })

  it('keeps values with their signs, units and ranges as the laboratory gave them', async () => {
    const observations = [
      haemoglobin('<5', { key: '1', range: '<48', unit: String.raw`x10\S\9/L`, flag: 'L' }),
      haemoglobin('1:64', { key: '2', range: '', unit: '', flag: '' }),
      haemoglobin('7', { key: '3', range: '3.5-5.3', unit: '10*9/L', flag: 'H~A', status: 'C' }),
      haemoglobin('posted as wrong', { key: '4', status: 'W', flag: 'HH' }),
      haemoglobin('61', { key: '5', flag: 'H~PANIC', comments: ['Phoned to the ward.'] }),
    ]
    const id = await recorded(hospital, aBloodCount({ observations }))
    expect((await asStaff(hospital, id))?.observations).toMatchObject([
      {
        value: '<5',
        number: 5,
        comparator: 'LESS_THAN',
        unit: 'x10⁹/L',
        range: { text: '<48', low: null, high: 48 },
        flag: 'LOW',
      },
      { value: '1:64', number: null, comparator: null, unit: null, range: null, flag: 'NONE' },
      { value: '7', unit: 'x10⁹/L', range: { low: 3.5, high: 5.3 }, flag: 'ABNORMAL', status: 'CORRECTED' },
      { value: '', number: null, range: null, flag: 'NONE', status: 'WITHDRAWN' },
      { value: '61', flag: 'HIGH', comments: ['The laboratory marked this “H~PANIC”.', 'Phoned to the ward.'] },
    ])
  })

  it.each<[string, Record<string, unknown>]>([
    ['status', { status: 'Z' }],
    ['status', { status: '' }],
    ['hospitalId', { hospitalId: ' ' }],
    ['hospitalId', { hospitalId: 'x'.repeat(256) }],
    ['laboratory', { laboratory: '' }],
    ['panel.name', { panel: { code: '58410-2', system: 'LN', name: '' } }],
    ['panel.code', { panel: { code: 'x'.repeat(101), name: 'Full blood count' } }],
    ['observations', { observations: [] }],
    ['observations.1.key', { observations: [haemoglobin('1', { key: 'a' }), haemoglobin('2', { key: 'a' })] }],
    ['observations.0.test.name', { observations: [haemoglobin('1', { test: { name: ' ' } })] }],
    ['observations.0.measuredAt', { observations: [haemoglobin('1', { measuredAt: '0026-11-23T10:00:00Z' })] }],
    ['eventAt', { eventAt: '0001-01-01T00:00:00Z' }],
    ['reportedAt', { reportedAt: '9999-01-01T00:00:00Z' }],
    ['pdf.base64', { pdf: { base64: 'no!' } }],
  ])('is refused for its %s when that is %j', async (field, wrong) => {
    const sent = aBloodCount(wrong)
    const answer = await record(hospital, sent)
    expect(answer).toMatchObject({ __typename: 'DocumentIncomplete', field })
    expect(answer.message).toMatch(/^\S+: .{10,}\.$/)
    const rows = await hospital.sql('select id from document where hospital_id = ?', sent.hospitalId)
    expect(rows).toEqual([])
  })

  it('is refused when its id is that of a letter', async () => {
    const sent = aBloodCount()
    const input = {
      idempotencyKey: randomUUID(),
      hospitalId: sent.hospitalId,
      patientId: 'amal',
      eventAt: '2026-11-23T09:00:00Z',
      kind: 'LETTER',
      title: 'A letter',
      writtenAt: '2026-11-23T09:00:00Z',
      sections: [{ heading: 'Plan', paragraphs: ['Rest.'], items: [] }],
    }
    const written = await hospital.ask(
      { ...staff, role: 'SYSTEM' as never },
      'mutation ($input: RecordLetterInput!) { recordLetter(input: $input) { __typename } }',
      { input },
    )
    expect(written).toMatchObject({ data: { recordLetter: { __typename: 'LetterRecorded' } } })
    expect(await record(hospital, sent)).toMatchObject({ __typename: 'DocumentIncomplete', field: 'hospitalId' })
  })

  it.each([
    ['patients', patient('amal')],
    ['staff', staff],
  ])('is not for %s to send', async (_, viewer) => {
    await expect(record(hospital, aBloodCount(), viewer)).rejects.toThrow('FORBIDDEN')
  })

  it('leaves its line in the audit of the patient', async () => {
    const patientId = randomUUID()
    await recorded(hospital, aBloodCount({ patientId }))
    const rows = await hospital.sql('select role, operation from audit_entry where patient_id = ?', patientId)
    expect(rows).toEqual([{ role: 'SYSTEM', operation: 'Record' }])
  })
})
