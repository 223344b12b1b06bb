import { randomBytes, randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { readdirSync, readFileSync } from 'node:fs'
import { connect, createServer, type Server } from 'node:net'
import { networkInterfaces } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { aPlace, type Place, PortalProcess, removePlace } from './portal-process.ts'

const longEnough = 180_000
const secretNames = [
  'SUBGRAPH_KEY_PATIENTS',
  'SUBGRAPH_KEY_APPOINTMENTS',
  'SUBGRAPH_KEY_DOCUMENTS',
  'SUBGRAPH_KEY_MESSAGES',
  'SYSTEM_SECRET_FEEDS',
  'SYSTEM_SECRET_MESSAGES',
  'SYSTEM_SECRET_DOCUMENTS',
  'WEB_SIGNING_KEY',
  'PATIENTS_KEY',
  'MESSAGES_KEY',
  'DOCUMENTS_KEY',
  'SHARING_KEY',
  'AUDIT_KEY',
]
/** Everything that a portal of real people must be told. */
const production = (secrets = secretNames.map((name) => [name, randomBytes(32).toString('base64url')] as const)) => ({
  ...Object.fromEntries(secrets),
  NODE_ENV: 'production',
  PUBLIC_URL: 'https://portal.example.com',
  HL7_SEND_TO: '127.0.0.1:9',
  NOTIFY_API_KEY: `live-${randomUUID()}-${randomUUID()}`,
  NOTIFY_TEXT_TEMPLATE_ID: randomUUID(),
  NOTIFY_EMAIL_TEMPLATE_ID: randomUUID(),
})

const places: Place[] = []
async function aNewPlace(): Promise<Place> {
  const place = await aPlace()
  places.push(place)
  return place
}
afterAll(() => places.forEach(removePlace))

/** Takes a port, as another program would. */
async function occupy(port: number): Promise<Server> {
  const server = createServer().listen(port, '127.0.0.1')
  await once(server, 'listening')
  return server
}

/** The settings of the ports at which somebody answers. */
async function takenPorts({ ports }: Place): Promise<string[]> {
  const answers = Object.entries(ports).map(async ([name, port]) => {
    const socket = connect(port, '127.0.0.1')
    const isTaken = await once(socket, 'connect').then(
      () => true,
      () => false,
    )
    socket.destroy()
    return isTaken ? [name] : []
  })
  return (await Promise.all(answers)).flat()
}

async function ask(portal: PortalProcess, query: string, headers: Record<string, string> = {}) {
  const response = await fetch(`${portal.graphUrl}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ query }),
  })
  const { data, errors } = (await response.json()) as { data?: unknown; errors?: { message: string }[] }
  return { status: response.status, data, messages: errors?.map(({ message }) => message) ?? [] }
}

const feedsOf = ({ folder }: Place) =>
  `Bearer system.feeds.${(JSON.parse(readFileSync(join(folder, 'secrets.json'), 'utf8')) as Record<string, string>)['SYSTEM_SECRET_FEEDS']}`

describe('a portal that is started a second time', () => {
  it('has kept what it was told, and is not told of the demonstration again', { timeout: longEnough }, async () => {
    const place = await aNewPlace()
    const first = await PortalProcess.start({ place })
    const register = ['register', '--number', 'S1', '--given', 'Ann', '--family', 'Lee', '--born', '1980-01-31']
    expect((await first.hospital(...register, '--mobile', '07700900700')).code).toBe(0)
    const texts = first.messagesTo('+447700900001').length
    expect(texts).toBeGreaterThan(0)
    const { code, seconds } = await first.interrupt()
    expect(code).toBe(0)
    expect(seconds).toBeLessThan(5)

    const second = await PortalProcess.start({ place })
    const query = '{ patientByHospitalNumber(hospitalNumber: "S1") { bornOn } }'
    const { data } = await ask(second, query, { authorization: feedsOf(place) })
    expect(data).toEqual({ patientByHospitalNumber: { bornOn: '1980-01-31' } })
    expect(second.messagesTo('+447700900001')).toHaveLength(texts)
    expect((await second.interrupt()).code).toBe(0)
    expect(await takenPorts(place)).toEqual([])
  })

  it.each([false, true])(
    'for real people does not start on what a demonstration left, split: %s',
    async (split) => {
      const place = places[0] ?? expect.fail('there was no demonstration')
      const portal = await PortalProcess.launch({ place, split, settings: production() })
      const { code, complained } = await portal.ended
      expect(code).toBe(1)
      expect(complained).toMatch(
        /^(patients|appointments|documents|messages): a demonstration was loaded into this database: /m,
      )
      expect(complained).toContain('set DATA_DIR or DATABASE_URL to a new one')
      expect(await takenPorts(place)).toEqual([])
    },
    longEnough,
  )
})

describe('a portal of another trust', () => {
  it('carries its name, and takes its messages', { timeout: longEnough }, async () => {
    const place = await aNewPlace()
    const portal = await PortalProcess.start({ place, settings: { TRUST_PROFILE: 'southampton' } })
    const html = await (await fetch(portal.url, { headers: { accept: 'text/html' } })).text()
    expect(html).toContain('University Hospital Southampton NHS Foundation Trust')
    expect(html).not.toContain('West Hertfordshire')
    const query = '{ patientByHospitalNumber(hospitalNumber: "W100001") { bornOn } }'
    const { data } = await ask(portal, query, { authorization: feedsOf(place) })
    expect(data).toEqual({ patientByHospitalNumber: { bornOn: '1984-03-09' } })
    expect((await portal.interrupt()).code).toBe(0)
  })
})

describe('a portal that listens on every address', () => {
  it('of IPv6 too, where there is one, is found there by each of its parts', { timeout: longEnough }, async () => {
    const hasIpv6 = Object.values(networkInterfaces()).some((all) => all?.some(({ address }) => address === '::1'))
    const settings = { HOST: hasIpv6 ? '::' : '0.0.0.0' }
    const portal = await PortalProcess.start({ place: await aNewPlace(), split: true, settings })
    const { WEB_PORT, GRAPH_PORT } = portal.place.ports
    for (const host of ['127.0.0.1', ...(hasIpv6 ? ['[::1]'] : [])])
      for (const port of [WEB_PORT, GRAPH_PORT]) expect((await fetch(`http://${host}:${port}/ready`)).status).toBe(200)
    expect((await portal.interrupt()).code).toBe(0)
  })
})

