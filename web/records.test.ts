import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { pino } from 'pino'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { readEnvironment, startSite, type RunningSite } from './main.ts'

/** The site as it is built, in front of a graph whose partner hospital answers as each test says. */
let graph: Server
let site: RunningSite
let asked: { operation: string; variables: Record<string, unknown> }[]
let partner: 'fast' | 'slow' | 'broken' | 'unavailable'
let hasDocuments: boolean
let marking: 'works' | 'fails'
let file: 'fast' | 'slow' | 'away' | 'none'

const contact = { team: 'Portal team', phone: '+442079460100', textphone: null, email: null, hours: '8am to 6pm' }
const trust = {
  odsCode: 'RWG',
  name: 'West Hertfordshire Teaching Hospitals NHS Trust',
  shortName: 'West Hertfordshire',
  serviceName: 'Patient Portal',
  demonstration: false,
  minimumAge: 18,
  partnerNames: ['Royal Free London NHS Foundation Trust'],
  addressLines: [],
  appointmentsTeam: contact,
  technicalSupport: contact,
  pals: contact,
}
const facts = {
  state: 'READY',
  opensAt: null,
  unread: true,
  version: 'v7',
  correctedAt: null,
  notice: null,
  appointment: null,
  provenance: { receivedAt: '2026-11-20T09:00:00Z' },
  writtenAt: '2026-11-20T09:00:00Z',
}
const ours = { trustCode: 'RWG', trustName: trust.name }
const theirs = { trustCode: 'RAL', trustName: 'Royal Free London NHS Foundation Trust' }
const letter = {
  ...facts,
  ...ours,
  __typename: 'OutcomeLetter',
  id: 'l1',
  kind: 'OUTCOME_LETTER',
  title: 'Eye clinic letter',
  sections: [{ heading: 'Plan', paragraphs: ['See you in 6 months.'], items: [] }],
  textFromPdf: false,
  author: 'Dr Priya Shah',
}
const scan = { ...facts, ...theirs, __typename: 'TestResult', id: 'RAL.DiagnosticReport.9', kind: 'TEST_RESULT', title: 'MRI scan', status: 'FINAL' } // prettier-ignore
const source = { own: false, status: 'AVAILABLE', message: null }
const away = { errors: [{ message: 'away', extensions: { code: 'UNAVAILABLE' } }] }
const sources = {
  own: { ...source, trustCode: 'RWG', shortName: 'West Hertfordshire', own: true },
  partner: { ...source, trustCode: 'RAL', shortName: 'Royal Free' },
  unavailable: {
    ...source,
    trustCode: 'RAL',
    shortName: 'Royal Free',
    status: 'UNAVAILABLE',
    message: 'Royal Free records are temporarily unavailable. Try again in a few minutes.',
  },
}

async function documents({ filter }: { filter?: { trustCode?: string } }): Promise<object> {
  const asksPartner = filter?.trustCode !== 'RWG'
  if (asksPartner && partner === 'slow') await pause(2_500)
  if (asksPartner && partner === 'broken') return away
  const hasPartner = asksPartner && partner !== 'unavailable'
  const nodes = hasDocuments ? [letter, ...(hasPartner ? [scan] : [])] : []
  const partners = asksPartner ? [partner === 'unavailable' ? sources.unavailable : sources.partner] : []
  const pageInfo = { hasNextPage: true, endCursor: 'next' }
  return { data: { documents: { nodes, pageInfo, totalCount: nodes.length, sources: [sources.own, ...partners] } } }
}

async function answerTo(operation: string, variables: Record<string, unknown>): Promise<object> {
  switch (operation) {
    case 'Trust':
      return { data: { trust } }
    case 'Documents':
      return documents(variables)
    case 'Letter':
      if (variables.id === 'RAL.DocumentReference.1') return { ...away, data: { document: null } }
      return { data: { document: variables.id === scan.id ? scan : variables.id === letter.id ? letter : null } }
    case 'DocumentFile':
      if (file === 'slow') await pause(2_000)
      if (file === 'away') return { ...away, data: { document: { id: 'l1', pdf: null } } }
      return { data: { document: { id: 'l1', pdf: file === 'none' ? null : { bytes: 120_400 } } } }
    case 'DocumentPdf':
      if (file !== 'fast') return { ...(file === 'away' && away), data: { document: { id: 'l1', pdf: null } } }
      return { data: { document: { id: 'l1', pdf: { fileName: '../../a b.exe', base64: btoa('%PDF-1.7 a letter') } } } }
    case 'MarkDocumentRead':
      return marking === 'works' ? { data: { markDocumentRead: { __typename: 'DocumentMarkedRead' } } } : away
    default:
      return { data: null }
  }
}

