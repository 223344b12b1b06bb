import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { pino } from 'pino'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { readEnvironment, startSite, type RunningSite } from './main.ts'

/** The site as it is built, in front of a graph that keeps what a person shares, and who looked. */
let graph: Server
let site: RunningSite
let asked: { operation: string; variables: Record<string, unknown> }[]
let shared: Record<string, string[]>
let refuses: boolean
/** When all sharing was stopped. */
let stoppedAt: string | null
/** Organisations that can ask for nothing any more: they are listed as long as something is shared. */
let gone: string[]
let jar: Map<string, string>

const publicUrl = 'http://portal.test'
const contact = { team: 'PALS', phone: '+442079460100', textphone: null, email: null, hours: '9am to 5pm' }
const trust = {
  odsCode: 'RWG',
  name: 'West Hertfordshire Teaching Hospitals NHS Trust',
  shortName: 'West Hertfordshire',
  serviceName: 'Patient Portal',
  demonstration: false,
  minimumAge: 18,
  partnerNames: [],
  addressLines: [],
  appointmentsTeam: contact,
  technicalSupport: contact,
  pals: contact,
}
const names: Record<string, string> = { RAL: 'Royal Free London NHS Foundation Trust', RHM: 'Southampton' }
const all = ['APPOINTMENTS', 'LETTERS', 'RESULTS']
const ofRoyalFree = { organisation: names.RAL, person: 'j.okoro', personRole: 'Consultant' }
const page = (nodes: object[]) => ({ nodes, pageInfo: { hasNextPage: false, endCursor: null } })

const accesses = {
  me: {
    details: page([{ id: 'd1', at: '2026-06-30T23:10:00.000Z', requestId: 'r1', ...ofRoyalFree, things: ['Patient'] }]),
    appointments: page([
      { id: 'a1', at: '2026-06-30T23:10:01.000Z', requestId: 'r1', ...ofRoyalFree, things: ['Hologram'] },
      { id: 'a0', at: '2026-06-30T11:00:00.000Z', requestId: 'r0', organisation: trust.name, person: 'Sam Reed', personRole: null, things: ['ChangeRequest'] }, // prettier-ignore
      { id: 'a9', at: '2025-03-01T11:00:00.000Z', requestId: 'r9', organisation: trust.name, person: null, personRole: null, things: [] }, // prettier-ignore
    ]),
    documents: page([
      { id: 't1', at: '2026-06-30T23:10:02.000Z', requestId: 'r1', ...ofRoyalFree, things: ['TestResult'] },
      { id: 't0', at: '2026-06-29T11:00:00.000Z', requestId: 'r8', ...ofRoyalFree, things: [] },
    ]),
  },
}

const versionOf = (code: string) => `seen: ${shared[code]?.join(' ')}`
const sharing = () =>
  Object.entries(shared)
    .filter(([code, categories]) => categories.length > 0 || !gone.includes(code))
    .map(([organisationCode, categories]) => ({
      organisationCode,
      organisationName: names[organisationCode],
      version: versionOf(organisationCode),
      categories: all.map((category) => {
        const isShared = categories.includes(category)
        return {
          category,
          shared: isShared,
          basis: isShared ? 'CONSENT' : null,
          chosen: true,
          since: '2026-03-02T10:00:00Z',
          until: null,
        }
      }),
    }))

function answerTo(operation: string, variables: Record<string, unknown>): object {
  switch (operation) {
    case 'Trust':
      return { data: { trust } }
    case 'RecordAccesses':
      return { data: accesses }
    case 'Sharing':
      return { data: { me: { sharing: sharing(), sharingStoppedAt: stoppedAt } } }
    case 'ChooseSharing': {
      const { organisationCode, version, categories } = variables.input as {
        organisationCode: string
        version: string
        categories: string[]
      }
      if (refuses)
        return { data: { chooseSharing: { __typename: 'SharingNotPossible', message: 'We do not know this organisation.' } } } // prettier-ignore
      if (version !== versionOf(organisationCode) && shared[organisationCode]?.join() !== categories.join())
        return { data: { chooseSharing: { __typename: 'SharingHasChanged', organisation: { organisationName: names[organisationCode] } } } } // prettier-ignore
      shared[organisationCode] = categories
      return { data: { chooseSharing: { __typename: 'SharingChosen', organisation: { organisationCode } } } }
    }
    case 'StopSharing':
      if (refuses) return { data: { stopSharing: { __typename: 'SharingGoesOn' } } }
      for (const code of Object.keys(shared)) shared[code] = []
      stoppedAt = '2026-03-04T10:00:00Z'
      return { data: { stopSharing: { __typename: 'SharingStopped' } } }
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
      const answer = answerTo(operation, variables)
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer))
    })
  })
  await new Promise<void>((resolve) => graph.listen(0, '127.0.0.1', resolve))
  const settings = readEnvironment({
    PUBLIC_URL: publicUrl,
    WEB_PORT: '0',
    GRAPH_URL: `http://127.0.0.1:${(graph.address() as AddressInfo).port}/graphql`,
    WEB_SIGNING_KEY: Buffer.alloc(32, 3).toString('base64url'),
  })
  site = await startSite(settings, pino({ level: 'silent' }))
})

