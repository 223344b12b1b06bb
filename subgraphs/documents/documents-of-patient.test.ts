import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { engines, patient } from '../../test/alone.ts'
import type { Behind } from '../../test/behind.ts'
import { documentsAlone } from '../../test/documents-alone.ts'
import { askAbout, everyScope, royalFree, shared, type Sharer } from '../../test/granted.ts'
import { aBookingLetter, aLetter, aResult } from '../../test/hospital-documents.ts'
import { aBloodCount, haemoglobin, recorded } from '../../test/laboratory.ts'

interface Node {
  readonly __typename: string
  readonly id: string
  readonly title: string
  readonly [more: string]: unknown
}
interface Page {
  nodes: Node[]
  pageInfo: { hasNextPage: boolean; endCursor: string | null }
  totalCount: number
}
type Person = { documents: Page } | null
type Make = (em: ReturnType<Behind['fork']>) => unknown

const later = new Date('2026-12-07T00:00:00Z')
/** Stands in every word that must not be seen. */
const secret = 'CANARY'

describe.each(engines)('documents that are shared with a partner, on %s', (engine) => {
  let hospital: Behind
  beforeAll(async () => {
    hospital = await documentsAlone({ engine })
  })
  beforeEach(async () => {
    for (const table of ['document', 'test_observation']) await hospital.sql(`delete from ${table}`)
  })
  afterAll(() => hospital.stop())

  const add = async (...make: Make[]) => {
    const em = hospital.fork()
    for (const it of make) it(em)
    await em.flush()
  }
  const list = (nodes = '__typename id title', args = 'first: 50') =>
    `documents(${args}) { nodes { ${nodes} } pageInfo { hasNextPage endCursor } totalCount }`
  const seen = async (sharer: Partial<Sharer> = {}, within = list(), viewer = royalFree()): Promise<Page> => {
    const [person] = await shared<Person>(hospital, [{ patientIds: ['amal'], ...sharer }], within, viewer)
    if (!person) throw new Error('nobody was found')
    return person.documents
  }
  const titles = ({ nodes }: Page) => nodes.map(({ title }) => title)
  const bothKinds = () =>
    add(
      (em) => aLetter(em, { title: 'Clinic letter', writtenAt: new Date('2026-11-19T09:00:00Z') }),
      (em) => aBookingLetter(em, { title: 'Your appointment', writtenAt: new Date('2026-11-18T09:00:00Z') }),
      (em) => aResult(em, { title: 'Full blood count', writtenAt: new Date('2026-11-20T09:00:00Z') }),
    )

  it("are this hospital's own, the newest first", async () => {
    await bothKinds()
    const page = await seen()
    expect(titles(page)).toEqual(['Full blood count', 'Clinic letter', 'Your appointment'])
    expect(page.nodes.map((it) => it.__typename)).toEqual(['TestResult', 'OtherLetter', 'AppointmentLetter'])
    expect(page.totalCount).toBe(3)
  })

  it.each([
    ['letters alone', ['LETTERS'], ['Clinic letter', 'Your appointment']],
    ['results alone', ['RESULTS'], ['Full blood count']],
    ['neither', ['APPOINTMENTS'], []],
  ])('are %s when that is what the patient shares', async (_, categories, expected) => {
    await bothKinds()
    const page = await seen({ categories })
    expect(titles(page)).toEqual(expected)
    expect(page.totalCount).toBe(expected.length)
  })

  it('are no results to a partner that is not registered to read them, nor counted', async () => {
    await bothKinds()
    const without = royalFree(everyScope.filter((it) => it !== 'results.read'))
    const page = await seen({}, list('__typename title ... on TestResult { title }'), without)
    expect(titles(page)).toEqual(['Clinic letter', 'Your appointment'])
    expect(page.totalCount).toBe(2)
  })

  it('are refused to a partner that is not registered to read documents', async () => {
    await bothKinds()
    const without = royalFree(everyScope.filter((it) => it !== 'documents.read'))
    await expect(seen({}, list(), without)).rejects.toThrow('FORBIDDEN')
  })

  it('are of nobody who brings no grant along', async () => {
    await bothKinds()
    for (const grant of [null, undefined, '', 'x.y', 7]) {
      const { data, errors } = await askAbout(hospital, [{ __typename: 'Patient', id: 'amal', grant }], list())
      expect(data).toEqual({ _entities: [null] })
      expect(errors).toBeUndefined()
    }
  })

  it('are those of each person when several are asked for at once', async () => {
    await add(
      (em) => aLetter(em, { patientId: 'bea', title: 'Hers' }),
      (em) => aLetter(em, { patientId: 'cem', title: 'His' }),
      (em) => aResult(em, { patientId: 'cem', title: 'His result' }),
      (em) => aLetter(em, { patientId: 'cems-former', title: 'His before', writtenAt: new Date(0) }),
    )
    const sharers = [{ patientIds: ['bea'] }, { patientIds: ['cem', 'cems-former'], categories: ['LETTERS'] }]
    const people = await shared<Person>(hospital, sharers, list())
    expect(people.map((it) => it && titles(it.documents))).toEqual([['Hers'], ['His', 'His before']])
    expect(people.map((it) => it?.documents.totalCount)).toEqual([1, 2])
  })

  const everything = `__typename id kind title writtenOn writtenAt trustCode trustName state opensAt correctedAt notice
    provenance { sourceCode sourceId version receivedAt } pdf { origin bytes fileName }
    ... on Letter { sections { heading code paragraphs items } textFromPdf author }
    ... on BookingLetter { addressee { name nhsNumber hospitalNumber } startsAt }
    ... on TestResult { panel status requestedBy laboratory specimen collectedAt reportedAt comments report { heading }
      observations { id name code codeSystem value number comparator unit range { text low high } flag status comments
        measuredAt trend { resultId measuredAt value number unit flag } } }`

  it('say what the patient reads in them', async () => {
    await bothKinds()
    await recorded(hospital, aBloodCount({ observations: [haemoglobin('119', { flag: 'L' })] }))
    const { nodes } = await seen({}, list(everything))
    expect(JSON.stringify(nodes)).toMatch(/"value":"119".*Come again in spring/)
    const query = `query ($id: ID!) { document(id: $id) { ${everything} } }`
    for (const node of nodes) {
      const { data } = await hospital.ask(patient('amal'), query, { id: node.id })
      expect(data?.document).toEqual(node)
    }
    expect(nodes).toHaveLength(4)
  })

  it('are shown to wait, and nothing of what they say, until the patient can read them', async () => {
    const words = { title: secret, hospitalId: secret, writtenAt: new Date('2026-11-20T09:00:00Z') }
    await add(
      (em) => Object.assign(aResult(em, { ...words, opensAt: later, comments: [secret] }), { panel: secret }),
      (em) => aLetter(em, { ...words, hospitalId: 'L', withdrawnAt: new Date('2026-11-21T09:00:00Z') }),
    )
    const { nodes } = await seen({}, list(everything))
    const waiting = { title: 'Test result', state: 'WAITING', panel: null, observations: [], pdf: null }
    expect(nodes.find((it) => it.__typename === 'TestResult')).toMatchObject(waiting)
    expect(nodes.find((it) => it.__typename === 'OtherLetter')).toMatchObject({ title: 'Letter', state: 'WITHDRAWN' })
    expect(JSON.stringify(nodes)).not.toContain(secret)
    expect(titles(await seen({}, list('title', `first: 50, filter: { search: "${secret}" }`)))).toEqual([])
  })

  it('are not there when their clinic is kept out of the portal', async () => {
    await bothKinds()
    await hospital.sql(`update document set excluded = true where form <> 'LETTER'`)
    expect(titles(await seen())).toEqual(['Clinic letter'])
  })

  it.each([
    ['whether the patient has read it', 'unread'],
    ['its appointment', 'appointment { id }'],
    ['whether its time is old', '... on BookingLetter { showsOldTime }'],
    ['where its reader lives', '... on BookingLetter { addressee { addressLines } }'],
    ['how a result comes to be open', '... on TestResult { release { class } }'],
    ['whose a result is', '... on TestResult { patient { id } }'],
    ['whether a result was read', '... on TestResult { unread }'],
  ])('say nothing of %s', async (_, field) => {
    await bothKinds()
    await expect(seen({}, list(`id ${field}`))).rejects.toThrow('FORBIDDEN')
  })

  it('say nothing of who was asked beside this hospital', async () => {
    await expect(seen({}, 'documents { sources { __typename } }')).rejects.toThrow('FORBIDDEN')
  })

  it('are found by kind, day and words', async () => {
    await bothKinds()
    const found = async (filter: string) => titles(await seen({}, list('title', `first: 50, filter: { ${filter} }`)))
    expect(await found('kinds: [TEST_RESULT]')).toEqual(['Full blood count'])
    expect(await found('from: "2026-11-19", until: "2026-11-19"')).toEqual(['Clinic letter'])
    expect(await found('search: "spring"')).toEqual(['Clinic letter'])
    expect(await found('trustCode: "RWG"')).toHaveLength(3)
  })

  it.each([
    ['what another hospital wrote', 'trustCode: "RAL"', "only this hospital's own documents are here"],
    ['what the patient has read', 'unread: false', 'is theirs to know'],
    ['what the patient has not read', 'unread: true', 'is theirs to know'],
  ])('are not asked for by %s', async (_, filter, words) => {
    await expect(seen({}, list('id', `filter: { ${filter} }`))).rejects.toThrow(new RegExp(`BAD_USER_INPUT.*${words}`))
  })

  it('come a page of at most 50 at a time', async () => {
    await add(
      ...[1, 2, 3, 4, 5].map(
        (day): Make =>
          (em) =>
            aLetter(em, { writtenAt: new Date(day * 86_400_000) }),
      ),
    )
    const all = (await seen()).nodes
    const read: Node[] = []
    for (let after = ''; ;) {
      const { nodes, pageInfo } = await seen({}, list(undefined, `first: 2${after && `, after: "${after}"`}`))
      read.push(...nodes)
      if (!pageInfo.hasNextPage) break
      after = pageInfo.endCursor ?? ''
    }
    expect(read).toEqual(all)
    await expect(seen({}, list('id', 'first: 51'))).rejects.toThrow('ask for 1 to 50 at a time')
  })

  it('are as unread as they were, whatever a partner looks at', async () => {
    await bothKinds()
    const before = await hospital.sql('select id, read_at, version from document order by id')
    await seen({}, list(everything))
    const query = `mutation ($input: MarkDocumentReadInput!) { markDocumentRead(input: $input) { __typename } }`
    const [{ id } = { id: '' }] = (await seen()).nodes
    const input = { idempotencyKey: randomUUID(), documentId: id }
    const { errors } = await hospital.ask(royalFree(), query, { input })
    expect(errors?.[0]?.extensions.code).toBe('FORBIDDEN')
    expect(await hospital.sql('select id, read_at, version from document order by id')).toEqual(before)
  })

  it('are met in no other way', async () => {
    await bothKinds()
    const { nodes } = await seen()
    for (const { __typename, id } of nodes) {
      const one = await hospital.ask(royalFree(), 'query ($id: ID!) { document(id: $id) { id } }', { id })
      expect(one.errors?.[0]?.extensions.code).toBe('FORBIDDEN')
      if (__typename !== 'AppointmentLetter') continue
      const keys = [{ __typename, id }]
      const query = 'query ($keys: [_Any!]!) { _entities(representations: $keys) { __typename } }'
      expect((await hospital.ask(royalFree(), query, { keys })).data).toEqual({ _entities: [null] })
    }
  })
})
