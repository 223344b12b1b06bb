import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { engines, system } from '../../test/alone.ts'
import type { Behind } from '../../test/behind.ts'
import { amal, documentsAlone, listOf } from '../../test/documents-alone.ts'
import { aLetter, aResult } from '../../test/hospital-documents.ts'
import { DocumentKind } from './document-kind.ts'
import { ReleaseReason } from './results/release-words.ts'
import { TestResultStatus } from './results/test-result-status.ts'

const later = new Date('2026-12-07T00:00:00Z')
const earlier = new Date('2026-11-21T12:00:00Z')
/** Stands in every field that must not be seen. */
const secret = 'CANARY'

const everything = `__typename id kind title writtenOn writtenAt trustCode trustName state opensAt unread correctedAt notice
  appointment { id } provenance { sourceCode sourceId version receivedAt }
  ... on Letter { sections { heading code paragraphs items } textFromPdf author }
  ... on TestResult { panel status requestedBy laboratory specimen collectedAt reportedAt comments report { heading } }`
type Everything = Record<string, unknown>

describe.each(engines)('what is seen of a document, on %s', (engine) => {
  let hospital: Behind
  beforeAll(async () => {
    hospital = await documentsAlone({ engine })
  })
  beforeEach(() => hospital.sql('delete from document'))
  afterAll(() => hospital.stop())

  const seen = async (viewer = amal) => {
    const [{ id } = { id: '' }] = await hospital.sql<{ id: string }>('select id from document')
    const { data, errors } = await hospital.ask(viewer, `query ($id: ID!) { document(id: $id) { ${everything} } }`, {
      id,
    })
    if (errors) throw new Error(JSON.stringify(errors))
    const document = data?.document as unknown as Everything
    if (viewer === amal) {
      const [node] = (await listOf(hospital, { nodes: everything })).nodes
      expect(node).toEqual(document)
    }
    return document
  }
  const letter = async (facts: Parameters<typeof aLetter>[1] = {}) => {
    const em = hospital.fork()
    const letterSections = [{ heading: secret, code: '1', paragraphs: [secret], items: [secret] }]
    Object.assign(aLetter(em, { title: secret, hospitalId: secret, letterSections, ...facts }), {
      author: secret,
      textFromPdf: true,
    })
    await em.flush()
  }
  const result = async (facts: Parameters<typeof aResult>[1] = {}) => {
    const em = hospital.fork()
    const row = aResult(em, { title: secret, hospitalId: secret, comments: [secret], ...facts })
    Object.assign(row, { panel: secret, requestedBy: secret, laboratory: secret, specimen: secret, department: secret })
    Object.assign(row, {
      collectedAt: earlier,
      reportedAt: earlier,
      report: [{ heading: secret, paragraphs: [], items: [] }],
    })
    await em.flush()
  }
  const nothingOfAResult = {
    ...{ panel: null, status: null, requestedBy: null, laboratory: null, specimen: null, collectedAt: null },
    ...{ reportedAt: null, comments: [], report: [] },
  }

  it('is all of it when it is open', async () => {
    await letter()
    expect(await seen()).toEqual({
      ...{ __typename: 'OtherLetter', id: expect.any(String) as string, kind: 'LETTER', title: secret },
      ...{ writtenOn: '2026-11-20', writtenAt: '2026-11-20T09:30:00.000Z', trustCode: 'RWG' },
      trustName: 'West Hertfordshire Teaching Hospitals NHS Trust',
      ...{ state: 'READY', opensAt: null, unread: true, correctedAt: null, notice: null, appointment: null },
      provenance: { sourceCode: 'RWG', sourceId: secret, version: null, receivedAt: '2026-11-20T09:30:00.000Z' },
      sections: [{ heading: secret, code: '1', paragraphs: [secret], items: [secret] }],
      ...{ textFromPdf: true, author: secret },
    })
  })

  it.each([
    [
      'a letter that opens later',
      () => letter({ opensAt: later }),
      'You can read this letter from midnight on Monday 7 December 2026.',
    ],
    ['a letter that nobody opened', () => letter({ opensAt: null }), 'The hospital has not opened this letter yet.'],
  ])('is a placeholder of %s', async (_, write, notice) => {
    await write()
    const document = await seen()
    expect(document).toMatchObject({
      title: 'Letter',
      state: 'WAITING',
      unread: false,
      notice,
      sections: [],
      author: null,
      textFromPdf: false,
    })
    expect(JSON.stringify(document)).not.toContain(secret)
  })

  const { CRITICAL_FLAG, UNKNOWN_CODE, REPORT, CLINICIAN_ONLY, HELD, RETRACTED, PRELIMINARY } = ReleaseReason
  const onItsDay =
    'You have a test result. You can read it here from midnight on Monday 7 December 2026, or sooner if your care team opens it.'
  const byAClinician =
    'You have a test result. Your care team looks at it first. You can read it here when they open it, or they will tell you about it.'
  it.each([
    [CRITICAL_FLAG, later, onItsDay],
    [UNKNOWN_CODE, later, onItsDay],
    [REPORT, later, onItsDay],
    [HELD, later, onItsDay],
    [PRELIMINARY, later, onItsDay],
    [CRITICAL_FLAG, null, byAClinician],
    [UNKNOWN_CODE, null, byAClinician],
    [CLINICIAN_ONLY, null, byAClinician],
    [RETRACTED, null, 'Your care team is looking at this test result again. You can read it here when they open it.'],
    [
      PRELIMINARY,
      null,
      'The laboratory has not finished one of your tests. When it has, we say here when you can read the result.',
    ],
  ])(
    'is a placeholder of a result that waits by %s until %s, and the words do not say why',
    async (releaseReason, opensAt, notice) => {
      await result({ releaseReason, opensAt, correctedAt: earlier })
      const document = await seen()
      const waiting = {
        title: 'Test result',
        state: 'WAITING',
        opensAt: opensAt?.toISOString() ?? null,
        unread: false,
        correctedAt: null,
      }
      expect(document).toMatchObject({ ...waiting, notice, ...nothingOfAResult })
      expect(JSON.stringify(document)).not.toContain(secret)
    },
  )

  it.each([
    ['a letter', () => letter({ withdrawnAt: earlier }), 'Letter', { sections: [], author: null }],
    ['a result', () => result({ withdrawnAt: earlier }), 'Test result', nothingOfAResult],
  ])('is a placeholder of %s that was withdrawn', async (_, write, title, nothing) => {
    await write()
    const document = await seen()
    const notice = expect.stringContaining('taken this') as string
    expect(document).toMatchObject({ title, state: 'WITHDRAWN', opensAt: null, unread: false, notice, ...nothing })
    expect(JSON.stringify(document)).not.toContain(secret)
  })

  it('opens at the very moment it was to open', async () => {
    await result({ opensAt: later })
    hospital.clock.set('2026-12-06T23:59:59.999Z')
    expect(await seen()).toMatchObject({ state: 'WAITING', title: 'Test result' })
    hospital.clock.set('2026-12-07T00:00:00.000Z')
    expect(await seen()).toMatchObject({ state: 'READY', title: secret, unread: true, status: 'FINAL' })
    hospital.clock.set('2026-11-23T10:00:00Z')
  })

  it('is all of it for our own systems, with the state that patients are told', async () => {
    await result({ opensAt: null })
    expect(await seen(system)).toMatchObject({ title: secret, state: 'WAITING', panel: secret, comments: [secret] })
  })

  it.each([
    [
      { correctedAt: earlier },
      'The hospital corrected this on Saturday 21 November 2026. It replaces what it said before.',
    ],
    [
      { resultStatus: TestResultStatus.PRELIMINARY },
      'The laboratory has not finished this test: the result may change.',
    ],
    [
      { pdfWithheld: true },
      'The hospital sent a file with this that did not pass our safety checks, so we do not show it. Staff have been told.',
    ],
    [{}, null],
  ])('says with %j what else there is to know', async (facts, notice) => {
    await result(facts)
    expect(await seen()).toMatchObject({ state: 'READY', notice })
  })

  it('names the hospital where its laboratory has only a code', async () => {
    await result()
    await hospital.sql(`update document set laboratory = 'RWG'`)
    expect(await seen()).toMatchObject({ laboratory: 'West Hertfordshire Teaching Hospitals NHS Trust' })
  })

  it('is of the type of its kind', async () => {
    for (const [kind, type] of [
      [DocumentKind.OUTCOME_LETTER, 'OutcomeLetter'],
      [DocumentKind.DISCHARGE_SUMMARY, 'DischargeSummary'],
      [DocumentKind.LETTER, 'OtherLetter'],
    ] as const) {
      await letter({ kind })
      expect(await seen()).toMatchObject({ __typename: type, kind })
      await hospital.sql('delete from document')
    }
  })
})