beforeEach(() => {
  asked = []
  shared = { RAL: ['APPOINTMENTS', 'LETTERS'], RHM: [] }
  refuses = false
  stoppedAt = null
  gone = []
  jar = new Map([['session', 'a-token']])
})

afterAll(async () => {
  await site.stop()
  graph.close()
})

/** Asks for a page, or posts a form, with the cookies that came so far. */
async function ask(path: string, form?: [string, string][]) {
  const cookie = [...jar].map((pair) => pair.join('=')).join('; ')
  const post = { method: 'POST', body: new URLSearchParams(form) }
  const headers = { cookie, accept: 'text/html', ...(form && { origin: publicUrl }) }
  const response = await fetch(new URL(path, site.url), { redirect: 'manual', headers, ...(form && post) })
  for (const line of response.headers.getSetCookie()) {
    const [, name = '', value = ''] = /^([\w-]+)=([^;]*)/.exec(line) ?? []
    jar.set(name, value)
  }
  const html = await response.text()
  const words = html.replaceAll(/<style.*?<\/style>|<[^>]+>|<!--.*?-->/gs, ' ').replaceAll(/\s+/g, ' ')
  return { status: response.status, location: response.headers.get('location'), html, words }
}

/** The fields that a page would send, as it stands. */
const fieldsOf = (html: string): [string, string][] =>
  [...html.matchAll(/<input type="hidden" name="([^"]*)"(?: value="([^"]*)")?/g)].map(([, name = '', value = '']) => [
    name,
    value,
  ])
const writes = (name = 'ChooseSharing') =>
  asked.filter(({ operation }) => operation === name).map(({ variables }) => variables.input)
const uuid = expect.stringMatching(/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/) as string

describe('who has looked', () => {
  it('is one line for one request, by the day and the time in London, in plain words', async () => {
    const { words, html } = await ask('/my-details/who-has-looked')
    expect(words).toMatch(
      /Wednesday 1 July 2026 Royal Free London NHS Foundation Trust When 12:10am Who j\.okoro , Consultant They told us this\. We have not checked it\. Looked at Your personal details Something else about your appointments Your test results/,
    )
    expect(words).toMatch(
      /Tuesday 30 June 2026 .* When midday Who Sam Reed A member of our staff Looked at or changed Your requests about appointments/,
    )
    expect(words).toMatch(/Monday 29 June 2026 .* Looked at Your letters or test results: none were shown/)
    expect(words).toMatch(/Saturday 1 March 2025 .* Your appointments: what was seen was not written down then/)
    expect(html).not.toMatch(/Hologram|TestResult|ChangeRequest/)
    expect(asked.filter(({ operation }) => operation === 'RecordAccesses')).toHaveLength(1)
  })

  it.each(['yesterday', '2026-13-45T00:00:00Z a', '2026-06-30T23:10:00Z'])(
    'has no page that begins at "%s"',
    async (before) => {
      expect((await ask(`/my-details/who-has-looked?${new URLSearchParams({ before })}`)).status).toBe(400)
    },
  )
})

