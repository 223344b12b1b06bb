import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { logIn, type World, world } from '../test/world.ts'
import { loopback, sendHl7, startFeeds, type Feeds } from './main.ts'
import { example } from './testing/feeds-with-portal.ts'
import { panel } from './testing/result-message.ts'

let portal: World
let feeds: Feeds
let token: string
beforeAll(async () => {
  portal = await world()
  feeds = await startFeeds({
    port: 0,
    host: '127.0.0.1',
    allow: loopback,
    maximumMessageBytes: 30_000_000,
    messageSeconds: 30,
    idleSeconds: 60,
    maximumConnections: 8,
    processingIds: ['P', 'T'],
    graph: { url: portal.url, secret: portal.secrets.SYSTEM_SECRET_FEEDS },
    everyMs: 1_000,
    now: () => portal.clock.now(),
    logLevel: 'silent',
  })
  expect(await send(example('new-person'))).toBe('AA')
  token = await logIn(portal, { id: '', hospitalNumber: '', mobile: '+447700900145', bornOn: '1984-03-09' })
})
afterAll(async () => {
  await feeds.stop()
  await portal.stop()
})

/** The answer in one line, as its sender reads it. */
const send = async (message: string) => {
  const { code, lines } = await sendHl7({ host: '127.0.0.1', port: feeds.port }, message, 60_000)
  return [code, ...lines].join(' ')
}
type Shown = Record<string, unknown> & { id: string; title: string }
/** What Amal sees, by its title. */
const shown = async () => Object.fromEntries((await all()).map((node) => [node.title, node]))
async function all(): Promise<Shown[]> {
  const { data, text } = await portal.ask(
    token,
    `{ documents(first: 50) { nodes { __typename id title kind state unread notice pdf { origin bytes fileName }
      provenance { sourceId }
      ... on TestResult { status laboratory requestedBy report { heading paragraphs }
        observations { name value number comparator unit range { text low high } flag status } }
      ... on Letter { author textFromPdf sections { heading code paragraphs items } } } } }`,
  )
  const page = data?.['documents'] as unknown as { nodes: Shown[] } | undefined
  if (!page) throw new Error(text)
  return page.nodes
}
const amal = 'RWG200145^^^RWG^MR||Haddad^Amal||19840309'
const blood = (value: string, facts: { obr?: Record<number, string>; controlId?: string } = {}) =>
  panel([`OBX|1|SN|1988-5^C reactive protein^LN||${value}|mg/L|<5|H|||F`], {
    pid: amal,
    ...facts,
    obr: { 4: '1988-5^C reactive protein^LN', 24: 'CH', 16: '^Shah^Priya^^^Dr', ...facts.obr },
  })

