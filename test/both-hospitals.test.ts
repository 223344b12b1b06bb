import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { type Feeds, loopback, startFeeds } from '../feeds/main.ts'
import { loadDemonstration } from '../scripts/demonstration/load.ts'
import { askingAs } from '../scripts/demonstration/asking-as.ts'
import { patients } from '../scripts/demonstration/log-ins.ts'
import { royalFree } from '../scripts/demonstration/royal-free/royal-free.ts'
import { FakeClock } from './clock.ts'
import { aStaffToken } from './desk-in-world.ts'
import { type World, world } from './world.ts'

const aMinute = 60_000
let portal: World
let feeds: Feeds
let tokenOf: (hospitalNumber: string) => Promise<string>

beforeAll(async () => {
  // The demonstration is as old as it should look today: nothing in it may lie ahead of this portal's clock.
  portal = await world({ clock: new FakeClock(new Date()), royalFree: await royalFree() })
  feeds = await startFeeds({
    port: 0,
    host: '127.0.0.1',
    allow: loopback,
    maximumMessageBytes: 2_000_000,
    messageSeconds: 30,
    idleSeconds: 60,
    maximumConnections: 8,
    processingIds: ['P'],
    graph: { url: portal.url, secret: portal.secrets.SYSTEM_SECRET_FEEDS },
    logLevel: 'silent',
  })
  const secret = portal.secrets.SYSTEM_SECRET_FEEDS
  const { token } = askingAs([patients(portal.url, portal.inbox)])
  tokenOf = token
  const hl7 = { host: '127.0.0.1', port: feeds.port }
  const destination = { graphUrl: portal.url, systemSecret: secret, hl7, facility: 'RWG', tokenOf }
  await loadDemonstration(destination)
  await portal.graph.settle()
  const answers = async () => expect(await statusOfRoyalFree('W100001')).toBe('AVAILABLE')
  await vi.waitFor(answers, { timeout: aMinute, interval: 500 })
}, 3 * aMinute)
afterAll(async () => {
  await feeds.stop()
  await portal.stop()
})

/** The first who asks may wait in vain: what checks the partner's records learns the standard then, on a busy machine for long. */
async function statusOfRoyalFree(hospitalNumber: string): Promise<string | undefined> {
  const { data } = await portal.ask(await tokenOf(hospitalNumber), '{ recordSources { trustCode status } }')
  const sources = data?.recordSources as unknown as Listed['sources']
  return sources.find(({ trustCode }) => trustCode === 'RAL')?.status
}

const list = `query ($filter: DocumentFilter) {
  documents(filter: $filter, first: 50) {
    nodes {
      id kind title trustCode state opensAt
      ... on TestResult { panel status observations { name value flag trend { value } } }
      ... on Letter { sections { heading } }
    }
    sources { trustCode status setAside message }
  }
}`

interface Listed {
  nodes: ListedDocument[]
  sources: { trustCode: string; status: string; setAside: number; message: string | null }[]
}
interface ListedDocument {
  id: string
  kind: string
  title: string
  trustCode: string
  state: string
  opensAt: string | null
  panel?: string | null
  status?: string | null
  observations?: { name: string; value: string; flag: string; trend: { value: string }[] }[]
  sections?: { heading: string }[]
}

async function documentsOf(hospitalNumber: string, filter: Record<string, unknown> = {}): Promise<Listed> {
  const { data, errors } = await portal.ask(await tokenOf(hospitalNumber), list, { filter })
  expect(errors).toEqual([])
  return data?.documents as unknown as Listed
}

/** How many of each kind and state, as "TEST_RESULT READY": 8. */
const counted = (nodes: ListedDocument[]) => {
  const counts: Record<string, number> = {}
  for (const { kind, state } of nodes) counts[`${kind} ${state}`] = (counts[`${kind} ${state}`] ?? 0) + 1
  return counts
}

