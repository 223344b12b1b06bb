import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { aLetterOf, aReportOf, aResultOf, type Written } from './access/records.ts'
import { canary, leaksIn } from './canary.ts'
import { FakeClock } from './clock.ts'
import { rowsOf } from './rows-of.ts'
import { logInto, type WatchedPortal, watchedPortal } from './watched-portal.ts'
import { aClinic, type Answer, aPerson, logIn, type World } from './world.ts'

/** What only the documents of the canary say. */
const clinical = 'Federkleidosis'
const traces = [/federkleid/i]
const section = { heading: clinical, paragraphs: [`${canary.given} has ${clinical}.`], items: [clinical] }
const said = { title: clinical, author: canary.clinician, sections: [section] }
const panel = { name: clinical }
const values = [{ key: '1', test: { name: clinical }, value: clinical, status: 'F', comments: [clinical] }]

describe('what letters and results say', { timeout: 60_000 }, () => {
  const lines: string[] = []
  const errors: string[] = []
  const urls: string[] = []
  let watched: WatchedPortal
  let portal: World
  let written: Written
  let token: string
  let feeds: string
  const logOf = logInto(lines)

  beforeAll(async () => {
    watched = await watchedPortal({ clock: new FakeClock('2026-11-23T10:00:00Z'), lines, urls })
    portal = watched.portal
    feeds = `system.feeds.${portal.secrets.SYSTEM_SECRET_FEEDS}`
    const { family, given, nhsNumber, hospitalNumber, mobile, bornOn } = canary
    const person = { name: { given: [given], family }, nhsNumber, hospitalNumber, mobile, bornOn }
    const owner = await aPerson(portal, person)
    written = { portal, owner, clinicCode: await aClinic(portal) }
    token = await logIn(portal, owner)
  })
  afterAll(() => watched.stop())

  async function ask(bearer: string, query: string, variables: Record<string, unknown> = {}): Promise<Answer> {
    const answer = await portal.ask(bearer, query, variables)
    if (answer.errors.length) errors.push(answer.text)
    return answer
  }
  const record = (name: 'recordLetter' | 'recordTestResult', input: object) => {
    const type = `${name.replace('r', 'R')}Input`
    const query = `mutation R($input: ${type}!) { it: ${name}(input: $input) { __typename ... on Problem { message } } }`
    return ask(feeds, query, { input: { idempotencyKey: randomUUID(), ...input } })
  }
  const outcomeOf = ({ data }: Answer) => (data?.it as unknown as { __typename: string }).__typename

  it('comes whole, broken, and in files that are refused', async () => {
    const letter = aLetterOf(written, said)
    expect(outcomeOf(await record('recordLetter', letter))).toBe('LetterRecorded')
    expect(outcomeOf(await record('recordTestResult', aResultOf(written, { panel, observations: values })))).toBe(
      'TestResultRecorded',
    )
    expect(outcomeOf(await record('recordTestResult', aReportOf(written, { panel, report: [section] })))).toBe(
      'TestResultRecorded',
    )
    const base64 = Buffer.from(`%PDF-1.7 ${clinical}`).toString('base64')
    expect(outcomeOf(await record('recordLetter', aLetterOf(written, { ...said, pdf: { base64 } })))).toBe(
      'LetterRecorded',
    )
    const stranger = await aPerson(portal)
    const problems = [
      await record('recordLetter', { ...letter, patientId: stranger.id }),
      await record('recordLetter', aLetterOf(written, { ...said, kind: 'TEST_RESULT' })),
      await record('recordLetter', aLetterOf(written, { ...said, title: clinical.repeat(100) })),
      await record('recordLetter', aLetterOf(written, { ...said, pdf: { base64: `${clinical}!` } })),
    ]
    errors.push(...problems.map(({ text }) => text))
    for (const wrong of [
      { kind: clinical },
      { writtenAt: clinical },
      { sections: clinical },
      { sections: [{ text: clinical }] },
    ])
      expect((await record('recordLetter', aLetterOf(written, wrong))).errors.length).toBeGreaterThan(0)
    for (const wrong of [{ observations: [{ value: clinical }] }, { panel: clinical }, { collectedAt: clinical }])
      expect((await record('recordTestResult', aResultOf(written, wrong))).errors.length).toBeGreaterThan(0)
  })

  it('is listed, searched, opened and looked for where it is not', async () => {
    const list = `query L($filter: DocumentFilter, $after: String) { documents(filter: $filter, after: $after) { nodes { id title ... on Letter { sections { paragraphs } } pdf { bytes base64 } } } }`
    const found = await ask(token, list, { filter: { search: clinical } })
    expect(found.text).toContain(clinical)
    for (const filter of [
      { search: clinical.repeat(10) },
      { trustCode: clinical },
      { kinds: [clinical] },
      { from: clinical },
    ])
      expect((await ask(token, list, { filter })).errors.length).toBeGreaterThan(0)
    expect((await ask(token, list, { after: clinical })).errors).toHaveLength(1)
    const mark = `mutation M($input: MarkDocumentReadInput!) { markDocumentRead(input: $input) { __typename } }`
    const nodes = (found.data?.documents as unknown as { nodes: { id: string }[] }).nodes
    for (const documentId of [...nodes.map(({ id }) => id), clinical, `RAL.${clinical}.${canary.nhsNumber}`])
      await ask(token, mark, { input: { idempotencyKey: `${clinical} ${documentId}`, documentId } })
    for (const bearer of [token, feeds])
      for (const root of ['document', 'testResult'])
        await ask(bearer, `{ ${root}(id: "${clinical}.${canary.nhsNumber}") { id } }`)
    await portal.graph.settle()
    await portal.graph.settle()
  })

  it('is in the words of a database that fails', async () => {
    const refusing = `create trigger leak_document before insert on document begin select raise(abort, '${clinical} ${canary.family}'); end`
    await rowsOf(portal, 'documents', refusing)
    const { errors: masked } = await record('recordLetter', aLetterOf(written, said))
    expect(masked[0]?.extensions).toMatchObject({ code: 'INTERNAL' })
    await rowsOf(portal, 'documents', 'drop trigger leak_document')
  })

  it('is in no log, no error, no address, and in nothing that is kept to tell, to repeat or to check', async () => {
    expect(lines.length).toBeGreaterThan(20)
    expect(errors.length).toBeGreaterThan(15)
    for (const kept of [lines, errors, urls]) expect(leaksIn(kept, traces)).toEqual([])
    for (const table of ['outbox_event', 'delivery', 'audit_entry']) {
      const rows = await rowsOf(portal, 'documents', `select * from ${table}`)
      expect(rows.length).toBeGreaterThan(0)
      expect(
        leaksIn(
          rows.map((row) => JSON.stringify(row)),
          traces,
        ),
      ).toEqual([])
    }
    // The key is the caller's own word: what the portal keeps beside it holds nothing.
    const kept = await rowsOf(
      portal,
      'documents',
      'select actor_id, request_hash, outcome, facts from idempotent_request',
    )
    expect(kept.length).toBeGreaterThan(3)
    expect(
      leaksIn(
        kept.map((row) => JSON.stringify(row)),
        traces,
      ),
    ).toEqual([])
    // Whom it is sent to stands there; what they may read does not.
    const messages = (await rowsOf(portal, 'messages', 'select * from outgoing_message')).map((row) =>
      JSON.stringify(row),
    )
    // One that is handed over, and perhaps one that waits for tomorrow with what came later.
    expect(messages.filter((it) => it.includes('DOCUMENT_PUBLISHED')).length).toBeGreaterThan(0)
    expect(messages.filter((it) => it.toLowerCase().includes(clinical.toLowerCase()))).toEqual([])
  })

  it('would be found if it were', () => {
    const before = lines.length
    logOf('documents').error({ said: { title: clinical } }, 'planted')
    expect(leaksIn(lines.slice(before), traces)).toHaveLength(1)
    expect(leaksIn([clinical])).toEqual([])
  })
})