describe('a choice about sharing', () => {
  const check = '/my-details/sharing/RAL/check'

  /** From the form to the page that shows what was chosen. */
  async function chooses(...categories: string[]) {
    const form = fieldsOf((await ask('/my-details/sharing/RAL')).html)
    const { status, location } = await ask('/my-details/sharing/RAL', [
      ...form,
      ...categories.map((it): [string, string] => ['share', it]),
    ])
    expect([status, location]).toEqual([303, check])
    return ask(check)
  }

  it('is checked, kept once however often it is sent, and confirmed', async () => {
    const { words, html } = await chooses('APPOINTMENTS', 'RESULTS')
    expect(words).toMatch(/Letters and summaries Do not share This changes\. They can see it until you save\./)
    expect(words).toMatch(/Test results Share This changes\. They cannot see it until you save\./)
    expect(words).toContain('What it means when they cannot see it')
    const answers = [await ask(check, fieldsOf(html)), await ask(check, fieldsOf(html))]
    for (const { status, location } of answers)
      expect([status, location]).toEqual([303, '/my-details/sharing/RAL/saved'])
    const version = 'seen: APPOINTMENTS LETTERS'
    const input = { organisationCode: 'RAL', version, categories: ['APPOINTMENTS', 'RESULTS'], idempotencyKey: uuid }
    expect(writes()).toEqual([input, input])
    expect(new Set(writes().map((it) => (it as typeof input).idempotencyKey)).size).toBe(1)
    expect((await ask('/my-details/sharing/RAL/saved')).words).toMatch(/can now see your: appointments and hospital stays test results/) // prettier-ignore
  })

  it('to share nothing is a choice too', async () => {
    const { html } = await chooses()
    await ask(check, fieldsOf(html))
    expect(writes()).toMatchObject([{ categories: [] }])
    expect((await ask('/my-details/sharing/RAL/saved')).words).toContain(
      'can no longer see anything of your record here',
    )
  })

  it('to share nothing with an organisation that is gone is confirmed, however often it is sent', async () => {
    gone = ['RAL']
    const fields = fieldsOf((await chooses()).html)
    for (const { location } of [await ask(check, fields), await ask(check, fields)])
      expect(location).toBe('/my-details/sharing/RAL/saved')
    expect((await ask('/my-details/sharing/RAL/saved')).words).toContain('This hospital can no longer see anything')
  })

  it('is not kept over a change that somebody made meanwhile, and shows that change', async () => {
    const { html } = await chooses('RESULTS')
    shared.RAL = all
    const refused = await ask(check, fieldsOf(html))
    expect(refused.status).toBe(409)
    expect(refused.html).toMatch(/<title>Error: /)
    expect(refused.words).toContain('There is a problem')
    expect(refused.words).toContain('can see has changed since you opened this page')
    expect(refused.words).toMatch(
      /Appointments and hospital stays Do not share This changes\. They can see it until you save\./,
    )
    expect(shared.RAL).toEqual(all)
    expect((await ask(check, fieldsOf(refused.html))).status).toBe(303)
    expect(shared.RAL).toEqual(['RESULTS'])
  })

  it('that the graph does not keep is said on top', async () => {
    refuses = true
    const { status, words } = await ask(check, fieldsOf((await chooses('RESULTS')).html))
    expect(status).toBe(409)
    expect(words).toContain('There is a problem We do not know this organisation.')
  })

  it('that was never made leads back to its form, and about nobody known is not there', async () => {
    expect((await ask(check)).location).toBe('/my-details/sharing/RAL')
    expect((await ask('/my-details/sharing/XXX')).status).toBe(404)
    expect((await ask('/my-details/sharing/XXX/check')).location).toBe('/my-details/sharing/XXX')
  })
})

describe('stopping all sharing', () => {
  const stop = '/my-details/sharing/stop'

  it('closes the record in one request, to those that see nothing yet and to whoever comes later', async () => {
    const { html, words } = await ask(stop)
    expect(words).toMatch(
      /Staff at Royal Free London NHS Foundation Trust, Southampton and any hospital that can ask for records later will not see anything/,
    )
    for (const { status, location } of [await ask(stop, fieldsOf(html)), await ask(stop, fieldsOf(html))])
      expect([status, location]).toEqual([303, '/my-details/sharing/stopped'])
    expect(writes('StopSharing')).toEqual([{ idempotencyKey: uuid }, { idempotencyKey: uuid }])
    expect(new Set(writes('StopSharing').map((it) => (it as { idempotencyKey: string }).idempotencyKey)).size).toBe(1)
    expect(writes()).toEqual([])
    const { words: confirmed } = await ask('/my-details/sharing/stopped')
    expect(confirmed).toContain('All sharing has stopped')
    expect(confirmed).toContain('with no hospital that can ask for records only later')
    expect((await ask(stop)).location).toBe('/my-details/sharing')
  })

  it('is said on the page with its day, of a hospital too that came later, and is offered again when one sees something', async () => {
    shared = { RAL: [] }
    stoppedAt = '2026-03-02T10:00:00Z'
    const { words } = await ask('/my-details/sharing')
    expect(words).toContain('You stopped all sharing on Monday 2 March 2026.')
    expect(words).toMatch(/Test results Cannot see You chose this\. Not shared since Monday 2 March 2026\./)
    expect(words).not.toContain('Stop all sharing')
    shared.RAL = ['RESULTS']
    expect((await ask('/my-details/sharing')).words).toContain('Stop all sharing')
  })

  it('is not confirmed while something is shared or could come to be, nor when it was not kept', async () => {
    const stopped = '/my-details/sharing/stopped'
    expect((await ask(stopped)).location).toBe('/my-details/sharing')
    shared = {}
    expect((await ask(stopped)).location).toBe('/my-details/sharing')
    refuses = true
    await ask(stop, fieldsOf((await ask(stop)).html))
    expect((await ask(stopped)).location).toBe('/my-details/sharing')
  })
})

it('says so when there is no organisation to share with, and lets people stop it before one comes', async () => {
  shared = {}
  const { words } = await ask('/my-details/sharing')
  expect(words).toContain('No other hospital can see your record through Patient Portal.')
  expect(words).toContain('Stop all sharing')
  expect((await ask('/my-details/sharing/stop')).words).toContain(
    'Staff at any hospital that can ask for records later will not see anything',
  )
})
