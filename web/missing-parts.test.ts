import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { pino } from 'pino'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { readEnvironment, startSite, type RunningSite } from './main.ts'

/** The site as it is built, in front of a graph of which each test takes a part away: no part is missing without a word. */
let graph: Server
let site: RunningSite
let lettersAre: 'there' | 'none' | 'away'
let partnerIs: 'there' | 'slow' | 'away' | 'unavailable'
let appointmentsAre: 'there' | 'away'

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
const away = [{ message: 'away', extensions: { code: 'UNAVAILABLE' } }]
const closed = { reason: 'TOO_LATE', message: 'It is too late to change this.', link: null, contact }
const appointment = {
  ...{ id: 'a1', kind: 'OUTPATIENT', status: 'BOOKED', acceptedAt: null, clinician: null, medium: 'FACE_TO_FACE' },
  ...{ startsAt: '2099-12-07T10:30:00Z', endsAt: '2099-12-07T11:00:00Z', admittedAt: null, dischargedAt: null },
  ...{ whatToBring: [], preparation: [], arrangements: [], changeRequests: [], lastMove: null, cancellation: null },
  ...{ hospitalConfirmation: 'CONFIRMED', letter: { id: 'l0', kind: 'APPOINTMENT_LETTER', showsOldTime: false } },
  clinic: { name: 'Eye clinic', contact },
  place: { site: 'Watford General', department: null, addressLines: [], postcode: 'WD18 0HB', directions: null },
  acceptance: { __typename: 'AcceptanceClosed', reason: 'PAST', message: 'It is over.' },
  canReschedule: { __typename: 'RescheduleClosed', ...closed },
  canCancel: { __typename: 'CancelClosed', ...closed },
}
const document = {
  ...{ id: 'l1', state: 'READY', opensAt: null, unread: false, correctedAt: null, notice: null, trustCode: 'RWG' },
  ...{ trustName: trust.name, writtenAt: '2026-11-20T09:00:00Z', provenance: { receivedAt: '2026-11-20T09:00:00Z' } },
}
const letter = {
  ...{ ...document, __typename: 'OutcomeLetter', kind: 'OUTCOME_LETTER', title: 'Eye clinic letter' },
  ...{ sections: [{ heading: 'Plan', paragraphs: ['See you.'], items: [] }], textFromPdf: false, author: null },
}
const result = {
  ...{
    ...document,
    __typename: 'TestResult',
    id: 'r1',
    kind: 'TEST_RESULT',
    title: 'Full blood count',
    status: 'FINAL',
  },
  ...{ panel: 'Full blood count', requestedBy: null, laboratory: 'Watford Pathology', specimen: null },
  ...{ collectedAt: null, reportedAt: null, comments: [], report: letter.sections, observations: [] },
}
const theirs = { ...result, id: 'RAL.DiagnosticReport.9', trustCode: 'RAL', trustName: trust.partnerNames[0] }
const value = { id: 'v1', name: 'Haemoglobin', unit: 'g/L' }
const point = { resultId: theirs.id, measuredAt: '2026-11-19T09:00:00Z', value: '131', number: 131, comparator: null, unit: 'g/L', range: null, flag: 'NONE' } // prettier-ignore
const source = { own: false, status: 'AVAILABLE', message: null, trustCode: 'RAL', shortName: 'Royal Free' }

async function unread({ filter }: { filter?: { trustCode?: string } }): Promise<object> {
  const asksPartner = filter?.trustCode !== 'RWG'
  if (lettersAre === 'away') return { errors: away }
  if (asksPartner && partnerIs === 'slow') await pause(1_500)
  if (asksPartner && partnerIs === 'away') return { errors: away }
  const nodes = lettersAre === 'there' ? [{ ...letter, appointment: null }] : []
  const partner = { ...source, status: partnerIs === 'unavailable' ? 'UNAVAILABLE' : 'AVAILABLE' }
  return { data: { documents: { nodes, totalCount: nodes.length, sources: asksPartner ? [partner] : [] } } }
}

/** A document whose appointment is null: there is none, or it is away. */
const withoutAppointment = (of: object) => ({
  ...(appointmentsAre === 'away' && { errors: away }),
  data: { document: { ...of, appointment: null } },
})

