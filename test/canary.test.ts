import { randomUUID } from 'node:crypto'
import { createServer, type IncomingMessage, type Server } from 'node:http'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { loopback, sendHl7, startFeeds, type Ack, type Feeds } from '../feeds/main.ts'
import { type Inbox, startInbox } from '../scripts/demonstration/inbox-server.ts'
import { messagesExtra } from '../subgraphs/messages/main.ts'
import { readTrust } from '../subgraphs/runtime/trust.ts'
import { FakeClock } from './clock.ts'
import { anNhsNumber } from './nhs-numbers.ts'
import { rowsOf } from './rows-of.ts'
import { aClinic, type Answer, logIn, signedAddress, world, type World } from './world.ts'

/** Somebody whose every word would be known again wherever it turned up. */
const canary = {
  family: 'Zwitscherly',
  given: 'Quillonia',
  nhsNumber: anNhsNumber(777),
  hospitalNumber: 'KANARIE0815',
  mobile: '+447700955317',
  email: 'piep.zwitscherly@example.com',
  bornOn: '1937-11-29',
  line: '17 Vogelbauer Crescent',
  postcode: 'WD99 7QX',
  clinician: 'Xanthippe Federkiel',
  clinic: 'Gefieder clinic',
}
/** As they might be written, in whole or in part, by people and by machines. */
const traces = [
  /zwitscherly/i,
  /quillonia/i,
  new RegExp(canary.nhsNumber),
  new RegExp(canary.nhsNumber.replace(/^(...)(...)(....)$/, '$1.?$2.?$3')),
  /kanarie/i,
  /7700.?955.?317/,
  /piep/i,
  /1937.?11.?29/,
  /29.?(11|Nov(ember)?).?1937/i,
  /vogelbauer/i,
  /wd99.?7qx/i,
  /xanthippe|federkiel/i,
  /gefieder/i,
]
const leaksIn = (lines: readonly string[]) => lines.filter((line) => traces.some((trace) => trace.test(line)))

