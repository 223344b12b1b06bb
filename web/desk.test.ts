import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { pino } from 'pino'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { readEnvironment, startSite, type RunningSite } from './main.ts'

/** The site as it is built, in front of a graph that lets staff in and says by whose bearer it was asked. */
let graph: Server
let plain: RunningSite
let secure: RunningSite
let asked: { operation: string; bearer: string | undefined }[]
/** Whether who is logged in releases results. */
let releases: boolean
let hasFault: boolean

const contact = { team: 'Portal team', phone: '+442079460100', textphone: null, email: null, hours: '8am to 6pm' }
const trust = {
  name: 'West Hertfordshire Teaching Hospitals NHS Trust',
  shortName: 'West Hertfordshire',
  serviceName: 'Patient Portal',
  demonstration: false,
  minimumAge: 18,
  addressLines: [],
  appointmentsTeam: contact,
  technicalSupport: contact,
  pals: contact,
}
const nothing = { totalCount: 0, nodes: [], pageInfo: { hasNextPage: false, endCursor: null } }
const resultsToRelease = { ...nothing, totalCount: 3, alarms: 2 }
const fault = { errors: [{ message: 'Masked', extensions: { code: 'INTERNAL', errorId: 'e-1' } }] }
const forbidden = { errors: [{ message: 'Not for you', extensions: { code: 'FORBIDDEN' } }] }

/** What the graph answers: its fields for staff are for nobody else. */
function answerTo(operation: string, bearer: string | undefined): object {
  switch (operation) {
    case 'Trust':
      return { data: { trust } }
    case 'LogInStaff':
      return { data: { logInStaff: { __typename: 'StaffLoggedIn', token: 'staff-token' } } }
    case 'LogOut':
      return { data: { logOut: { __typename: 'LoggedOut', sessionsEnded: 1 } } }
  }
  if (bearer === 'ended-token') return { errors: [{ message: 'Log in', extensions: { code: 'UNAUTHENTICATED' } }] }
  if (bearer !== 'staff-token') return forbidden
  if (hasFault && operation === 'Desk') return fault
  if (operation === 'StaffMember') return { data: { staffMember: { name: 'Rowan Ellis', releasesResults: releases } } }
  if (operation === 'DeskResults') return { data: { withheldPdfs: nothing, ...(releases && { resultsToRelease }) } }
  const desk = ['changeRequests', 'conflicts', 'refusedHospitalMessages', 'refusedHospitalNotices']
  return operation === 'Desk' ? { data: Object.fromEntries(desk.map((list) => [list, nothing])) } : forbidden
}

beforeAll(async () => {
  graph = createServer((incoming, response) => {
    let text = ''
    incoming.on('data', (chunk: Buffer) => (text += chunk.toString()))
    incoming.on('end', () => {
      const { operationName: operation } = JSON.parse(text) as { operationName: string }
      const bearer = incoming.headers.authorization?.replace('Bearer ', '')
      asked.push({ operation, bearer })
      response.writeHead(200, { 'content-type': 'application/json' })
      response.end(JSON.stringify(answerTo(operation, bearer)))
    })
  })
  await new Promise<void>((resolve) => graph.listen(0, '127.0.0.1', resolve))
  const start = (publicUrl: string) => {
    const settings = readEnvironment({
      PUBLIC_URL: publicUrl,
      WEB_PORT: '0',
      GRAPH_URL: `http://127.0.0.1:${(graph.address() as AddressInfo).port}/graphql`,
      WEB_SIGNING_KEY: Buffer.alloc(32, 3).toString('base64url'),
    })
    return startSite(settings, pino({ level: 'silent' }))
  }
  plain = await start('http://portal.test')
  secure = await start('https://portal.test')
})

beforeEach(() => {
  asked = []
  releases = false
  hasFault = false
})

afterAll(async () => {
  await Promise.all([plain.stop(), secure.stop()])
  graph.close()
})

const get = (path: string, cookie = '') =>
  fetch(new URL(path, plain.url), { redirect: 'manual', headers: { accept: 'text/html', cookie } })

function post(site: RunningSite, origin: string, path: string, cookie = '', body = '') {
  const headers = { accept: 'text/html', origin, cookie, 'content-type': 'application/x-www-form-urlencoded' }
  return fetch(new URL(path, site.url), { method: 'POST', redirect: 'manual', headers, body })
}

const logIn = 'email=rowan%40example.com&password=correct+horse&code=123+456'

it('sets a cookie of its own, which no other site can make a browser bring', async () => {
  const overHttp = await post(plain, 'http://portal.test', '/desk/log-in', '', logIn)
  expect(overHttp.headers.getSetCookie()).toEqual(['desk=staff-token; Path=/; HttpOnly; SameSite=Strict'])
  const overHttps = await post(secure, 'https://portal.test', '/desk/log-in', '', logIn)
  expect(overHttps.headers.getSetCookie()).toEqual([
    '__Host-desk=staff-token; Path=/; HttpOnly; Secure; SameSite=Strict',
  ])
})

it.each([
  ['/desk/log-in', '/desk'],
  ['/desk/log-in?return=%2Fdesk%2Fconflicts', '/desk/conflicts'],
  ['/desk/log-in?return=%2Fhome', '/desk'],
  ['/desk/log-in?return=https%3A%2F%2Fevil.test%2Fdesk', '/desk'],
])('goes on from %s to %s', async (page, next) => {
  const { status, headers } = await post(plain, 'http://portal.test', page, '', logIn)
  expect([status, headers.get('location')]).toEqual([303, next])
})