async function answerTo(operation: string, variables: Record<string, unknown>): Promise<object> {
  switch (operation) {
    case 'Trust':
      return { data: { trust } }
    case 'Home':
      return { data: { me: { name: { given: ['Amal'], full: 'Amal Haddad' }, appointments: { nodes: [] } } } }
    case 'UnreadDocuments':
      return unread(variables)
    case 'Appointment':
      return { data: { appointment } }
    case 'DocumentsOfAppointment':
      if (lettersAre === 'away') return { errors: away, data: { appointment: null } }
      return { data: { appointment: { id: 'a1', documents: lettersAre === 'there' ? [letter] : [] } } }
    case 'Letter':
      return withoutAppointment(letter)
    case 'Result':
      return withoutAppointment(result)
    case 'ResultTrend': {
      const of = variables.id === theirs.id ? theirs : result
      return { data: { document: { ...of, observations: [{ ...value, trend: [point] }] } } }
    }
    case 'DocumentFile':
      return { data: { document: { id: 'l1', pdf: null } } }
    default:
      return { data: null }
  }
}

beforeAll(async () => {
  graph = createServer((incoming, response) => {
    let text = ''
    incoming.on('data', (chunk: Buffer) => (text += chunk.toString()))
    incoming.on('end', () => {
      const { operationName, variables } = JSON.parse(text) as {
        operationName: string
        variables: Record<string, unknown>
      }
      void answerTo(operationName, variables).then((answer) =>
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
  lettersAre = 'there'
  partnerIs = 'there'
  appointmentsAre = 'there'
})

afterAll(async () => {
  await site.stop()
  graph.close()
})

async function read(path: string): Promise<string> {
  const response = await fetch(new URL(path, site.url), { headers: { cookie: 'session=a-token' } })
  expect(response.status).toBe(200)
  return (await response.text()).replaceAll(/<!--.*?-->/gs, '').replaceAll(/<[^>]+>|\s/g, ' ').replaceAll(/ +/g, ' ') // prettier-ignore
}

describe('the page of an appointment', () => {
  const heading = 'Letters and results about this appointment'

  it('lists what else was written about it, and has no list when nothing was', async () => {
    const words = await read('/appointments/a1')
    expect(words).toContain(heading)
    expect(words).toContain('Eye clinic letter')
    lettersAre = 'none'
    expect(await read('/appointments/a1')).not.toContain(heading)
  })

  it('says so when that cannot be shown, which is not the same as nothing', async () => {
    lettersAre = 'away'
    const words = await read('/appointments/a1')
    expect(words).toContain('Watford General')
    expect(words).toContain(heading)
    expect(words).toContain(
      'They cannot be shown just now. This does not mean that there are none. Try again in a few minutes.',
    )
  })
})

describe('the home page', () => {
  const nothingLeftOut = /There may be more|We cannot see just now/

  it('counts what is unread', async () => {
    const words = await read('/home')
    expect(words).toContain('1 unread')
    expect(words).toContain('Read your clinic letter: Eye clinic letter')
    expect(words).not.toMatch(nothingLeftOut)
  })

  it.each([
    ['slow', 'There may be more to read in Royal Free London NHS Foundation Trust records. We are still waiting'],
    ['away', 'There may be more to read in Royal Free London NHS Foundation Trust records, which are temporarily'],
    ['unavailable', 'There may be more to read in Royal Free records, which are temporarily unavailable.'],
  ] as const)('says what is not counted when a partner is %s', async (how, said) => {
    partnerIs = how
    const words = await read('/home')
    expect(words).toContain('1 unread')
    expect(words).toContain(said)
  })

  it('does not look as if there were nothing to read when that cannot be known', async () => {
    lettersAre = 'away'
    const words = await read('/home')
    expect(words).toContain('Hello, Amal')
    expect(words).toContain('We cannot see just now whether there is something new to read.')
    lettersAre = 'none'
    expect(await read('/home')).not.toMatch(nothingLeftOut)
  })
})

describe('a letter and a result', () => {
  it.each([
    ['letter', '/letters/l1'],
    ['result', '/results/r1'],
  ])('say when it cannot be known which appointment they are about: a %s', async (what, path) => {
    const said = `If this ${what} is about an appointment, we cannot show that just now. Try again in a few minutes.`
    expect(await read(path)).not.toContain(said)
    appointmentsAre = 'away'
    const words = await read(path)
    expect(words).toContain('See you.')
    expect(words).toContain(said)
  })
})

describe('values over time', () => {
  it('of another hospital are as they were when it was asked', async () => {
    const asOf = 'as they were on Friday 20 November 2026 at 9am'
    expect(await read(`/results/${theirs.id}/trend/v1`)).toContain(asOf)
    expect(await read('/results/r1/trend/v1')).not.toContain(asOf)
  })
})