/** Stands before the message service: writes down what is in the addresses, and answers wrongly when told. */
async function recordingDoor(provider: string, urls: string[]) {
  const mishaps: (number | 'UNHEARD')[] = []
  const server: Server = createServer((request, response) => {
    urls.push(`${request.method} ${request.url}`)
    const mishap = request.method === 'POST' ? mishaps.shift() : undefined
    if (typeof mishap === 'number')
      // As services do, it says back what it was sent.
      return void readAll(request).then((body) =>
        response.writeHead(mishap).end(JSON.stringify({ errors: [{ message: body }] })),
      )
    void readAll(request)
      .then((body) =>
        fetch(`${provider}${request.url ?? ''}`, {
          method: request.method ?? 'GET',
          headers: { authorization: request.headers.authorization ?? '', 'content-type': 'application/json' },
          ...(request.method === 'POST' && { body }),
        }),
      )
      .then(async (answer) => {
        const text = await answer.text()
        if (mishap === 'UNHEARD') response.destroy()
        else response.writeHead(answer.status, { 'content-type': 'application/json' }).end(text)
      })
      .catch(() => response.destroy())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as { port: number }
  return { url: `http://127.0.0.1:${port}`, mishaps, stop: () => new Promise((resolve) => server.close(resolve)) }
}

async function readAll(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk)
  return Buffer.concat(chunks).toString()
}

describe('what is personal', { timeout: 60_000 }, () => {
  const lines: string[] = []
  const errors: string[] = []
  const urls: string[] = []
  const clock = new FakeClock('2026-11-23T10:00:00Z')
  const logOf = (part: string) =>
    pino({ level: 'trace', base: { part } }, { write: (line: string) => void lines.push(line) })
  let portal: World
  let inbox: Inbox
  let feeds: Feeds
  let door: Awaited<ReturnType<typeof recordingDoor>>
  let token: string

  beforeAll(async () => {
    // Whatever goes past the log is looked at as well.
    for (const stream of [process.stdout, process.stderr])
      vi.spyOn(stream, 'write').mockImplementation((chunk: unknown) => lines.push(String(chunk)) > 0)
    for (const method of ['log', 'warn', 'error', 'info'] as const)
      vi.spyOn(console, method).mockImplementation((...words: unknown[]) => void lines.push(words.join(' ')))
    const apiKey = `canary-${randomUUID()}-${randomUUID()}`
    inbox = await startInbox({ port: 0, host: '127.0.0.1', folder: await mkdtemp(join(tmpdir(), 'inbox-')), apiKey })
    door = await recordingDoor(inbox.url, urls)
    const trust = { ...readTrust('west-herts'), quietHours: null }
    const settings = {
      publicUrl: new URL('https://portal.example'),
      messagesKey: Buffer.alloc(32, 3),
      notify: { url: new URL(door.url), apiKey, textTemplateId: randomUUID(), emailTemplateId: randomUUID() },
    }
    portal = await world({ clock, more: { openLog: logOf, messages: { ...messagesExtra(settings, trust) } } })
    Object.assign(portal, { inbox })
    feeds = await startFeeds({
      port: 0,
      host: '127.0.0.1',
      allow: loopback,
      maximumMessageBytes: 2_000_000,
      messageSeconds: 5,
      idleSeconds: 5,
      maximumConnections: 20,
      processingIds: ['P'],
      graph: { url: portal.url, secret: portal.secrets.SYSTEM_SECRET_FEEDS, retry: { firstPauseMs: 10 } },
      now: () => clock.now(),
      log: logOf('feeds'),
    })
  })
  afterAll(async () => {
    await feeds.stop()
    await portal.stop()
    await door.stop()
    await inbox.stop()
    vi.restoreAllMocks()
  })

  let sent = 0
  async function hospitalSays(trigger: string, ...segments: string[]): Promise<Ack> {
    sent += 1
    const head = `MSH|^~\\&|PAS|RWG|PORTAL|RWG|20261123095900||${trigger}|CAN-${sent}|P|2.4||||||UNICODE UTF-8`
    return sendHl7({ host: '127.0.0.1', port: feeds.port }, [head, ...segments].join('\r'))
  }
  const { family, given, nhsNumber, hospitalNumber, email, line, postcode, clinician } = canary
  const born = canary.bornOn.replaceAll('-', '')
  const pid = (birth = born, nhs = nhsNumber) =>
    `PID|1||${hospitalNumber}^^^RWG^MR~${nhs}^^^NHS^NH||${family}^${given}^^^Mrs^^L||${birth}|F|||${line}^^Watford^^${postcode}^GBR^H||07700 955317^PRS^CP~^NET^Internet^${email}`
  const booking = (clinic: string, at = '202612101030') => [
    `SCH|APT-9001^PAS||||||FU^Follow-up|F2F^Face to face|30|MIN|^^30^${at}^${at.slice(0, 8)}1700||||||||||||||BOOKED`,
    pid(),
    'PV1|1|O|OPD2^^^RWG',
    'RGS|1|A',
    `AIS|1|A|${clinic}^${canary.clinic}|${at}|||30|MIN`,
    `AIP|1|A|C1^FEDERKIEL^XANTHIPPE^^^DR|CONSULTANT`,
  ]

  /** Asks as anybody, and keeps what is said when something is wrong. */
  async function ask(bearer: string | undefined, query: string, variables: object = {}): Promise<Answer> {
    const answer = await portal.ask(bearer, query, { ...variables }, signedAddress(portal))
    if (answer.errors.length) errors.push(answer.text)
    return answer
  }

  it("comes with the hospital's messages, those that are refused too", async () => {
    await aClinic(portal, { code: 'FEDER', name: canary.clinic })
    expect((await hospitalSays('ADT^A28^ADT_A05', 'EVN|A28|20261123095900', pid())).code).toBe('AA')
    expect(await hospitalSays('SIU^S12^SIU_S12', ...booking('FEDER'))).toMatchObject({ code: 'AA' })
    const refused = [
      await hospitalSays('ADT^A31', 'EVN|A31|20261123095900', pid('19371399')),
      await hospitalSays('ADT^A31', 'EVN|A31|20261123095900', pid('20991129')),
      await hospitalSays('ADT^A31', `EVN|A31|${given}`, pid()),
      await hospitalSays('ADT^A99', pid()),
      await hospitalSays('ADT^A40', pid(), `MRG|${hospitalNumber}`),
      await hospitalSays('SIU^S12^SIU_S12', ...booking(family.toUpperCase())),
      await hospitalSays('SIU^S12^SIU_S12', ...booking('FEDER', `2026-${born}`)),
      await hospitalSays('SIU^S12^SIU_S12', booking('FEDER')[0] ?? ''),
      await hospitalSays('SIU^S15^SIU_S12', `SCH|${family}^PAS|||||||||||||||||||||||||CANCELLED`, pid()),
      await sendHl7({ host: '127.0.0.1', port: feeds.port }, `MSH|^~\\&|${family}|${given}`),
    ]
    expect(refused.filter(({ code }) => code !== 'AA').length).toBeGreaterThan(5)
    errors.push(...refused.flatMap((it) => it.lines))
    await hospitalSays('ADT^A31', 'EVN|A31|20261123095900', pid(born, `${nhsNumber.slice(0, 9)}X`))
    await portal.graph.settle()
    expect(inbox.latest(canary.mobile)?.body).toContain(given)
  })

  it('is typed at the log in, rightly and wrongly', async () => {
    const start = `mutation S($input: StartLoginInput!) { startLogin(input: $input) { __typename ... on Problem { message } } }`
    const right = { channel: 'TEXT', contact: canary.mobile, bornOn: canary.bornOn }
    const wrong = [
      { ...right, channel: family },
      { ...right, bornOn: `${canary.bornOn}T00:00` },
      { ...right, bornOn: { day: canary.bornOn } },
      { ...right, contact: { mobile: canary.mobile } },
      { ...right, contact: null, another: family },
      { ...right, another: family },
      canary.bornOn,
      [right],
    ]
    for (const input of wrong) expect((await ask(undefined, start, { input })).errors.length).toBeGreaterThan(0)
    for (const input of [
      { ...right, contact: family },
      { ...right, bornOn: '2037-11-29' },
    ])
      await ask(undefined, start, { input })
    // In the text of the operation itself, where nobody of ours would put it. Only the names of fields are said back.
    await ask(
      undefined,
      `mutation { startLogin(input: { channel: TEXT, contact: "${canary.mobile}", bornOn: "29/11/1937" }) { __typename } }`,
    )
    await ask(
      undefined,
      `mutation { startLogin(input: { channel: "${family}", contact: "x", bornOn: "${canary.bornOn}" }) { __typename } }`,
    )
    await ask(
      undefined,
      `mutation { startLogin(input: { channel: TEXT, contact: 7700955317, bornOn: 19371129 }) { __typename } }`,
    )
    await ask(
      undefined,
      `mutation { startLogin(input: { channel: TEXT, contact: ["${canary.email}"], bornOn: { day: "${canary.bornOn}" } }) { __typename } }`,
    )
    const answers = await Promise.all(
      ['"29/11/1937"', '"1937-11-31"', '19371129', `{ day: "${canary.bornOn}" }`].map((it) =>
        ask(
          undefined,
          `mutation { startLogin(input: { channel: TEXT, contact: "${canary.mobile}", bornOn: ${it} }) { __typename } }`,
        ),
      ),
    )
    expect(answers.map((it) => it.errors[0]?.extensions.code)).toEqual(Array(4).fill('BAD_USER_INPUT'))
    await ask(undefined, `{ nothing(name: "${given}") { name } }`)
    await ask(undefined, `{ trust { name(of: "${given}") } }`)
    await ask(undefined, `{ trust { name } # ${family} \n } "${given}`)
    door.mishaps.push(500, 403, 429, 'UNHEARD')
    token = await logInInSpiteOf(door.mishaps)
  })

  /** Codes that the message service will not take are never sent; the one after is. */
  async function logInInSpiteOf(mishaps: unknown[]): Promise<string> {
    for (let tries = 0; ; tries += 1) {
      try {
        return await logIn(portal, { id: '', hospitalNumber, mobile: canary.mobile, bornOn: canary.bornOn })
      } catch (error) {
        if (tries > 10) throw error
        mishaps.splice(0, 1)
        clock.pass(900)
      }
    }
  }

  it('is read, and read wrongly, and looked for where it is not', async () => {
    const page = `{ me { name { full } nhsNumber bornOn address { lines } email appointments(period: UPCOMING) { nodes { id clinician clinic { name } letter { id title addressee { name } sections { paragraphs } } } } } }`
    const { text, data } = await ask(token, page)
    for (const word of [family, given, nhsNumber, email, line, clinician.split(' ')[1] ?? '', canary.clinic])
      expect(text).toContain(word)
    const [{ id = '' } = {}] = (data?.me as unknown as { appointments: { nodes: { id: string }[] } }).appointments.nodes
    const accept = `mutation A($input: AcceptAppointmentInput!) { acceptAppointment(input: $input) { __typename } }`
    await ask(token, accept, { input: { idempotencyKey: family, appointmentId: id } })
    await ask(token, accept, { input: { idempotencyKey: family, appointmentId: given } })
    for (const [root, argument] of [
      ['appointment', 'id'],
      ['document', 'id'],
      ['link', 'reference'],
      ['patient', 'id'],
      ['patientByHospitalNumber', 'hospitalNumber'],
    ] as const)
      for (const bearer of [token, undefined, `system.feeds.${portal.secrets.SYSTEM_SECRET_FEEDS}`])
        await ask(bearer, `{ ${root}(${argument}: "${family}") { __typename } }`)
    await ask(token, `query P($after: String) { me { appointments(period: PAST, after: $after) { totalCount } } }`, {
      after: family,
    })
    await ask(token, `{ me { appointments(period: "${family}") { totalCount } } }`)
    for (const path of [
      `/${family}`,
      `/graphql/${nhsNumber}`,
      `/graphql?query={patient(id:"${family}"){id}}`,
      `/sandbox/${family}`,
    ]) {
      const answer = await fetch(`${portal.graph.gateway.url}${path}`)
      errors.push(await answer.text())
    }
    const strange = await fetch(portal.url, { method: 'POST', headers: { 'content-type': family }, body: given })
    errors.push(await strange.text())
    const cut = await fetch(portal.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: `{"query":"${family}`,
    })
    errors.push(await cut.text())
  })

  it('goes through messages that fail for good', async () => {
    door.mishaps.push(400, 400, 400, 500)
    await hospitalSays('SIU^S13^SIU_S12', ...booking('FEDER', '202612111130'))
    await hospitalSays('SIU^S12^SIU_S12', ...booking('FEDER').map((it) => it.replace('APT-9001', 'APT-9002')))
    for (let round = 0; round < 4; round += 1) {
      await portal.graph.settle()
      clock.pass(120)
    }
    token = await logInInSpiteOf(door.mishaps)
  })

  it('is in the words of a database that fails', async () => {
    const words = `${family} ${given} ${nhsNumber} ${canary.mobile}`
    const refusing = (table: string, when: string) =>
      `create trigger leak_${table} before ${when} on ${table} begin select raise(abort, '${words}'); end`
    await rowsOf(portal, 'patients', refusing('audit_entry', 'insert'))
    await ask(
      `system.feeds.${portal.secrets.SYSTEM_SECRET_FEEDS}`,
      `query P($n: String!) { patientByHospitalNumber(hospitalNumber: $n) { name { full } } }`,
      { n: hospitalNumber },
    )
    expect((await hospitalSays('ADT^A31', 'EVN|A31|20261123095959', pid())).code).not.toBe('AA')
    await rowsOf(portal, 'patients', 'drop trigger leak_audit_entry')
    // A row that cannot be shown: the one who finds that out quotes what it met.
    const bearer = `system.feeds.${portal.secrets.SYSTEM_SECRET_FEEDS}`
    const byNumber = `query P($n: String!) { patientByHospitalNumber(hospitalNumber: $n) { bornOn } }`
    await rowsOf(portal, 'patients', `update patient set born_on = '${words}'`)
    const { errors: masked } = await ask(bearer, byNumber, { n: hospitalNumber })
    expect(masked[0]?.extensions).toMatchObject({ code: 'INTERNAL', errorId: expect.any(String) as string })
    await rowsOf(portal, 'patients', `update patient set born_on = '${canary.bornOn}'`)
    await rowsOf(portal, 'appointments', refusing('idempotent_request', 'insert'))
    await ask(
      token,
      `mutation A($input: AcceptAppointmentInput!) { acceptAppointment(input: $input) { __typename } }`,
      { input: { idempotencyKey: randomUUID(), appointmentId: family } },
    )
    await rowsOf(portal, 'appointments', 'drop trigger leak_idempotent_request')
    await rowsOf(portal, 'messages', refusing('outgoing_message', 'insert'))
    await hospitalSays('SIU^S12^SIU_S12', ...booking('FEDER').map((it) => it.replace('APT-9001', 'APT-9003')))
    await portal.graph.settle()
    await rowsOf(portal, 'messages', 'drop trigger leak_outgoing_message')
  })

  it('is in no log, no error and no address', () => {
    expect(lines.length).toBeGreaterThan(100)
    expect(lines.filter((it) => it.includes('"part":"feeds"')).length).toBeGreaterThan(5)
    expect(lines.filter((it) => it.includes('"errorId"')).length).toBeGreaterThan(0)
    expect(errors.length).toBeGreaterThan(30)
    expect(urls.length).toBeGreaterThan(5)
    expect(leaksIn(lines)).toEqual([])
    expect(leaksIn(urls)).toEqual([])
    expect(leaksIn(errors)).toEqual([])
  })

  it('would be found if it were', () => {
    const before = lines.length
    logOf('patients').error({ nested: { who: [canary.family] } }, 'planted')
    logOf('gateway').warn({}, `a code for ${canary.mobile.slice(1)} planted`)
    console.error(new Error(`Cannot read ${canary.email}`))
    process.stdout.write(`${canary.postcode}\n`)
    expect(leaksIn(lines.slice(before))).toHaveLength(4)
    expect(leaksIn([JSON.stringify({ errors: [{ message: `"${canary.bornOn}" is no date` }] })])).toHaveLength(1)
    expect(leaksIn(['GET /v2/notifications?phone=07700%20955%20317', 'GET /?phone=07700955317'])).toHaveLength(1)
  })
})