beforeAll(async () => {
  graph = createServer((incoming, response) => {
    let text = ''
    incoming.on('data', (chunk: Buffer) => (text += chunk.toString()))
    incoming.on('end', () => {
      const { operationName: operation, variables } = JSON.parse(text) as {
        operationName: string
        variables: Record<string, unknown>
      }
      asked.push({ operation, variables })
      void answerTo(operation, variables).then((answer) =>
        response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer)),
      )
    })
  })
  await new Promise<void>((resolve) => graph.listen(0, '127.0.0.1', resolve))
  const settings = readEnvironment({
    PUBLIC_URL: 'http://portal.test',
    WEB_PORT: '0',
    GRAPH_URL: `http://127.0.0.1:${(graph.address() as AddressInfo).port}/graphql`,
    WEB_SIGNING_KEY: Buffer.alloc(32, 3).toString('base64url'),
  })
  site = await startSite(settings, pino({ level: 'silent' }))
})

beforeEach(() => {
  asked = []
  partner = 'fast'
  hasDocuments = true
  marking = 'works'
  file = 'fast'
})

afterAll(async () => {
  await site.stop()
  graph.close()
})

async function open(path: string, init: RequestInit = {}) {
  const headers = { cookie: 'session=a-token', ...init.headers }
  const response = await fetch(new URL(path, site.url), { redirect: 'manual', ...init, headers })
  const html = await response.text()
  return {
    status: response.status,
    headers: response.headers,
    html,
    words: html.replaceAll(/<[^>]+>|\s/g, ' ').replaceAll(/ +/g, ' '),
  }
}
const marked = () => asked.filter(({ operation }) => operation === 'MarkDocumentRead')

describe('the list of letters and results', () => {
  it('shows what both hospitals have', async () => {
    const { words, html } = await open('/letters-and-results')
    expect(words).toContain('Eye clinic letter')
    expect(words).toContain('MRI scan')
    expect(html).toContain('href="/letters-and-results?after=next"')
    expect(html).toContain('<option value="RAL">Royal Free</option>')
  })

  it('waits 1.5 seconds for a slow partner and no longer, and says how to wait for it', async () => {
    partner = 'slow'
    const started = performance.now()
    const { words, html } = await open('/letters-and-results?search=eye')
    const took = performance.now() - started
    expect(took).toBeGreaterThan(1_400)
    expect(took).toBeLessThan(2_300)
    expect(words).toContain('Eye clinic letter')
    expect(words).not.toContain('MRI scan')
    expect(words).toContain('We are still waiting for Royal Free records.')
    expect(html).toContain('href="/letters-and-results?search=eye&amp;wait=yes">Show Royal Free records</a>')
    // What is older goes on with the own records alone: newer ones of the partner would be passed over.
    expect(html).toContain('href="/letters-and-results?search=eye&amp;hospital=RWG&amp;after=next"')
  })

  it('waits for a slow partner when it is told to', async () => {
    partner = 'slow'
    const { words } = await open('/letters-and-results?wait=yes')
    expect(words).toContain('MRI scan')
    expect(words).not.toContain('still waiting')
  })

  it('never hides the own records because the partner fails', async () => {
    partner = 'broken'
    const { status, words } = await open('/letters-and-results')
    expect(status).toBe(200)
    expect(words).toContain('Eye clinic letter')
    expect(words).toContain('Royal Free records are temporarily unavailable. They are not in this list.')
  })

  it('asks nobody else when only the own records are wanted', async () => {
    await open('/letters-and-results?hospital=RWG')
    const lists = asked.filter(({ operation }) => operation === 'Documents')
    expect(lists.map(({ variables }) => variables.filter)).toEqual([{ trustCode: 'RWG' }])
  })

  it('says that there is nothing only when nothing is missing', async () => {
    hasDocuments = false
    expect((await open('/letters-and-results')).words).toContain('You have no letters or test results yet.')
    expect((await open('/letters-and-results?search=zebra')).words).toContain('No letters or results match')
    partner = 'unavailable'
    const { words } = await open('/letters-and-results')
    expect(words).toContain('Royal Free records are temporarily unavailable. Try again in a few minutes.')
    expect(words).toContain('There may be letters or results among the records that we cannot show just now.')
    expect(words).not.toContain('You have no letters')
    partner = 'broken'
    const ofPartner = (await open('/letters-and-results?hospital=RAL')).words
    expect(ofPartner).toContain('This does not mean that there are no letters or results.')
    expect(ofPartner).not.toContain('match')
  })

  it('asks for fewer words before it asks the graph', async () => {
    const { words } = await open(`/letters-and-results?search=${'a'.repeat(101)}`)
    expect(words).toContain('There is a problem')
    expect(words).toContain('Search for 100 characters or fewer. You entered 101')
    expect(asked.some(({ operation }) => operation === 'Documents')).toBe(false)
  })
})

