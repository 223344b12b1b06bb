import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { engines, patient, staff, system } from '../../test/alone.ts'
import type { Behind } from '../../test/behind.ts'
import { amal, documentsAlone, listOf, titlesOf } from '../../test/documents-alone.ts'
import { aBookingLetter, aLetter, aResult } from '../../test/hospital-documents.ts'
import { DocumentKind } from './document-kind.ts'

const at = (day: string, time = '09:30') => new Date(`${day}T${time}:00Z`)

describe.each(engines)('the list of documents, on %s', (engine) => {
  let hospital: Behind
  beforeAll(async () => {
    hospital = await documentsAlone({ engine })
  })
  beforeEach(() => hospital.sql('delete from document'))
  afterAll(() => hospital.stop())

  const add = async (...rows: ((em: ReturnType<Behind['fork']>) => object)[]) => {
    const em = hospital.fork()
    for (const row of rows) row(em)
    await em.flush()
  }

  it('holds letters, summaries and results in one, the newest first', async () => {
    await add(
      (em) => aLetter(em, { title: 'Discharge', kind: DocumentKind.DISCHARGE_SUMMARY, writtenAt: at('2026-11-10') }),
      (em) => aResult(em, { title: 'Full blood count', writtenAt: at('2026-11-12') }),
      (em) =>
        aBookingLetter(em, {
          title: 'Your admission',
          kind: DocumentKind.ADMISSION_LETTER,
          writtenAt: at('2026-11-11'),
        }),
      (em) => aBookingLetter(em, { title: 'Your appointment', writtenAt: at('2026-11-09') }),
      (em) => aLetter(em, { title: 'Outcome', kind: DocumentKind.OUTCOME_LETTER, writtenAt: at('2026-11-13') }),
      (em) => aLetter(em, { title: 'Copy', writtenAt: at('2026-11-08') }),
    )
    const { nodes } = await listOf(hospital)
    expect(nodes.map(({ __typename, title }) => [__typename, title])).toEqual([
      ['OutcomeLetter', 'Outcome'],
      ['TestResult', 'Full blood count'],
      ['AdmissionLetter', 'Your admission'],
      ['DischargeSummary', 'Discharge'],
      ['AppointmentLetter', 'Your appointment'],
      ['OtherLetter', 'Copy'],
    ])
  })

  it('goes on where a page ended, also among documents of the same moment', async () => {
    await add(
      ...Array.from(
        { length: 7 },
        (_, count) => (em: ReturnType<Behind['fork']>) => aLetter(em, { title: `${count}` }),
      ),
    )
    const seen: string[] = []
    let after: string | null = null
    do {
      const { nodes, pageInfo } = await listOf(hospital, { first: 2, after })
      seen.push(...nodes.map(({ id }) => id))
      expect(pageInfo.hasNextPage).toBe(seen.length < 7)
      after = pageInfo.hasNextPage ? pageInfo.endCursor : null
    } while (after)
    expect(new Set(seen).size).toBe(7)
    expect(seen).toEqual((await listOf(hospital)).nodes.map(({ id }) => id))
  })

  it.each([
    ['kinds', { kinds: ['TEST_RESULT'] }, ['Result']],
    ['several kinds', { kinds: ['TEST_RESULT', 'DISCHARGE_SUMMARY'] }, ['Result', 'Summary']],
    ['the own trust', { trustCode: 'RWG' }, ['Result', 'Summary', 'Letter']],
    ['unread', { unread: true }, ['Result', 'Letter']],
    ['read', { unread: false }, ['Summary']],
    ['the first day', { from: '2026-06-16' }, ['Result', 'Summary']],
    ['the last day', { until: '2026-06-16' }, ['Summary', 'Letter']],
    ['one day', { from: '2026-06-16', until: '2026-06-16' }, ['Summary']],
    ['a day without any', { from: '2026-06-18', until: '2026-06-18' }, []],
    [
      'everything at once',
      { kinds: ['LETTER'], unread: true, from: '0000-01-01', until: '9999-12-31', search: 'knee' },
      ['Letter'],
    ],
    ['years before any hospital', { until: '0001-01-01' }, []],
    ['years after any hospital', { from: '9999-12-31' }, []],
  ])('can be filtered by %s', async (_, filter, titles) => {
    await add(
      // Midnight in London: the 17th has begun there.
      (em) => aResult(em, { title: 'Result', writtenAt: at('2026-06-16', '23:00') }),
      (em) =>
        aLetter(em, {
          title: 'Summary',
          kind: DocumentKind.DISCHARGE_SUMMARY,
          writtenAt: at('2026-06-15', '23:00'),
          readAt: at('2026-06-20'),
        }),
      (em) => aLetter(em, { title: 'Letter', writtenAt: at('2026-06-15', '22:59'), searchText: 'letter your knee' }),
    )
    const expected = { nodes: titles.map((title) => ({ title })), pageInfo: expect.anything() as object }
    expect(await listOf(hospital, { filter, nodes: 'title' })).toEqual(expected)
    const { data } = await hospital.ask(
      amal,
      'query ($filter: DocumentFilter) { documents(filter: $filter) { totalCount } }',
      { filter },
    )
    expect(data).toEqual({ documents: { totalCount: titles.length } })
  })

  it('counts what waits and what was withdrawn neither as read nor as unread', async () => {
    const readAt = at('2026-11-21')
    await add(
      (em) => aLetter(em, { opensAt: null }),
      (em) => aLetter(em, { opensAt: null, readAt }),
      (em) => aLetter(em, { withdrawnAt: readAt }),
      (em) => aLetter(em, { withdrawnAt: readAt, readAt }),
    )
    expect((await listOf(hospital)).nodes).toHaveLength(4)
    for (const unread of [true, false]) expect((await listOf(hospital, { filter: { unread } })).nodes).toEqual([])
  })

  it('takes a year for the year it says', async () => {
    await add((em) => aLetter(em, { writtenAt: at('1995-05-05') }))
    expect((await listOf(hospital, { filter: { until: '0099-12-31' } })).nodes).toEqual([])
    expect((await listOf(hospital, { filter: { from: '0099-12-31', until: '1995-05-05' } })).nodes).toHaveLength(1)
  })

  it.each([
    [{ first: 0 }, 'first: ask for 1 to 50 at a time.'],
    [{ first: -1 }, 'first: ask for 1 to 50 at a time.'],
    [{ first: 51 }, 'first: ask for 1 to 50 at a time.'],
    [{ after: 'x' }, 'after: use the endCursor of the page before, unchanged.'],
    [{ after: Buffer.from('[]').toString('base64url') }, 'after: use the endCursor of the page before, unchanged.'],
    [{ after: Buffer.from('[1,2]').toString('base64url') }, 'after: use the endCursor of the page before, unchanged.'],
    [
      { after: Buffer.from('[1e99,"a"]').toString('base64url') },
      'after: use the endCursor of the page before, unchanged.',
    ],
    [
      { after: Buffer.from('["2026","a"]').toString('base64url') },
      'after: use the endCursor of the page before, unchanged.',
    ],
    [{ filter: { kinds: [] } }, 'kinds: name at least one, or leave it out for all.'],
    [{ filter: { from: '2026-11-02', until: '2026-11-01' } }, 'from: must not be after until.'],
    [{ filter: { search: 'x'.repeat(101) } }, 'search: use at most 100 characters.'],
    [
      { filter: { trustCode: 'ZZZ' } },
      'trustCode: this portal shows no records of a trust with this code. Use one of recordSources.',
    ],
  ])('refuses %j, and says what to do', async (asked, message) => {
    await expect(listOf(hospital, asked)).rejects.toThrow(`BAD_USER_INPUT ${message}`)
  })

  it('says which hospitals were asked: this one, which is always there', async () => {
    const query = '{ documents { sources { trustCode trustName shortName own status asOf setAside message } } }'
    const { data } = await hospital.ask(amal, query)
    const source = { trustCode: 'RWG', own: true, status: 'AVAILABLE', asOf: null, setAside: 0, message: null }
    expect(data).toMatchObject({ documents: { sources: [source] } })
  })

  it('is the patient’s alone: under every id their record ever had, and nobody else’s', async () => {
    await add(
      (em) => aLetter(em, { title: 'Under the old id', patientId: 'amal-before' }),
      (em) => aLetter(em),
    )
    const merged = patient('amal', { patientIds: ['amal', 'amal-before'] })
    expect((await listOf(hospital, { viewer: merged })).nodes).toHaveLength(2)
    expect(titlesOf(await listOf(hospital))).toEqual(['A letter'])
    expect((await listOf(hospital, { viewer: patient('a-stranger') })).nodes).toEqual([])
    for (const viewer of [staff, system]) await expect(listOf(hospital, { viewer })).rejects.toThrow('FORBIDDEN')
  })

  it('is counted no further than to where the number stops to matter', async () => {
    await add(...Array.from({ length: 5 }, () => (em: ReturnType<Behind['fork']>) => aLetter(em)))
    const counted = async (upTo: number) => {
      const text =
        'query ($upTo: Int) { documents(filter: { unread: true }) { totalCount(upTo: $upTo) nodes { title } } }'
      const { data, errors } = await hospital.ask(amal, text, { upTo })
      const { totalCount, nodes } = (data?.documents ?? {}) as { totalCount?: number; nodes?: object[] }
      return errors ? errors[0]?.message : [totalCount, nodes?.length]
    }
    expect(await counted(3)).toEqual([4, 5])
    for (const upTo of [4, 5, 1000]) expect(await counted(upTo)).toEqual([5, 5])
    for (const upTo of [0, -1, 1001]) expect(await counted(upTo)).toBe('upTo: count to a number from 1 to 1000.')
  })

  it('leaves out what is of a clinic that is kept out of the portal', async () => {
    await add(
      (em) => aLetter(em, { excluded: true }),
      (em) => aResult(em, { excluded: true }),
    )
    expect((await listOf(hospital)).nodes).toEqual([])
    const { data } = await hospital.ask(amal, '{ documents { totalCount } }')
    expect(data).toEqual({ documents: { totalCount: 0 } })
  })
})