it('never shows a password or a code again', async () => {
  const answer = await post(
    plain,
    'http://portal.test',
    '/desk/log-in',
    '',
    'email=&password=correct+horse&code=123457',
  )
  const page = await answer.text()
  expect(answer.status).toBe(400)
  expect(page).toContain('Enter your email address')
  expect(page).not.toMatch(/correct horse|123457/)
  expect(asked.map(({ operation }) => operation)).not.toContain('LogInStaff')
})

it('shows a desk to staff', async () => {
  const answer = await get('/desk', 'desk=staff-token')
  expect(answer.status).toBe(200)
  expect(answer.headers.get('cache-control')).toBe('no-store')
  expect(await answer.text()).toContain('Rowan Ellis')
})

it('shows what waits for a clinician to clinicians alone', async () => {
  const toSee = /href="\/desk\/results"/
  const hidden = await get('/desk', 'desk=staff-token')
  expect(await hidden.text()).not.toMatch(toSee)
  for (const path of ['/desk/results', '/desk/results/4f1c', '/desk/results/4f1c/release?steps=1']) {
    expect((await get(path, 'desk=staff-token')).status).toBe(403)
  }
  releases = true
  const shown = await (await get('/desk', 'desk=staff-token')).text()
  expect(shown).toMatch(toSee)
  expect(shown).toContain('2 alarms')
})

const wayBack = '<a href="/desk">Go to the staff desk</a>'

it.each(['/desk/nowhere', '/desk/results/4f1c/no/more', '/%64esk/nowhere'])(
  'says in the words of the desk, under its menu, that %s leads nowhere',
  async (path) => {
    const answer = await get(path, 'desk=staff-token')
    const html = await answer.text()
    expect(answer.status).toBe(404)
    expect(html).toContain('<title>Page not found – Staff desk – West Hertfordshire</title>')
    for (const words of ['Rowan Ellis', 'href="/desk/requests"', wayBack]) expect(html).toContain(words)
    expect(html).not.toContain('copied it from a message')
    const { status, headers } = await get(path)
    expect([status, headers.get('location')?.split('?')[0]]).toEqual([303, '/desk/log-in'])
  },
)

it('leads back to the desk from a page that is not for this member of staff, and from one that failed', async () => {
  const refused = await (await get('/desk/results', 'desk=staff-token')).text()
  for (const words of ['You cannot see this page – Staff desk', 'Rowan Ellis', wayBack])
    expect(refused).toContain(words)
  hasFault = true
  const answer = await get('/desk', 'desk=staff-token')
  const html = await answer.text()
  expect(answer.status).toBe(500)
  for (const words of ['Something went wrong at the desk – Staff desk', 'Rowan Ellis', '<code>e-1</code>', wayBack])
    expect(html).toContain(words)
})

it.each(['/desk', '/%64esk', '/desk/requests', '/desk/requests/4f1c/agree', '/desk/conflicts', '/desk/messages'])(
  'asks nothing in the name of a patient at %s',
  async (path) => {
    const { status, headers } = await get(path, 'session=staff-token')
    expect([status, headers.get('location')?.split('?')[0]]).toEqual([303, '/desk/log-in'])
    expect(asked.filter(({ bearer }) => bearer !== undefined)).toEqual([])
  },
)

it("shows no desk for a patient's bearer, whatever the cookie", async () => {
  const answer = await get('/desk', 'desk=patient-token')
  const html = await answer.text()
  expect(answer.status).toBe(403)
  expect(html).not.toContain('Requests to answer')
  expect(html).toContain('You cannot see this page – Staff desk')
})

it.each(['/home', '/appointments', '/my-details'])('opens no page of a patient to staff: %s', async (path) => {
  const { status, headers } = await get(path, 'desk=staff-token')
  expect([status, headers.get('location')]).toEqual([303, `/log-in?return=${encodeURIComponent(path)}`])
  expect((await get(path, 'session=staff-token')).status).toBe(403)
})

it('sends somebody whose session has ended to the log in, and takes their cookie away', async () => {
  const { status, headers } = await get('/desk/conflicts', 'desk=ended-token')
  expect([status, headers.get('location')]).toEqual([303, '/desk/log-in?return=%2Fdesk%2Fconflicts'])
  expect(headers.getSetCookie()).toEqual([expect.stringMatching(/^desk=; Max-Age=0;/)])
})

it('leaves nothing behind after the log out', async () => {
  const { status, headers } = await post(plain, 'http://portal.test', '/desk/log-out', 'desk=staff-token')
  expect([status, headers.get('location')]).toEqual([303, '/desk/log-out'])
  expect(headers.get('clear-site-data')).toBe('"cache", "cookies", "storage"')
  expect(headers.getSetCookie().map((line) => line.split(';')[0])).toContain('desk=')
  expect(asked.at(-1)).toEqual({ operation: 'LogOut', bearer: 'staff-token' })
})

it('takes no form from anywhere else', async () => {
  const { status } = await post(plain, 'https://evil.test', '/desk/log-in', '', logIn)
  expect(status).toBe(403)
  expect(asked).toEqual([])
})