describe('a portal that cannot start', () => {
  it('says which ports are taken, a line for each, and leaves the others alone', { timeout: longEnough }, async () => {
    const place = await aNewPlace()
    const { GRAPH_PORT, HL7_PORT } = place.ports
    const others = await Promise.all([GRAPH_PORT, HL7_PORT].map(occupy))
    const portal = await PortalProcess.launch({ place })
    const { code, complained } = await portal.ended
    for (const other of others) other.close()
    expect(code).toBe(1)
    expect(complained.trim().split('\n')).toEqual([
      `GRAPH_PORT: port ${GRAPH_PORT} is in use. Stop what uses it, or choose another: GRAPH_PORT=${GRAPH_PORT + 1} npm start`,
      `HL7_PORT: port ${HL7_PORT} is in use. Stop what uses it, or choose another: HL7_PORT=${HL7_PORT + 1} npm start`,
    ])
    expect(await takenPorts(place)).toEqual([])
  })

  it('says which settings are wrong, a line for each', { timeout: longEnough }, async () => {
    const settings = { HL7_PORT: '99999', LOG_LEVEL: 'loud', QUIET_HOURS: 'sometimes' }
    const { code, complained } = await (await PortalProcess.launch({ place: await aNewPlace(), settings })).ended
    expect(code).toBe(1)
    expect(complained.trim().split('\n')).toEqual([
      'HL7_PORT: must be a port number, 65535 at most (got "99999")',
      'QUIET_HOURS: must be on or off (got "sometimes")',
      'LOG_LEVEL: must be a level of pino (got "loud")',
    ])
  })

  it('takes no people of a demonstration in production', { timeout: longEnough }, async () => {
    const settings = {
      NODE_ENV: 'production',
      DEMONSTRATION_URL: 'http://127.0.0.1:5001',
      DEMONSTRATION_KEY: 'A'.repeat(43),
    }
    const { code, complained } = await (await PortalProcess.launch({ place: await aNewPlace(), settings })).ended
    expect(code).toBe(1)
    expect(complained).toContain('DEMONSTRATION_URL: must be left out in production, which has no demonstration')
  })

  it('names everything that is missing in production', { timeout: longEnough }, async () => {
    const settings = { NODE_ENV: 'production', PUBLIC_URL: 'https://portal.example.com', WEB_SIGNING_KEY: 'short' }
    const { code, complained } = await (await PortalProcess.launch({ place: await aNewPlace(), settings })).ended
    expect(code).toBe(1)
    const lines = complained.trim().split('\n')
    const notify = ['NOTIFY_API_KEY', 'NOTIFY_TEXT_TEMPLATE_ID', 'NOTIFY_EMAIL_TEMPLATE_ID']
    expect(lines.map((line) => line.split(':')[0]).sort()).toEqual([...secretNames, ...notify, 'HL7_SEND_TO'].sort())
    expect(lines.find((line) => line.startsWith('PATIENTS_KEY'))).toMatch(/is missing\. .* 32 random bytes/)
    expect(lines.find((line) => line.startsWith('WEB_SIGNING_KEY'))).toMatch(/must be 32 random bytes in base64url/)
  })
})