describe('a result of the laboratory', () => {
  it('is read by its patient, with its sign, unit, range and flag', async () => {
    expect(await send(blood('>^300'))).toBe('AA')
    expect((await shown())['C reactive protein']).toMatchObject({
      __typename: 'TestResult',
      state: 'READY',
      unread: true,
      status: 'FINAL',
      laboratory: 'RWGLAB',
      requestedBy: 'Dr Priya Shah',
      provenance: { sourceId: 'LAB^F-1^1988-5' },
      observations: [
        {
          name: 'C reactive protein',
          value: '>300',
          number: 300,
          comparator: 'MORE_THAN',
          unit: 'mg/L',
          range: { text: '<5', low: null, high: 5 },
          flag: 'HIGH',
        },
      ],
    })
  })

  it('is corrected under the same numbers, and left alone by an older word', async () => {
    const corrected = blood('^30', { controlId: 'C-1', obr: { 25: 'C' } }).replace('20261121100000', '20261121110000')
    expect(await send(corrected)).toBe('AA')
    const late = blood('^900', { controlId: 'C-2' }).replace('20261121100000', '20261121090000')
    expect(await send(late)).toMatch(/^AA MSH-7: the portal already knows something later/)
    expect((await shown())['C reactive protein']).toMatchObject({
      status: 'CORRECTED',
      observations: [{ value: '30' }],
    })
  })

  it('of another patient under the same order number is refused, and nothing changed', async () => {
    const other = blood('^7', { controlId: 'C-3' }).replace(amal, 'RWG7^^^RWG^MR||Reed^Ada||19800102')
    expect(await send(other)).toMatch(/^AE OBR-3: the portal knows this as another patient's/)
    expect((await shown())['C reactive protein']).toMatchObject({ observations: [{ value: '30' }] })
  })

  it('is taken of every published type, and waits where a clinician looks first', async () => {
    expect(await send(example('results'))).toMatch(/^AA PV1-3: recorded without a clinic/)
    expect(await send(example('results-of-every-type'))).toMatch(/^AA OBX-5: .*OBX-14: /)
    expect(await send(example('imaging-report'))).toMatch(/^AA OBX-11: /)
    expect(await send(example('culture-and-sensitivities'))).toBe('AA')
    expect(await send(example('result-with-pdf'))).toBe('AA')
    const waiting = (await all()).filter(({ state }) => state === 'WAITING')
    expect(waiting.length).toBeGreaterThan(4)
    expect(JSON.stringify(waiting)).not.toMatch(/haemo|coli|fracture|sodium|ejection/i)
  })

  it('has what its message said, for those who look at it', async () => {
    const { testResultByHospitalId: report } = await portal.system(
      '{ testResultByHospitalId(hospitalId: "CRIS^XR-99120^XCHES") { panel report { heading paragraphs items } } }',
    )
    expect(report).toMatchObject({ panel: 'X-ray chest', report: [{ heading: 'Findings' }, { heading: 'Impression' }] })
    expect(JSON.stringify(report)).not.toMatch(/mass/i)
  })

  it('is refused in words of the message when the graph cannot take it', async () => {
    const odd = blood('^7', { controlId: 'C-4', obr: { 3: 'F-9', 25: 'ZZ' } })
    expect(await send(odd)).toMatch(/^AE OBR-25: OBR 1 cannot be taken: status "ZZ" is none of HL7 table 0123/)
  })
})

describe('a letter of the hospital', () => {
  it('is read section by section, and as a PDF', async () => {
    expect(await send(example('clinic-letter'))).toMatch(/^AA PV1-3: recorded without a clinic/)
    expect((await shown())['Clinic letter']).toMatchObject({
      __typename: 'OutcomeLetter',
      state: 'READY',
      author: 'Dr Priya Shah',
      textFromPdf: false,
      sections: [
        { heading: 'Attendance details', code: '1077881000000105' },
        { heading: 'Diagnoses', items: ['Palpitations', 'High blood pressure'] },
        { heading: 'Clinical summary' },
        { heading: 'Plan and requested actions' },
      ],
      pdf: { origin: 'PORTAL' },
    })
  })

  it('as a PDF is checked, kept and read out', async () => {
    const letter = example('discharge-summary-pdf').replace('||7\n', '\n')
    expect(await send(letter)).toBe('AA')
    const summary = (await shown())['Discharge summary']
    expect(summary).toMatchObject({ kind: 'DISCHARGE_SUMMARY', textFromPdf: true, pdf: { origin: 'HOSPITAL' } })
    expect(JSON.stringify(summary?.['sections'])).toContain('You were in hospital from 17 to 20 November 2026')
  })

  it('whose PDF is none is recorded without it, and its sender told', async () => {
    const letter = example('discharge-summary-pdf')
      .replace('EX-0112', 'D-1')
      .replace('DOC-502', 'DOC-602')
      .replace('DS|', 'X^Scan|')
      .replace('||7\n', '\n')
      .replace(/JVBERi/, 'AAAAAA')
    expect(await send(letter)).toMatch(/^AA OBX-5: recorded, although its PDF did not pass the checks/)
    expect((await shown())['Scan']?.['pdf']).toBeNull()
  })

  it('is replaced by another, and taken back', async () => {
    const before = (await shown())['Clinic letter']?.id
    expect(await send(example('letter-replaced'))).toBe('AA')
    const ask = (id: string) => portal.ask(token, 'query D($id: ID!) { document(id: $id) { state } }', { id })
    expect((await ask(String(before))).data).toEqual({ document: { state: 'WITHDRAWN' } })
    const cancelled = example('letter-cancelled').replace('DOC-501', 'DOC-503')
    expect(await send(cancelled)).toBe('AA')
    const unknown = cancelled.replace('DOC-503', 'DOC-999').replace('EX-0115', 'T-1')
    expect(await send(unknown)).toMatch(/^AE TXA-12: the portal knows no document/)
  })

  it('of 20 MB goes the whole way', async () => {
    const pdf = Buffer.alloc(20 * 1000 * 1000, ' ')
    const small = /Base64\^([^|]*)\|/.exec(example('result-with-pdf'))?.[1] ?? ''
    Buffer.from(small, 'base64').copy(pdf)
    const letter = example('discharge-summary-pdf')
      .replace('EX-0112', 'BIG-1')
      .replace('DOC-502', 'DOC-700')
      .replace('DS|', 'X^Large letter|')
      .replace(/\nOBX[^]*$/, `\nOBX|1|ED|PDF||^application^pdf^Base64^${pdf.toString('base64')}||||||F\n`)
    // On a busy machine the graph may ask for it again, as it may any sender.
    await expect.poll(() => send(letter), { timeout: 120_000 }).toMatch(/^AA/)
    expect((await shown())['Large letter']).toBeDefined()
  }, 150_000)
})