describe.each(engines)('searching documents, on %s', (engine) => {
  let hospital: Behind
  const ids = Object.fromEntries(['rene', 'percent', 'waiting', 'withdrawn'].map((name) => [name, randomUUID()]))
  beforeAll(async () => {
    hospital = await documentsAlone({ engine })
    const em = hospital.fork()
    const section = (text: string) => [{ heading: 'Plan', paragraphs: [text], items: ['O’Neill'] }]
    aLetter(em, {
      id: ids.rene ?? '',
      title: 'Letter to Dr RENÉ Åström in ŁÓDŹ',
      letterSections: section('Façade of the   knee'),
    })
    aLetter(em, { id: ids.percent ?? '', title: 'Other', letterSections: section('Take 50% of snake_case! and \\ it') })
    aLetter(em, {
      id: ids.waiting ?? '',
      title: 'Waiting tumour',
      letterSections: section('tumour'),
      opensAt: at('2026-12-24'),
    })
    aResult(em, { title: 'Tumour', comments: ['tumour'], opensAt: null })
    aLetter(em, { id: ids.withdrawn ?? '', title: 'Tumour', withdrawnAt: at('2026-11-21') })
    await em.flush()
  })
  afterAll(() => hospital.stop())

  it.each([
    ['rene astrom', ['rene']],
    ['RENÉ', ['rene']],
    ['łódź', ['rene']],
    ['astrom  RENE', ['rene']],
    ['rene\u0301', ['rene']],
    ['façade knee', ['rene']],
    ['cade of the knee', ['rene']],
    ["o'neill", ['percent', 'rene']],
    ['O’Neill 50%', ['percent']],
    ['%', ['percent']],
    ['_', ['percent']],
    ['!', ['percent']],
    ['\\', ['percent']],
    ['snake_case!', ['percent']],
    ['snakeXcase', []],
    ['5%f', []],
    ['rene other', []],
    ["'; drop table document; --", []],
    ['tumour', []],
    ['waiting', []],
    ['test result', []],
  ])('finds by %j', async (search, found) => {
    const { nodes } = await listOf(hospital, { filter: { search } })
    expect(nodes.map(({ id }) => id).sort()).toEqual(found.map((name) => ids[name]).sort())
  })

  it.each(['', '   ', '\u0301'])('looks for nothing in particular by %j', async (search) => {
    expect((await listOf(hospital, { filter: { search } })).nodes).toHaveLength(5)
  })
})