describe('a portal that is interrupted', () => {
  it('ends in the middle of its start, and leaves nothing running', { timeout: longEnough }, async () => {
    const place = await aNewPlace()
    const portal = await PortalProcess.launch({ place, split: true })
    // The inbox is open, the parts are on their way.
    await expect.poll(() => takenPorts(place), { timeout: 60_000 }).not.toEqual([])
    const { code, seconds } = await portal.interrupt()
    expect(code).toBe(0)
    expect(seconds).toBeLessThan(5)
    await expect.poll(() => takenPorts(place), { timeout: 10_000 }).toEqual([])
  })

  it('stops each of its parts when every part is a process of its own', { timeout: longEnough }, async () => {
    const place = await aNewPlace()
    const portal = await PortalProcess.start({ place, split: true })
    // Where the hospital may listen is nobody's until it does.
    const parts = Object.keys(place.ports).filter((name) => name !== 'HL7_LISTEN_PORT')
    expect(await takenPorts(place)).toEqual(parts)
    const { code, seconds } = await portal.interrupt()
    expect(code).toBe(0)
    expect(seconds).toBeLessThan(5)
    expect(await takenPorts(place)).toEqual([])
  })
})

describe('a portal in production', () => {
  let portal: PortalProcess
  const secrets = secretNames.map((name) => [name, randomBytes(32).toString('base64url')] as const)
  beforeAll(async () => {
    portal = await PortalProcess.start({
      place: await aNewPlace(),
      settings: production(secrets),
    })
  }, longEnough)
  afterAll(async () => {
    expect((await portal.interrupt()).code).toBe(0)
  })

  it.each(['/inbox', '/sandbox'])('has no %s on the site', async (path) => {
    const response = await fetch(`http://127.0.0.1:${portal.place.ports.WEB_PORT}${path}`)
    expect(response.status).toBe(404)
    expect(await response.text()).not.toContain('demonstration')
  })

  it.each(['', '/reference/', '/people', '/people/W100001/token', '/people/royal-free/token'])(
    'has no /sandbox%s at the graph',
    async (path) => {
      expect((await fetch(`${portal.graphUrl}/sandbox${path}`)).status).toBe(404)
    },
  )

  it('knows no partner that asks, and keeps no key of one', async () => {
    const [, feeds] = secrets.find(([name]) => name === 'SYSTEM_SECRET_FEEDS') ?? []
    const { data } = await ask(portal, '{ partnerClients { id } }', { authorization: `Bearer system.feeds.${feeds}` })
    expect(data).toEqual({ partnerClients: [] })
    expect(readdirSync(portal.place.folder).filter((it) => it.includes('demonstration'))).toEqual([])
  })

  it('opens no inbox, and keeps its secrets out of its folder', async () => {
    expect(await takenPorts(portal.place)).toEqual(['WEB_PORT', 'GRAPH_PORT', 'HL7_PORT'])
    expect(() => readFileSync(join(portal.place.folder, 'secrets.json'))).toThrow('ENOENT')
  })

  it.each(['{ __schema { queryType { name } } }', '{ trust { demonstration } }'])(
    'refuses an operation that the site does not know: %s',
    async (query) => {
      const { status, data, messages } = await ask(portal, query)
      expect(status).toBe(400)
      expect(data ?? null).toBeNull()
      expect(messages).toHaveLength(1)
    },
  )

  it('shows the site, which knows its own operations by heart', async () => {
    const response = await fetch(`http://127.0.0.1:${portal.place.ports.WEB_PORT}/`, {
      headers: { accept: 'text/html' },
    })
    expect(response.status).toBe(200)
    const html = await response.text()
    expect(html).toContain('See your hospital appointments')
    expect(html).not.toMatch(/demonstration|inbox/i)
    expect(response.headers.get('strict-transport-security')).toContain('max-age=')
  })
})