describe('a letter', () => {
  it('is noted as read when a person opens its page', async () => {
    expect((await open('/letters/l1')).words).toContain('See you in 6 months.')
    expect(marked().map(({ variables }) => variables)).toEqual([
      { input: { documentId: 'l1', version: 'v7', idempotencyKey: expect.stringMatching(/^[\da-f-]{36}$/) as string } },
    ])
  })

  it.each([
    ['a browser that fetches ahead', { headers: { 'sec-purpose': 'prefetch;prerender' } }],
    ['an older browser that fetches ahead', { headers: { purpose: 'prefetch' } }],
    ['a program that asks for the headers', { method: 'HEAD' }],
  ])('is not noted as read for %s', async (_, init) => {
    expect((await open('/letters/l1', init)).status).toBe(200)
    expect(marked()).toEqual([])
  })

  it('is shown also when it cannot be noted as read', async () => {
    marking = 'fails'
    const { status, words } = await open('/letters/l1')
    expect(status).toBe(200)
    expect(words).toContain('See you in 6 months.')
  })

  it('that is a test result has its page among the results', async () => {
    const { status, headers } = await open(`/letters/${scan.id}`)
    expect([status, headers.get('location')]).toEqual([303, `/results/${scan.id}`])
  })

  it('that a partner keeps and cannot give just now is not called missing', async () => {
    const { status, words } = await open('/letters/RAL.DocumentReference.1')
    expect(status).toBe(503)
    expect(words).toContain('Another hospital keeps it, and we cannot reach its records just now.')
    expect((await open('/letters/nowhere')).status).toBe(404)
  })
})

describe('a PDF', () => {
  it.each([
    ['fast', 'Download (PDF, 120KB)'],
    ['away', 'The PDF cannot be downloaded just now.'],
    ['none', undefined],
  ] as const)('that is %s is offered as: %s', async (how, offered) => {
    file = how
    const { words } = await open('/letters/l1')
    if (offered) expect(words).toContain(offered)
    else expect(words).not.toContain('PDF')
  })

  it('that takes long to make holds up nobody who reads the words', async () => {
    file = 'slow'
    const started = performance.now()
    const { words } = await open('/letters/l1')
    expect(performance.now() - started).toBeLessThan(1_500)
    expect(words).toContain('See you in 6 months.')
    expect(words).toContain('Download (PDF)')
  })

  it('is a download that can do nothing in the site', async () => {
    const { status, headers, html } = await open('/letters/l1/pdf?large-print')
    expect(status).toBe(200)
    expect(Object.fromEntries(headers)).toMatchObject({
      'content-type': 'application/pdf',
      'content-disposition': 'attachment; filename="a-b-exe.pdf"',
      'content-security-policy': "sandbox; default-src 'none'",
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
    })
    expect(html).toBe('%PDF-1.7 a letter')
    expect(asked.at(-1)?.variables).toEqual({ id: 'l1', largePrint: true })
  })

  it.each([
    ['away', '/letters/l1?file=away'],
    ['none', '/letters/l1'],
  ] as const)('that is %s leads back to the page that says why', async (how, page) => {
    file = how
    const { status, headers } = await open('/letters/l1/pdf')
    expect([status, headers.get('location')]).toEqual([303, page])
  })

  it('that could not be had is not offered on the page that leads back from it', async () => {
    const { words } = await open('/letters/l1?file=away')
    expect(words).toContain('The PDF cannot be downloaded just now.')
    expect(words).not.toContain('Download (PDF')
  })

  it('is for nobody who is not logged in', async () => {
    const { status, headers } = await open('/letters/l1/pdf', { headers: { cookie: '' } })
    expect([status, headers.get('location')]).toEqual([303, '/log-in?return=%2Fletters%2Fl1%2Fpdf'])
  })
})
