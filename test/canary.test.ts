import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sendHl7, type Feeds } from '../feeds/main.ts'
import type { Inbox } from '../scripts/demonstration/inbox-server.ts'
import { booking, canary, hospitalSays as says, leaksIn, pid } from './canary.ts'
import { FakeClock } from './clock.ts'
import { rowsOf } from './rows-of.ts'
import { logInto, type WatchedPortal, watchedPortal } from './watched-portal.ts'
import { aClinic, type Answer, logIn, signedAddress, type World } from './world.ts'

describe('what is personal', { timeout: 60_000 }, () => {
  const lines: string[] = []
  const errors: string[] = []
  const urls: string[] = []
  const clock = new FakeClock('2026-11-23T10:00:00Z')
  const logOf = logInto(lines)
  let watched: WatchedPortal
  let portal: World
  let inbox: Inbox
  let feeds: Feeds
  let door: WatchedPortal['door']
  let token: string

  beforeAll(async () => {
    ;({ portal, inbox, feeds, door } = watched = await watchedPortal({ clock, lines, urls }))
  })
  afterAll(() => watched.stop())
  const { family, given, nhsNumber, hospitalNumber, email, line, clinician } = canary
  const born = canary.bornOn.replaceAll('-', '')
  const hospitalSays = (trigger: string, ...segments: string[]) => says(feeds, trigger, ...segments)

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