describe('a patient of both hospitals', () => {
  it('has the letters and results of both in one list', async () => {
    const { nodes, sources } = await documentsOf('W100001')
    expect(sources).toMatchObject([
      { trustCode: 'RWG', status: 'AVAILABLE', setAside: 0 },
      { trustCode: 'RAL', status: 'AVAILABLE', setAside: 1 },
    ])
    const own = nodes.filter(({ trustCode, kind }) => trustCode === 'RWG' && !/^(APPOINTMENT|ADMISSION)/.test(kind))
    expect(counted(own)).toEqual({
      'TEST_RESULT READY': 12,
      'TEST_RESULT WAITING': 3,
      'DISCHARGE_SUMMARY READY': 1,
      'OUTCOME_LETTER READY': 2,
      'LETTER READY': 1,
    })
    const theirs = nodes.filter(({ trustCode }) => trustCode === 'RAL')
    expect(counted(theirs)).toEqual({
      'TEST_RESULT READY': 9,
      'TEST_RESULT WAITING': 1,
      'DISCHARGE_SUMMARY READY': 1,
      'OUTCOME_LETTER READY': 2,
    })
  })

  it('sees three years of one test, and the correction of another', async () => {
    const { nodes } = await documentsOf('W100001', { trustCode: 'RWG', kinds: ['TEST_RESULT'] })
    const [newest] = nodes.filter(({ panel }) => panel === 'Full blood count')
    const [haemoglobin] = newest?.observations ?? []
    expect(haemoglobin?.trend.map(({ value }) => value)).toEqual(['101', '108', '114', '121', '127', '131'])
    const corrected = nodes.filter(({ status }) => status === 'CORRECTED')
    expect(corrected).toHaveLength(1)
    expect(corrected[0]?.observations?.[1]).toMatchObject({ name: 'Potassium', value: '4.5', flag: 'NORMAL' })
    const [protein] = nodes.filter(({ panel }) => panel === 'C-reactive protein')
    expect(protein?.observations).toMatchObject([{ value: '<5' }])
  })

  it('sees that something waits, and not what', async () => {
    const { nodes } = await documentsOf('W100001', { trustCode: 'RWG', kinds: ['TEST_RESULT'] })
    const waiting = nodes.filter(({ state }) => state === 'WAITING')
    expect(new Set(waiting.map(({ title }) => title)).size).toBe(1)
    expect(waiting.filter(({ panel, observations }) => panel !== null || observations?.length)).toEqual([])
    expect(waiting.filter(({ opensAt }) => opensAt !== null)).toHaveLength(1)
    expect(JSON.stringify(nodes)).not.toMatch(/mole|Histology|X-ray/)
  })
})

describe('other patients', () => {
  it('are told when the Royal Free does not know them', async () => {
    const { nodes, sources } = await documentsOf('W100010')
    expect(sources.find(({ trustCode }) => trustCode === 'RAL')?.status).toBe('NOT_LINKED')
    expect(nodes.filter(({ trustCode }) => trustCode === 'RAL')).toEqual([])
  })

  it('never see what the Royal Free has under their number of somebody born on another day', async () => {
    const { nodes, sources } = await documentsOf('W100008')
    expect(sources.find(({ trustCode }) => trustCode === 'RAL')?.status).toBe('NOT_LINKED')
    expect(nodes.filter(({ trustCode }) => trustCode === 'RAL')).toEqual([])
  })

  it('see the blood count of their childhood, as its laboratory reported it', async () => {
    for (const hospitalNumber of ['W100004', 'W100014']) {
      const { nodes } = await documentsOf(hospitalNumber, { trustCode: 'RAL', kinds: ['TEST_RESULT'] })
      expect(nodes).toHaveLength(1)
      expect(nodes[0]?.observations).toHaveLength(11)
    }
  })
})

describe('the staff of the hospital', () => {
  it('find what waits for a clinician, and the one PDF that is not shown', async () => {
    const bearer = await aStaffToken(portal, { releasesResults: true })
    const { data, errors } = await portal.ask(bearer, desk)
    expect(errors).toEqual([])
    const { resultsToRelease, withheldPdfs } = data as unknown as Desk
    expect(resultsToRelease.nodes.map(({ panel, release }) => `${panel}: ${release.reason}`).sort()).toEqual([
      'Histology: CLINICIAN_ONLY',
      'Kidney function: CRITICAL_FLAG',
      'X-ray of the chest: REPORT',
    ])
    expect(withheldPdfs.nodes).toEqual([{ hospitalId: 'L-4004', reason: 'ACTIVE_CONTENT' }])
  })
})

const desk = `{
  resultsToRelease { nodes { panel release { reason } } }
  withheldPdfs { nodes { hospitalId reason } }
}`
interface Desk {
  resultsToRelease: { nodes: { panel: string; release: { reason: string } }[] }
  withheldPdfs: { nodes: { hospitalId: string; reason: string }[] }
}
